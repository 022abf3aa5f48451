"""The middle of the window: start page or picture, and what floats over them."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QStackedLayout, QVBoxLayout, QWidget

from app.ui.picture.hud import Hud
from app.ui.picture.hud_level import HudLevel
from app.ui.picture.messages import MAX_WIDTH, MessageStack
from app.ui.picture.overlay import RIBBON_HEIGHT
from app.ui.widgets.controls import GAP
from app.ui.widgets.theme import Colors

_MARGIN = 12


class Curtain(QFrame):
    """Says that something is being finished and the person may simply wait."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("overPicture")
        self.label = QLabel()
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedSize(240, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(12)
        column.addWidget(self.label)
        column.addWidget(bar, 0, Qt.AlignmentFlag.AlignCenter)
        self.hide()


class Canvas(QWidget):
    """Stacks the pages and lays out badge, figures, banners and curtain over them."""

    def __init__(self, welcome: QWidget, view: QWidget, colors: Callable[[], Colors]) -> None:
        super().__init__()
        self._pages = QStackedLayout(self)
        self._pages.addWidget(welcome)
        self._pages.addWidget(view)
        self.hud = Hud(self)
        self.badge = QLabel(self)
        self.badge.setObjectName("recordBadge")
        self.badge.hide()
        self.note = QLabel(self)
        self.note.setObjectName("pictureNote")
        self.note.hide()
        self.messages = MessageStack(colors, self)
        self.messages.resized.connect(self._arrange)
        self.curtain = Curtain(self)
        self._has_ribbon = False
        self.show_page(picture=False)

    def show_page(self, *, picture: bool) -> None:
        """The picture, or the start page."""
        self._pages.setCurrentIndex(int(picture))
        self._refresh_hud()

    def set_hud(self, level: HudLevel) -> None:
        """How much of the figures is shown over the picture."""
        self.hud.set_level(level)
        self._refresh_hud()

    def set_graph(self, wanted: bool) -> None:
        """Whether the figures have their graph."""
        self.hud.graph.setVisible(wanted)
        self._arrange()

    def set_ribbon(self, shown: bool) -> None:
        """Leave room for the ribbon along the picture's upper edge."""
        self._has_ribbon = shown
        self._arrange()

    def set_badge(self, text: str) -> None:
        """The red badge in the corner, "" for none."""
        self.badge.setVisible(bool(text))
        if self.badge.text() != text:
            self.badge.setText(text)
            self._arrange()

    def set_note(self, text: str) -> None:
        """A few words about the objects, in the upper left corner, "" for none."""
        if self.note.text() != text:
            self.note.setText(text)
            self._arrange()
        self.note.setVisible(bool(text))

    def set_curtain(self, text: str) -> None:
        """A sentence about what is being finished, "" when it is."""
        self.curtain.label.setText(text)
        self.curtain.setVisible(bool(text))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything keeps its corner."""
        super().resizeEvent(event)
        self._arrange()

    def _refresh_hud(self) -> None:
        self.hud.setVisible(self.hud.level.is_shown and self._pages.currentIndex() == 1)
        self._arrange()

    def _arrange(self) -> None:
        top = _MARGIN + (RIBBON_HEIGHT if self._has_ribbon else 0)
        self.hud.fit()
        self.hud.move(self.width() - self.hud.width() - _MARGIN, top)
        self.badge.adjustSize()
        self.badge.move(_MARGIN, top)
        self.note.adjustSize()
        below = self.badge.height() + GAP if self.badge.text() else 0
        self.note.move(_MARGIN, top + below)
        self.curtain.adjustSize()
        spare = self.size() - self.curtain.size()
        self.curtain.move(spare.width() // 2, spare.height() // 2)
        width = min(MAX_WIDTH, self.width() - 2 * _MARGIN)
        height = self.messages.height_for(width)
        left, upper = (self.width() - width) // 2, self.height() - height - _MARGIN - GAP
        self.messages.setGeometry(left, upper, width, height)
        for floating in (self.hud, self.badge, self.note, self.messages, self.curtain):
            floating.raise_()
