"""The menu of themes; a choice takes effect at once and is kept."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from app.settings_file import SettingsFile
from app.ui.widgets.theme import Theme, ThemeManager


def theme_names() -> dict[Theme, str]:
    """What the themes are called, in the order they are offered."""
    return {
        Theme.SYSTEM: QCoreApplication.translate("ThemeMenu", "Same as system"),
        Theme.DARK: QCoreApplication.translate("ThemeMenu", "Dark"),
        Theme.LIGHT: QCoreApplication.translate("ThemeMenu", "Light"),
    }


class ThemeMenu(QObject):
    """Lives in the GUI thread, in the menu of views."""

    def __init__(self, themes: ThemeManager, file: SettingsFile, view_menu: QMenu) -> None:
        super().__init__(view_menu)
        self._themes, self._file = themes, file
        menu = view_menu.addMenu(QCoreApplication.translate("ThemeMenu", "Theme"))
        group = QActionGroup(self)
        self._actions: dict[Theme, QAction] = {}
        for theme, name in theme_names().items():
            action = self._actions[theme] = QAction(name, self, checkable=True)
            action.triggered.connect(partial(self.choose, theme))
            group.addAction(action)
            menu.addAction(action)
        themes.chosen.connect(self._check)
        self._check()

    def choose(self, theme: Theme) -> None:
        """Use this theme from now on, also in later runs."""
        self._themes.apply(theme)
        self._file.change(theme=theme.value)

    def _check(self) -> None:
        self._actions[self._themes.theme].setChecked(True)
