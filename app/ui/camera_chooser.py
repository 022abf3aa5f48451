"""Finds the cameras without holding up the window, and lets the person choose one."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.pipeline.events import Level
from app.ui import icons
from app.ui.bridge import Background
from app.ui.ports import CameraLike, ListCameras


class CameraChooser(QObject):
    """The only camera is taken at once; of several, a menu lets one be chosen."""

    chosen = Signal(str)
    """The ``id`` of a camera."""
    failed = Signal(object, str)
    """(Level, sentence)"""

    def __init__(self, list_cameras: ListCameras, window: QWidget) -> None:
        super().__init__(window)
        self._list_cameras = list_cameras
        self._background = Background(self)
        self._is_looking = False
        self._menu = QMenu(window)

    @property
    def menu(self) -> QMenu:
        """The menu of cameras, as it was shown last."""
        return self._menu

    def ask(self, anchor: QWidget) -> None:
        """Look for cameras; a menu, if needed, opens below ``anchor``."""
        if self._is_looking:
            return
        self._is_looking = True
        at = anchor.mapToGlobal(QPoint(0, anchor.height()))
        self._background.run(
            self._list_cameras, lambda found: self._found(found, at), self._not_found, "cameras"
        )

    def close(self) -> None:
        """The window goes away."""
        self._background.close()

    def _found(self, cameras: Sequence[CameraLike], at: QPoint) -> None:
        self._is_looking = False
        if not cameras:
            sentence = self.tr("No camera was found. Plug one in, allow access to it, try again.")
            self.failed.emit(Level.WARNING, sentence)
        elif len(cameras) == 1:
            self.chosen.emit(cameras[0].id)
        else:
            self._offer(cameras, at)

    def _offer(self, cameras: Sequence[CameraLike], at: QPoint) -> None:
        self._menu.clear()
        for camera in cameras:
            action = self._menu.addAction(icons.icon("camera"), camera.name)
            action.triggered.connect(lambda _=False, chosen=camera.id: self.chosen.emit(chosen))
        self._menu.popup(at)

    def _not_found(self, error: Exception) -> None:
        self._is_looking = False
        self.failed.emit(Level.ERROR, str(error))
