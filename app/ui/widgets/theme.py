"""The light, dark and system themes: a palette and a stylesheet made from the same few colours."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from app.ui.widgets.stylesheet import STYLESHEET
from swem_core.resources import asset


class Theme(Enum):
    """What the person asked for."""

    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"


@dataclass(frozen=True, slots=True)
class Colors:
    """All colours of the window, except for pictures and what is drawn on them."""

    window: str
    panel: str
    control: str
    hover: str
    border: str
    text: str
    muted: str
    disabled: str
    accent: str
    on_accent: str
    link: str
    tint: str
    danger: str
    warning: str
    good: str
    canvas: str


DARK = Colors(
    window="#1a1c20",
    panel="#212429",
    control="#2c3036",
    hover="#373c44",
    border="#3a3f47",
    text="#e8eaed",
    muted="#a2a9b4",
    disabled="#656c77",
    accent="#3574e0",
    on_accent="#ffffff",
    link="#7db0ff",
    tint="#28344a",
    danger="#ff6b66",
    warning="#f2b03d",
    good="#41c98e",
    canvas="#111215",
)

LIGHT = Colors(
    window="#eceef1",
    panel="#f9fafb",
    control="#ffffff",
    hover="#e8ebf0",
    border="#cdd2d9",
    text="#1c2026",
    muted="#5a626e",
    disabled="#a3a9b2",
    accent="#2563d9",
    on_accent="#ffffff",
    link="#1d56c4",
    tint="#dfe9fb",
    danger="#c92a2a",
    warning="#9a6200",
    good="#13794a",
    canvas="#d5d9df",
)


def make_palette(colors: Colors) -> QPalette:
    """The Fusion palette for these colours."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette()
    for key, value in (
        (role.Window, colors.window),
        (role.WindowText, colors.text),
        (role.Base, colors.control),
        (role.AlternateBase, colors.panel),
        (role.Text, colors.text),
        (role.Button, colors.control),
        (role.ButtonText, colors.text),
        (role.BrightText, colors.danger),
        (role.ToolTipBase, colors.panel),
        (role.ToolTipText, colors.text),
        (role.PlaceholderText, colors.muted),
        (role.Highlight, colors.accent),
        (role.Accent, colors.accent),
        (role.HighlightedText, colors.on_accent),
        (role.Link, colors.link),
        (role.Dark, colors.canvas),
        (role.Mid, colors.border),
        (role.Light, colors.hover),
    ):
        palette.setColor(key, QColor(value))
    for faint in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group.Disabled, faint, QColor(colors.disabled))
    return palette


class ThemeManager(QObject):
    """Applies a theme to the application and follows the system's. Lives in the GUI thread."""

    changed = Signal()
    """The colours have changed."""
    chosen = Signal()
    """The person asked for a theme, whether or not that changes the colours."""

    def __init__(self, application: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application = application
        self._theme = Theme.SYSTEM
        self._applied: Colors | None = None
        application.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def theme(self) -> Theme:
        """What the person asked for."""
        return self._theme

    @property
    def colors(self) -> Colors:
        """The colours in use. A system that does not say counts as dark."""
        if self._theme is Theme.SYSTEM:
            scheme = self._application.styleHints().colorScheme()
            return LIGHT if scheme == Qt.ColorScheme.Light else DARK
        return LIGHT if self._theme is Theme.LIGHT else DARK

    def apply(self, theme: Theme) -> None:
        """Use ``theme`` from now on."""
        self._theme = theme
        hints = self._application.styleHints()
        if hasattr(hints, "setColorScheme"):  # Qt 6.8; makes title bars and dialogs follow
            hints.setColorScheme(
                {
                    Theme.SYSTEM: Qt.ColorScheme.Unknown,
                    Theme.DARK: Qt.ColorScheme.Dark,
                    Theme.LIGHT: Qt.ColorScheme.Light,
                }[theme]
            )
        self._paint()
        self.chosen.emit()

    def _follow_system(self) -> None:
        if self._theme is Theme.SYSTEM:
            self._paint()

    def _paint(self) -> None:
        if self._applied != self.colors:
            self._applied = self.colors
            self._application.setPalette(make_palette(self.colors))
            self._application.setStyleSheet(STYLESHEET.substitute(_tokens(self.colors)))
            self.changed.emit()


def _tokens(colors: Colors) -> dict[str, str]:
    # In one colour for all themes: a stylesheet cannot tint a picture.
    arrows = {f"arrow_{way}": asset(f"icons/arrow-{way}.svg").as_posix() for way in ("up", "down")}
    return {name: getattr(colors, name) for name in Colors.__slots__} | arrows
