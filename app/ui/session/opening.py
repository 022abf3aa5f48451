"""Opens a source: off the GUI thread, visibly, and until the person cancels."""

import threading
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.pipeline.events import Event, SourceLost, SourceOpened, StageFailed
from app.pipeline.sources.address import presentable
from app.pipeline.sources.base import Source
from app.ui.session.bridge import Postbox
from app.ui.session.host import SessionHost
from app.ui.session.interfaces import OpenSource
from swem_core.errors import SwemError

GRACE_S = 0.05
"""Anything shorter is simply waited for, so that nothing flickers."""

_SHOWN_AFTER_MS: Final = 400
_ABANDON_S: Final = 0.3  # a connection that hangs ends by itself, later


class Opening(QObject):
    """From what was typed or chosen to the first picture. Lives in the GUI thread.

    Two things may take long: finding out what is meant (a sleeping disk, a network folder, the
    list of cameras), and connecting to it, which the session does.
    """

    opened = Signal(str, object)
    """(text, Source): what is meant; no session runs on it yet."""
    failed = Signal(str)
    """Why it cannot be opened."""
    waiting = Signal(str)
    """The name of what is being opened while it takes long, "" when that is over."""
    changed = Signal()

    def __init__(self, open_source: OpenSource, host: SessionHost, parent: QObject) -> None:
        super().__init__(parent)
        self._open_source, self._host = open_source, host
        self._postbox = Postbox(self)
        self._number = 0
        self._name = ""
        self._is_finding = self._is_connecting = self._is_shown = self._was_given_up = False
        self._patience = QTimer(self, singleShot=True, interval=_SHOWN_AFTER_MS)
        self._patience.timeout.connect(self._show)
        host.started.connect(self._connecting)
        host.arrived.connect(self._hear)
        host.stopping.connect(self._rest)

    @property
    def is_busy(self) -> bool:
        """Whether something is being opened, which can be cancelled."""
        return self._is_finding or self._is_connecting

    def begin(self, text: str) -> None:
        """Open ``text``; ``opened`` or ``failed`` follows, unless it is cancelled."""
        self._abandon()
        self._number += 1
        number, outcome = self._number, _Outcome()
        self._name, self._is_finding, self._was_given_up = presentable(text), True, False

        def work() -> None:
            outcome.find(self._open_source, text)
            self._postbox.post(lambda: self._found(number, text, outcome))

        thread = threading.Thread(target=work, name="source-finder", daemon=True)
        thread.start()
        thread.join(GRACE_S)
        if outcome.is_there:
            self._found(number, text, outcome)
        else:
            self._patience.start()
            self.changed.emit()

    def end(self) -> None:
        """The first picture has arrived."""
        if self._is_connecting:
            self._rest()

    def cancel(self) -> bool:
        """Cancel what is being opened; False if there is nothing."""
        if not self.is_busy:
            return False
        self._number += 1
        self._was_given_up = True
        self._abandon()
        self._rest()
        return True

    def close(self) -> None:
        """The window goes away: nothing is waited for any more."""
        self._number += 1
        self._rest()

    def excuses(self, late: list[str]) -> bool:
        """Whether ``late`` threads are expected: the person has cancelled what they wait for."""
        return self._was_given_up and set(late) <= {"capture"}

    def _abandon(self) -> None:
        if self._is_connecting:
            self._was_given_up = True
            self._host.stop(deadline_s=_ABANDON_S)

    def _found(self, number: int, text: str, outcome: "_Outcome") -> None:
        if number != self._number or not self._is_finding:
            return
        self._rest()
        if outcome.source is not None:
            self.opened.emit(text, outcome.source)
        else:
            self.failed.emit(outcome.error)

    def _connecting(self, source: Source) -> None:
        self._name = presentable(source.name)
        self._is_connecting, self._was_given_up = True, False
        self._patience.start()
        self.changed.emit()

    def _hear(self, event: Event) -> None:
        failed = isinstance(event, StageFailed) and event.stage == "capture"
        if self._is_connecting and (failed or isinstance(event, SourceOpened | SourceLost)):
            self._rest()

    def _show(self) -> None:
        if self.is_busy:
            self._is_shown = True
            self.waiting.emit(self._name)

    def _rest(self) -> None:
        self._patience.stop()
        if self.is_busy:
            self._is_finding = self._is_connecting = False
            if self._is_shown:
                self._is_shown = False
                self.waiting.emit("")
            self.changed.emit()


class _Outcome:
    """The result of looking for a source. Written by one thread, then read by another."""

    def __init__(self) -> None:
        self.source: Source | None = None
        self.error = ""

    @property
    def is_there(self) -> bool:
        return self.source is not None or bool(self.error)

    def find(self, open_source: OpenSource, text: str) -> None:
        try:
            self.source = open_source(text)
        except SwemError as error:
            self.error = str(error)
        except Exception as error:  # of libraries and systems; said like any other
            name = presentable(text)
            reason = error if name == text else type(error).__name__  # it may tell the address
            self.error = f"{name} cannot be opened ({reason})."
