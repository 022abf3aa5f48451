"""The position in a file, and whether it loops."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.pipeline.sources.base import Seekable, Source
from app.ui.session.interfaces import SessionLike
from app.ui.state.marking import Marking

STEP_S = 5.0


class Seeking(QObject):
    """Sends the file to another position, unless that would lose marks. Lives in the GUI thread.

    All seconds are on the file's own clock.
    """

    changed = Signal()
    """The span or the looping has changed."""
    held_back = Signal()
    """It was not sent anywhere: marks on the frozen picture would be lost."""

    def __init__(
        self,
        session: Callable[[], SessionLike | None],
        marking: Marking,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._marking = marking
        self.position = 0.0
        self.span: tuple[float, float] | None = None
        self.loops = False

    def begin(self, source: Source | None) -> None:
        """Another source, or none."""
        self.span = None
        self.loops = isinstance(source, Seekable) and source.loops
        self.changed.emit()

    def set_span(self, span: tuple[float, float] | None) -> None:
        """The source is open: its first and last second; None if it has no position."""
        self.span = span
        self.position = span[0] if span is not None else 0.0
        self.changed.emit()

    def seek(self, seconds: float) -> None:
        """Go there, or to the nearer end."""
        session = self._session()
        if session is None or self.span is None:
            return
        if self._marking.is_frozen and (self._marking.state.touched or self._marking.pending):
            self.held_back.emit()
            return
        first, last = self.span
        self.position = min(max(seconds, first), last)
        session.seek(self.position)

    def by(self, seconds: float) -> None:
        """Go forwards, or (negative) back."""
        self.seek(self.position + seconds)

    def to_start(self) -> None:
        """Go to the first frame."""
        if self.span is not None:
            self.seek(self.span[0])

    def set_loop(self, loop: bool) -> None:
        """Whether to start over at the end."""
        session = self._session()
        if session is not None and self.span is not None:
            self.loops = loop
            session.set_loop(loop)
        self.changed.emit()
