"""What a live source showed while a frame was held, kept in little memory to be tracked later."""

from collections import deque

from app.pipeline.frames import Frame
from swem_core.engine.preprocess import inference_size, shrink

CAPACITY = 24
"""Frames: half a second of work at 50 frames/s, whatever the time they span."""


class MissedFrames:
    """Frames from the held one to now, at the size the network sees.

    When there is no more room every second one is dropped, and from then on they are taken half as
    often: after a second or an hour they are spread evenly over it. Thread: its owner's.
    """

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._frames: deque[Frame] = deque()
        self._gap_ns = 0
        self.total = 0

    def __len__(self) -> int:
        return len(self._frames)

    def add(self, frame: Frame, short_side: int) -> None:
        """Keep ``frame``, unless it is too close to the last one kept."""
        if self._frames and frame.captured_ns - self._frames[-1].captured_ns < self._gap_ns:
            return
        if len(self._frames) >= self._capacity:
            self._thin_out()
        small = shrink(frame.image, inference_size(frame.image.shape[:2], short_side))
        self._frames.append(Frame(frame.index, small, frame.seconds, frame.captured_ns))
        self.total = len(self._frames)

    def take(self) -> Frame:
        """The oldest one; raises IndexError if there is none."""
        frame = self._frames.popleft()
        if not self._frames:
            self._gap_ns = 0
        return frame

    def clear(self) -> None:
        """Nothing needs to be caught up with."""
        self._frames.clear()
        self._gap_ns = self.total = 0

    def _thin_out(self) -> None:
        self._frames = deque(list(self._frames)[1::2])
        span_ns = self._frames[-1].captured_ns - self._frames[0].captured_ns
        self._gap_ns = max(2 * self._gap_ns, span_ns // max(1, len(self._frames) - 1))
