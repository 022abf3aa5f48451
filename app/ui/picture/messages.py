"""Banners over the picture: said once, in the way of nothing, never a box to click away."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.pipeline.events import Level
from app.ui.widgets import icons
from app.ui.widgets.controls import GAP, Button, IconButton, flat_row
from app.ui.widgets.theme import Colors

_STAY_MS = {Level.INFO: 6_000, Level.WARNING: 12_000, Level.ERROR: 0}  # 0: until dismissed
_MAX_SHOWN = 3
MAX_WIDTH = 560


class Banner(QFrame):
    """One message with its level's icon, an optional action, and a way to dismiss it."""

    dismissed = Signal()

    def __init__(
        self,
        level: Level,
        text: str,
        key: str,
        action: tuple[str, Callable[[], None]] | None,
        *,
        stays: bool = False,
    ) -> None:
        super().__init__()
        self.level, self.text, self.key = level, text, key
        self.setObjectName("banner")
        self.setProperty("level", level.value)
        self.setAccessibleName(text)
        self._sign = QLabel()
        label = QLabel(text)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = flat_row(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.addWidget(self._sign)
        row.addWidget(label, 1)
        if action is not None:
            row.addWidget(self._action_button(*action))
        self.close_button = IconButton("close", self.tr("Dismiss"))
        self.close_button.clicked.connect(self.dismissed)
        row.addWidget(self.close_button)
        if _STAY_MS[level] and not stays:
            QTimer.singleShot(_STAY_MS[level], self, self.dismissed.emit)

    def tint(self, colors: Colors) -> None:
        """The sign in the level's colour."""
        by_level = {
            Level.INFO: colors.link,
            Level.WARNING: colors.warning,
            Level.ERROR: colors.danger,
        }
        picture = icons.pixmap(self.level.value, QColor(by_level[self.level]), 20)
        self._sign.setPixmap(picture)

    def _action_button(self, text: str, call: Callable[[], None]) -> Button:
        self.action_button = Button(text)
        self.action_button.clicked.connect(call)
        self.action_button.clicked.connect(self.dismissed)
        return self.action_button


class MessageStack(QWidget):
    """The banners shown now, the newest at the bottom. Lives in the GUI thread."""

    resized = Signal()

    def __init__(self, colors: Callable[[], Colors], parent: QWidget) -> None:
        super().__init__(parent)
        self._colors = colors
        self._banners: list[Banner] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self.hide()

    @property
    def banners(self) -> tuple[Banner, ...]:
        """What is shown, oldest first."""
        return tuple(self._banners)

    def post(
        self,
        level: Level,
        text: str,
        *,
        key: str = "",
        action: tuple[str, Callable[[], None]] | None = None,
        stays: bool = False,
    ) -> None:
        """Show a message. One with the same ``key`` (default: the same text) is replaced.

        ``stays``: until it is dismissed, whatever its level.
        """
        key = key or text
        self.withdraw(key)
        banner = Banner(level, text, key, action, stays=stays)
        banner.tint(self._colors())
        banner.dismissed.connect(lambda: self._remove(banner))
        self._banners.append(banner)
        self._column.addWidget(banner)
        while len(self._banners) > _MAX_SHOWN:
            self._remove(min(self._banners, key=lambda one: one.level is Level.ERROR))
        self._refresh()

    def withdraw(self, key: str) -> None:
        """Take the message with this key away; it no longer holds."""
        for banner in [one for one in self._banners if one.key == key]:
            self._remove(banner)

    def clear(self) -> None:
        """Take all messages away."""
        for banner in self.banners:
            self._remove(banner)

    def retint(self) -> None:
        """The theme has changed."""
        for banner in self._banners:
            banner.tint(self._colors())

    def height_for(self, width: int) -> int:
        """Pixels needed at this width."""
        return self._column.totalHeightForWidth(width)

    def _remove(self, banner: Banner) -> None:
        if banner not in self._banners:
            return
        self._banners.remove(banner)
        self._column.removeWidget(banner)
        banner.hide()
        focused = QApplication.focusWidget()
        parent = self.parentWidget()
        if focused is not None and banner.isAncestorOf(focused) and parent is not None:
            parent.setFocus()
        banner.deleteLater()
        self._refresh()

    def _refresh(self) -> None:
        self.setVisible(bool(self._banners))
        self.resized.emit()
