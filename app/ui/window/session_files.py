"""Saves and opens sessions: when the person asks, and automatically against crashes."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLockFile, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.pipeline.events import Level
from app.pipeline.saved_session import SUFFIX, SavedSession, load_session
from app.pipeline.sources.address import storable
from app.pipeline.sources.base import Source, StartsAnywhere
from app.ui.session.bridge import Background
from app.ui.window.parts import Parts

_log = logging.getLogger(__name__)
SAVE_EVERY_MS: Final = 30_000
_RUNNING: Final = f"running{SUFFIX}"
_CRASHED: Final = f"crashed{SUFFIX}"


class SessionFiles(QObject):
    """Lives in the GUI thread; files are read on a helper's and written beside the engine's.

    ``state_dir``: where the session that runs is kept, None for not at all. Of several programs
    at once only the first keeps its own.
    """

    wanted = Signal(str)
    """Text that opens the source of a loaded session, which then goes on."""
    incomplete = Signal(str)
    """The same for an address that lacks its password: the person must complete it."""

    def __init__(self, parts: Parts, state_dir: Path | None, window: QWidget) -> None:
        super().__init__(window)
        self._parts, self._window, self._state_dir = parts, window, state_dir
        self._background = Background(self)
        self._pending: SavedSession | None = None
        self._source = ""
        self._lock = self._take_lock()
        self._timer = QTimer(self, interval=SAVE_EVERY_MS)
        self._timer.timeout.connect(self.save_running)
        self._timer.start()

    def opening(self, text: str, source: Source) -> None:
        """``source`` is about to be opened as ``text``: a session loaded for it goes on there."""
        self._source = text
        session = self._pending
        if session is None:
            return
        if storable(text) != session.source:
            self._pending = None
        elif session.position_s is not None and isinstance(source, StartsAnywhere):
            source.start_at(session.position_s)

    def started(self) -> None:
        """A source runs: give it what was saved, before its first frame."""
        session, self._pending = self._pending, None
        if session is not None and self._parts.host.session is not None:
            self._parts.looks.adopt(session.objects)
            self._parts.host.session.resume(session)

    def save(self, path: Path, *, is_automatic: bool = False) -> None:
        """Have all there is written; an event tells when it is done."""
        source = storable(self._source)
        if not source:
            text = self.tr(
                "This address is nothing but credentials: no session with it can be saved."
            )
            if not is_automatic:
                self._parts.canvas.messages.post(Level.WARNING, text)
            return
        if Path(source).exists():  # relative names mean something else elsewhere
            source = str(Path(source).absolute())
        known = SavedSession(
            source,
            is_incomplete=storable(self._source) != self._source,
            objects=dict(self._parts.looks.chosen.objects),
        )
        if self._parts.host.session is not None:
            self._parts.host.session.save_session(path, known, is_automatic=is_automatic)

    def save_running(self) -> None:
        """Keep the running session, for the case of a crash."""
        wanted = self._parts.window_settings.file.settings.resume
        if self._state_dir is not None and self._lock is not None and wanted and self._source:
            self.save(self._state_dir / _RUNNING, is_automatic=True)

    def open(self, path: Path) -> None:
        """Read a file and go on with what is in it."""
        self._background.run(
            lambda: load_session(path),
            self._loaded,
            lambda error: self._parts.canvas.messages.post(Level.ERROR, str(error)),
            name="session-loader",
        )

    def offer_crashed(self) -> None:
        """If the program ended without being closed, offer to go on."""
        if self._state_dir is None or self._lock is None:
            return
        crashed = self._state_dir / _CRASHED
        try:
            (self._state_dir / _RUNNING).replace(crashed)
        except OSError:  # there is none: all is well
            return
        text = self.tr("The program was not closed properly last time. Resume that session?")
        go_on = (self.tr("Resume"), lambda: self.open(crashed))
        messages = self._parts.canvas.messages
        messages.post(Level.WARNING, text, key="crashed", action=go_on, stays=True)

    def ask_open(self) -> None:
        """Let the person choose a file."""
        dialog = QFileDialog(self._window, self.tr("Open session"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._ask(dialog, self.open)

    def ask_save(self) -> None:
        """Let the person name a file."""
        dialog = QFileDialog(self._window, self.tr("Save session"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX[1:])
        self._ask(dialog, self.save)

    def close(self) -> None:
        """The window was closed as it should be: nothing is left to be offered."""
        self._timer.stop()
        if self._state_dir is not None and self._lock is not None:
            try:
                (self._state_dir / _RUNNING).unlink(missing_ok=True)
            except OSError:
                _log.warning("The running session's file cannot be removed", exc_info=True)
            self._lock.unlock()

    def _loaded(self, session: SavedSession) -> None:
        self._pending = session
        if session.is_incomplete:
            self.incomplete.emit(session.source)
            text = self.tr(
                "The address is saved without its password. Complete it and press Enter."
            )
            self._parts.canvas.messages.post(Level.INFO, text, stays=True)
        else:
            self.wanted.emit(session.source)

    def _ask(self, dialog: QFileDialog, use: Callable[[Path], None]) -> None:
        dialog.setNameFilters([self.tr("Sessions (%1)").replace("%1", f"*{SUFFIX}")])
        dialog.fileSelected.connect(lambda name: use(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _take_lock(self) -> QLockFile | None:
        """A lock of a program that is gone counts as open."""
        if self._state_dir is None:
            return None
        try:
            self._state_dir.mkdir(parents=True, exist_ok=True)
        except OSError:
            return None
        lock = QLockFile(str(self._state_dir / "running.lock"))
        lock.setStaleLockTime(0)  # the owner decides, not the file's age
        return lock if lock.tryLock(0) else None
