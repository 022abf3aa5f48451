"""Playing and pausing a file; live sources cannot be paused."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.ui.session.interfaces import SessionLike


class Playback(QObject):
    """Whether the source runs. Lives in the GUI thread."""

    changed = Signal()

    def __init__(
        self, session: Callable[[], SessionLike | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._can_pause = False
        self._is_paused = False

    @property
    def can_pause(self) -> bool:
        """The source is a file."""
        return self._can_pause

    @property
    def is_paused(self) -> bool:
        """The file is held."""
        return self._is_paused

    def begin(self, *, can_pause: bool) -> None:
        """Another source, or none; it runs."""
        self._can_pause, self._is_paused = can_pause, False
        self.changed.emit()

    def set_paused(self, paused: bool) -> None:
        """Hold the file or let it run; live sources run on."""
        session = self._session()
        if session is not None and self._can_pause:
            self._is_paused = paused
            session.set_paused(paused)
        self.changed.emit()
