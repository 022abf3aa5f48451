"""Finds cameras or screens without holding up the window, and lets the person choose one."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.pipeline.events import Level
from app.ui.session.bridge import Background
from app.ui.session.interfaces import DeviceLike, ListDevices
from app.ui.widgets import icons


class DeviceChooser(QObject):
    """A single device is taken at once; several are offered in a menu.

    ``none_found``: what is said if there is none. ``further``: another entry of the menu, which
    then always opens.
    """

    chosen = Signal(str)
    """The ``id`` of a device."""
    further_chosen = Signal()
    failed = Signal(object, str)
    """(Level, sentence)"""

    def __init__(
        self,
        list_devices: ListDevices,
        window: QWidget,
        icon: str,
        none_found: str,
        further: str = "",
    ) -> None:
        super().__init__(window)
        self._list_devices = list_devices
        self._icon, self._none_found, self._further = icon, none_found, further
        self._background = Background(self)
        self._is_looking = False
        self._menu = QMenu(window)

    @property
    def menu(self) -> QMenu:
        """The menu of devices, as it was shown last."""
        return self._menu

    def ask(self, anchor: QWidget) -> None:
        """Look for devices; a menu, if needed, opens below ``anchor``."""
        if self._is_looking:
            return
        self._is_looking = True
        at = anchor.mapToGlobal(QPoint(0, anchor.height()))
        self._background.run(
            self._list_devices, lambda found: self._found(found, at), self._not_found, "devices"
        )

    def _found(self, devices: Sequence[DeviceLike], at: QPoint) -> None:
        self._is_looking = False
        if not devices:
            self.failed.emit(Level.WARNING, self._none_found)
        elif len(devices) == 1 and not self._further:
            self.chosen.emit(devices[0].id)
        else:
            self._offer(devices, at)

    def _offer(self, devices: Sequence[DeviceLike], at: QPoint) -> None:
        self._menu.clear()
        for device in devices:
            action = self._menu.addAction(icons.icon(self._icon), device.name)
            action.triggered.connect(lambda _=False, chosen=device.id: self.chosen.emit(chosen))
        if self._further:
            self._menu.addSeparator()
            self._menu.addAction(self._further).triggered.connect(self.further_chosen)
        self._menu.popup(at)

    def _not_found(self, error: Exception) -> None:
        self._is_looking = False
        self.failed.emit(Level.ERROR, str(error))


class CameraChooser(DeviceChooser):
    """For cameras."""

    def __init__(self, list_cameras: ListDevices, window: QWidget) -> None:
        none_found = self.tr("No camera was found. Plug one in, allow access to it, and try again.")
        super().__init__(list_cameras, window, "camera", none_found)


class ScreenChooser(DeviceChooser):
    """For screens; a part of them can be typed."""

    def __init__(self, list_screens: ListDevices, window: QWidget) -> None:
        none_found = self.tr("No screen that can be captured was found.")
        further = self.tr("Part of the screen…")
        super().__init__(list_screens, window, "screen", none_found, further)
