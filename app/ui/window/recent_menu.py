"""The menu of sources that were opened last."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from app.pipeline.sources.address import scheme_of, storable
from app.settings import MAX_RECENT, MAX_TEXT
from app.settings_file import SettingsFile


class RecentMenu(QObject):
    """Fills ``menu`` whenever it opens. No password is ever kept. Lives in the GUI thread.

    ``open_text`` opens a file or camera; ``ask_address`` lets the person complete an address.
    """

    def __init__(
        self,
        file: SettingsFile,
        menu: QMenu,
        open_text: Callable[[str], None],
        ask_address: Callable[[str], None],
    ) -> None:
        super().__init__(menu)
        self._file, self._menu = file, menu
        self._open, self._ask_address = open_text, ask_address
        menu.aboutToShow.connect(self.fill)
        self.fill()

    def remember(self, text: str) -> None:
        """``text`` was opened."""
        kept = storable(text)
        if Path(kept).exists():
            kept = str(Path(kept).absolute())
        if not kept or len(kept) > MAX_TEXT or not kept.isprintable():
            return
        others = [each for each in self._file.settings.recent if each != kept]
        self._file.change(recent=(kept, *others)[:MAX_RECENT])
        self._menu.menuAction().setEnabled(True)

    def fill(self) -> None:
        """List them, and a way to forget them."""
        self._menu.clear()
        recent = self._file.settings.recent
        for text in recent:
            action = self._menu.addAction(_name(text).replace("&", "&&"))
            action.setStatusTip(text)
            choose = self._ask_address if scheme_of(text) else self._open
            action.triggered.connect(lambda _=False, t=text, use=choose: use(t))
        self._menu.addSeparator()
        self._menu.addAction(self.tr("Clear this list")).triggered.connect(self._forget)
        self._menu.menuAction().setEnabled(bool(recent))

    def _forget(self) -> None:
        self._file.change(recent=())
        self._menu.menuAction().setEnabled(False)


def _name(text: str) -> str:
    return text if scheme_of(text) else Path(text).name or text
