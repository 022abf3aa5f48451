"""From a jump in the source to the first picture of where it went."""

from app.pipeline.frames import Frame


class Landing:
    """Which frames are left over from before a jump, and what is to be done after it.

    A jump is looked at even if the source is paused or a frame is held: exactly one frame is taken
    then. Thread: the engine's.
    """

    def __init__(self) -> None:
        self._number = 0
        self._freezes = False
        self.pending = False

    def begin(self, number: int, *, freezes: bool) -> None:
        """Wait for frames of jump ``number``; ``freezes``: hold the first."""
        self._number = number
        self._freezes = freezes or (self.pending and self._freezes)
        self.pending = True

    def admits(self, frame: Frame) -> bool:
        """Whether ``frame`` was read after the last jump."""
        return frame.jumps >= self._number

    def end(self) -> bool:
        """A frame from there was shown; whether it is to be held."""
        freezes, self.pending, self._freezes = self.pending and self._freezes, False, False
        return freezes
