"""Pauses and splits: adjusts the frames' times before they are queued for recording."""

from dataclasses import replace
from typing import Final

from app.pipeline.recording.record_frame import RecordFrame

_FIRST_STEP_S: Final = 1 / 30


class Splice:
    """Cuts out pauses: the frame after one follows the frame before it by one frame interval.

    Thread: ``join`` on the compositor's; ``set_paused`` and ``split`` on the owner's (each writes
    one flag).
    """

    def __init__(self) -> None:
        self.paused = False
        self._splits = False
        self._cut = False
        self._left_out_s = 0.0
        self._step_s = _FIRST_STEP_S
        self._last_s: float | None = None  # as it came

    def set_paused(self, paused: bool) -> None:
        """Leave out frames while paused."""
        self.paused = paused

    def split(self) -> None:
        """Begin a new file with the next frame."""
        self._splits = True

    def join(self, frame: RecordFrame) -> RecordFrame | None:
        """``frame`` with its time in the recording; None if it is left out."""
        if self.paused:
            self._cut = self._last_s is not None
            return None
        last, self._last_s = self._last_s, frame.seconds
        if last is not None and self._cut:
            self._left_out_s += frame.seconds - last - self._step_s
        elif last is not None:
            self._step_s = frame.seconds - last
        self._cut = False
        splits, self._splits = self._splits, False
        if not splits and self._left_out_s == 0.0:
            return frame
        return replace(frame, seconds=frame.seconds - self._left_out_s, splits=splits)
