"""The panel at the window's side: a column of sections that scrolls where the window is low."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFrame,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from app.ui.state.window_settings import WindowSettings
from app.ui.widgets.controls import GAP
from app.ui.widgets.section import Section

PANEL_WIDTH = 304
_TURNED_BY_WHEEL = (QSlider, QComboBox, QAbstractSpinBox)


class SidePanel(QScrollArea):
    """Holds ``sections`` from top to bottom; those that cannot be folded share the free height.

    Which ones are folded is remembered between runs. Lives in the GUI thread.
    """

    def __init__(self, sections: Sequence[Section], window_settings: WindowSettings) -> None:
        super().__init__()
        self._sections = sections
        self.setFixedWidth(PANEL_WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setSpacing(GAP)
        for section in sections:
            section.set_folded(bool(section.key) and window_settings.flag(_memory(section), False))
            self._column.addWidget(section, 0 if section.key else 1)
        self.setWidget(content)
        self.verticalScrollBar().rangeChanged.connect(self._leave_room)
        self._leave_room(0, 0)
        for kind in _TURNED_BY_WHEEL:
            for control in content.findChildren(kind):
                control.installEventFilter(self)

    def reveal(self, section: Section) -> None:
        """Unfold ``section`` and scroll to it."""
        section.set_folded(False)
        self.ensureWidgetVisible(section)

    def to_store(self) -> dict[str, object]:
        """What ``WindowSettings.store`` takes."""
        return {_memory(one): one.is_folded for one in self._sections if one.key}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The wheel scrolls the panel; it turns only the control that has the keyboard.

        Otherwise scrolling past a slider would change what it stands for.
        """
        if event.type() != QEvent.Type.Wheel or not isinstance(watched, _TURNED_BY_WHEEL):
            return super().eventFilter(watched, event)
        if watched.hasFocus():
            return False
        QApplication.sendEvent(self.verticalScrollBar(), event)
        return True

    def _leave_room(self, low: int, high: int) -> None:
        """The scroll bar replaces the right margin, so that nothing moves aside."""
        bar = self.verticalScrollBar().sizeHint().width()
        self._column.setContentsMargins(GAP, 0, GAP - bar if high > low else GAP, 0)


def _memory(section: Section) -> str:
    return f"panel/{section.key}_folded"
