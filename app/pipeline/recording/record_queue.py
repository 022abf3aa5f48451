"""The queue between the compositor and the recorder."""

import threading
from collections import deque

from app.pipeline.recording.record_frame import RecordFrame


class RecordQueue:
    """First in, first out, bounded in frames **and** bytes: 48 pictures of 4K would be 1.6 GB.

    An empty queue takes a frame of any size. A closed one takes none, but still gives. Thread: one
    puts, one gets; the rest any.
    """

    def __init__(self, capacity: int, max_bytes: int) -> None:
        """``capacity``: in frames, 1 or more (else ValueError)."""
        if capacity < 1:
            raise ValueError(f"A queue needs room for at least one frame. Got {capacity}.")
        self._frames: deque[RecordFrame] = deque()
        self._capacity = capacity
        self._max_bytes = max_bytes
        self._bytes = 0
        self._closed = False
        self._dropped = 0
        self._changed = threading.Condition()

    @property
    def closed(self) -> bool:
        """Whether it takes no more frames."""
        return self._closed

    @property
    def empty(self) -> bool:
        """Whether no frame is queued."""
        return not self._frames

    @property
    def dropped(self) -> int:
        """Frames refused for lack of room, or discarded."""
        return self._dropped

    def wait_for_room(self, frame: RecordFrame, timeout_s: float | None = None) -> bool:
        """Wait until ``frame`` fits or the queue is closed; False if neither came in time."""
        with self._changed:
            return self._changed.wait_for(lambda: self._closed or self._has_room(frame), timeout_s)

    def put(self, frame: RecordFrame) -> bool:
        """Append at once; False if closed, or if full, which counts as dropped."""
        with self._changed:
            if self._closed:
                return False
            if not self._has_room(frame):
                self._dropped += 1
                return False
            self._frames.append(frame)
            self._bytes += frame.nbytes
            self._changed.notify_all()
        return True

    def get(self) -> RecordFrame | None:
        """Wait for the oldest frame and take it; None once closed and empty."""
        with self._changed:
            self._changed.wait_for(lambda: bool(self._frames) or self._closed)
            if not self._frames:
                return None
            frame = self._frames.popleft()
            self._bytes -= frame.nbytes
            self._changed.notify_all()
            return frame

    def close(self) -> None:
        """Take no more frames; those queued can still be had. Wakes everyone who waits."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def discard(self) -> None:
        """Close, and drop what is still queued."""
        with self._changed:
            self.close()
            self._dropped += len(self._frames)
            self._frames.clear()
            self._bytes = 0

    def _has_room(self, frame: RecordFrame) -> bool:
        if not self._frames:
            return True
        fits = self._bytes + frame.nbytes <= self._max_bytes
        return fits and len(self._frames) < self._capacity
