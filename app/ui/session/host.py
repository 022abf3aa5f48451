"""Runs one session at a time and replaces it without ever blocking the GUI thread."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.pipeline.frames import Rendered
from app.pipeline.sources.base import Source
from app.pipeline.style import ViewStyle
from app.ui.session.bridge import Background, Bridge
from app.ui.session.interfaces import MakeSession, SessionLike

_log = logging.getLogger(__name__)
STOP_DEADLINE_S = 5.0


class SessionHost(QObject):
    """Starts, stops and swaps sessions. Lives in the GUI thread."""

    arrived = Signal(object)
    """An event of the running session."""
    started = Signal(object)
    """A session now runs on this ``Source``."""
    stopping = Signal()
    """The session is being stopped; commands no longer reach it."""
    stopped = Signal(object)
    """The session has stopped; the names of threads that did not end in time."""

    def __init__(
        self,
        make_session: MakeSession,
        show: Callable[[Rendered], None],
        parent: QObject | None = None,
        deadline_s: float = STOP_DEADLINE_S,
    ) -> None:
        super().__init__(parent)
        self._make_session = make_session
        self._show = show
        self._deadline_s = deadline_s
        self._background = Background(self)
        self._bridge: Bridge | None = None
        self._running: SessionLike | None = None
        self._is_stopping = False
        self._next: tuple[Source, ViewStyle] | None = None

    @property
    def session(self) -> SessionLike | None:
        """The session that takes commands, None while there is none or it is being stopped."""
        return None if self._is_stopping else self._running

    @property
    def is_busy(self) -> bool:
        """Whether a session exists, running or being stopped."""
        return self._running is not None

    def start(self, source: Source, style: ViewStyle) -> None:
        """Run a session on ``source`` as soon as the present one, if any, has stopped."""
        self._next = (source, style)
        if self._running is None:
            self._begin()
        else:
            self.stop(keep_next=True)

    def stop(self, *, keep_next: bool = False, deadline_s: float | None = None) -> None:
        """Stop on a helper thread; ``stopped`` follows, even if a thread hangs."""
        deadline_s = self._deadline_s if deadline_s is None else deadline_s
        if not keep_next:
            self._next = None
        session = self._running
        if session is None or self._is_stopping:
            return
        self._is_stopping = True
        self.stopping.emit()
        self._background.run(
            lambda: session.stop(deadline_s),
            lambda late: self._retire(session, late),
            lambda error: self._stop_failed(session, error),
            name="session-stop",
        )
        # stop() keeps its deadline twice, for recorder and threads; this is for one that hangs.
        grace_ms = int((2 * deadline_s + 1.0) * 1000)
        QTimer.singleShot(grace_ms, self, lambda: self._retire(session, ["session"]))

    def _begin(self) -> None:
        assert self._next is not None
        (source, style), self._next = self._next, None
        bridge = Bridge(self._show, self)
        session = self._make_session(source, bridge.on_event, bridge.on_picture, style)
        bridge.attach(session.view)
        bridge.arrived.connect(self.arrived)
        self._bridge, self._running, self._is_stopping = bridge, session, False
        self.started.emit(source)
        session.start()

    def _stop_failed(self, session: SessionLike, error: Exception) -> None:
        _log.error("stopping the session failed", exc_info=error)
        self._retire(session, ["session"])

    def _retire(self, session: SessionLike, late: list[str]) -> None:
        if session is not self._running or not self._is_stopping:
            return  # the grace timer of a session that stopped in time
        if self._bridge is not None:
            self._bridge.close()
            self._bridge.deleteLater()
        self._bridge, self._running, self._is_stopping = None, None, False
        self.stopped.emit(late)
        if self._next is not None:
            self._begin()
