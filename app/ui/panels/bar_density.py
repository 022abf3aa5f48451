"""Makes the bar of tools at the left edge as dense as the window's height demands."""

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QToolBar, QWidget

from app.ui.widgets.controls import set_state

_ICON, _DENSE_ICON = 22, 16


class DensityWatch(QObject):
    """Makes a vertical bar dense where it would not fit, so that no button is out of reach.

    ``beside``: what is as high as the bar may be. Lives in the GUI thread.
    """

    def __init__(self, bar: QToolBar, beside: QWidget) -> None:
        super().__init__(bar)
        self._bar = bar
        self._needed = bar.sizeHint().height()
        beside.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """``beside`` is another height."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self._fit(watched.height())
        return super().eventFilter(watched, event)

    def _fit(self, height: int) -> None:
        is_dense = bool(self._bar.property("dense"))
        if not is_dense:
            self._needed = self._bar.sizeHint().height()
        wanted = height < self._needed
        if wanted == is_dense:
            return
        set_state(self._bar, "dense", wanted)
        size = _DENSE_ICON if wanted else _ICON
        self._bar.setIconSize(QSize(size, size))
        for button in self._bar.findChildren(QWidget):
            set_state(button, "dense", wanted)
