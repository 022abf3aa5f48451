"""Size and rate of the camera that is open."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app.pipeline.sources.base import Source
from app.pipeline.sources.camera_mode import CameraMode, HasModes
from app.ui.session.bridge import Background
from app.ui.state.window_settings import WindowSettings
from app.ui.widgets.controls import flat_row
from swem_core.types import Size

_RATES: Final = (15.0, 24.0, 25.0, 30.0, 50.0, 60.0)


class CameraRow(QWidget):
    """Hidden unless the source is a camera. What is chosen is kept per camera.

    Lives in the GUI thread.
    """

    chosen = Signal(str)
    """The ``id`` of a camera: open it again in the mode that is now kept for it."""

    def __init__(self, window_settings: WindowSettings) -> None:
        super().__init__()
        self._window_settings = window_settings
        self._background = Background(self)
        self._camera: HasModes | None = None
        self._wanted = CameraMode()
        self.size_box, self.rate_box = QComboBox(), QComboBox()
        self.size_box.setAccessibleName(self.tr("Camera resolution"))
        self.rate_box.setAccessibleName(self.tr("Camera frame rate"))
        row = flat_row(self, spacing=4)
        for box in (self.size_box, self.rate_box):
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.activated.connect(self._choose)
            row.addWidget(box, 1)
        self.hide()

    def begin(self, source: Source | None) -> None:
        """Another source, or none."""
        self._camera = source if isinstance(source, HasModes) else None
        self.setVisible(self._camera is not None)
        if self._camera is not None:
            self._wanted = self._camera.mode
            self._fill(())

    def ask_sizes(self) -> None:
        """Once the camera is open: ask which sizes it offers."""
        camera = self._camera
        if camera is not None:
            self._background.run(
                camera.sizes, lambda found: self._listed(camera, found), lambda _: None, "modes"
            )

    def _listed(self, camera: HasModes, sizes: Sequence[Size]) -> None:
        if camera is self._camera:
            self._fill(sizes)

    def _fill(self, sizes: Sequence[Size]) -> None:
        mode = self._wanted
        self.size_box.clear()
        self.rate_box.clear()
        self.size_box.addItem(self.tr("Any size"), None)
        self.rate_box.addItem(self.tr("Any rate"), None)
        for height, width in dict.fromkeys((*sizes, *([mode.size] if mode.size else ()))):
            self.size_box.addItem(f"{width} × {height}", (height, width))
        for rate in sorted({*_RATES, *([mode.rate] if mode.rate else ())}):
            self.rate_box.addItem(f"{rate:g} fps", rate)
        for box, value in ((self.size_box, mode.size), (self.rate_box, mode.rate)):
            data = [box.itemData(row) for row in range(box.count())]
            box.setCurrentIndex(data.index(value))

    def _choose(self) -> None:
        camera = self._camera
        if camera is None:
            return
        mode = CameraMode(self.size_box.currentData(), self.rate_box.currentData())
        if mode != self._wanted:
            self._wanted = mode
            self._window_settings.store(**{f"camera/{camera.device_id}": mode.to_text()})
            self.chosen.emit(camera.device_id)
