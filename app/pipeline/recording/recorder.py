"""The recorder: takes composed frames from the pipeline and writes them on its own thread."""

import threading
import time
from collections.abc import Callable
from typing import Final

from app.pipeline.disk import FreeSpace, free_space
from app.pipeline.events import Level, Listener, Notice
from app.pipeline.recording.plan import RecordingPlan
from app.pipeline.recording.record_frame import RecordFrame
from app.pipeline.recording.record_queue import RecordQueue
from app.pipeline.recording.splice import Splice
from app.pipeline.recording.take import Progress, Take
from app.pipeline.trace import Tracer
from swem_core.freed_memory import release_freed_memory

QUEUE_BYTES: Final = 256 * 1024**2
_NOTICE_EVERY_S: Final = 5.0
_PATIENCE_S: Final = 5.0
_STALLED: Final = (
    "The disk has taken nothing of the recording for a while, and the video waits for it. Check "
    "the disk, or stop the recording."
)


class Recorder:
    """Starts and stops recordings; at most one at a time.

    A recording that fails is reported and ends; the next ``start`` works. All methods but ``close``
    return at once, and so does ``offer`` unless made with ``block=True``. Thread: ``offer`` on the
    compositor's, the figures on any, everything else on the session's owner's. Events come on the
    recorder's thread, notices of frames that are dropped or waited for on the compositor's.
    """

    def __init__(
        self,
        listener: Listener,
        *,
        capacity: int = 48,
        block: bool = False,
        free_space: FreeSpace = free_space,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``capacity``: frames queued at most (and at most 256 MiB of them).

        ``block``: ``offer`` waits for room, until the recording ends (files: nothing is lost); else
        the frame is dropped.
        """
        self._tell = listener
        self._capacity = capacity
        self._block = block
        self._free_space = free_space
        self._clock = clock
        self._queue: RecordQueue | None = None
        self.trace = Tracer()
        self._take: Take | None = None
        self._thread: threading.Thread | None = None
        self._splice = Splice()
        self._told_dropped = 0
        self._next_notice = clock()

    @property
    def active(self) -> bool:
        """Whether frames are taken: from ``start`` to ``stop`` or an error."""
        queue = self._queue
        return queue is not None and not queue.closed

    @property
    def wants_image(self) -> bool:
        """Whether frames need the source's picture, since a video with alpha is recorded."""
        return self.active and self._take is not None and self._take.plan.wants_image

    @property
    def paused(self) -> bool:
        """Whether frames are let go until ``set_paused(False)``."""
        return self._splice.paused

    @property
    def frames(self) -> int:
        """Frames written by the running or last recording."""
        return self._progress.frames

    @property
    def dropped(self) -> int:
        """Frames the running or last recording lost because it could not keep up."""
        queue = self._queue
        return queue.dropped if queue is not None else 0

    @property
    def seconds(self) -> float:
        """Source time written by the running or last recording."""
        return self._progress.seconds

    @property
    def bytes(self) -> int:
        """Size on disk of the running or last recording, at most half a second old."""
        return self._progress.bytes

    def start(self, plan: RecordingPlan) -> None:
        """Begin a recording: RecordingStarted follows, or RecordingStopped with the error.

        While one is running: a Notice, and nothing else. An existing video is kept and the new one
        named "name (2)". Raises ValueError for a plan without any target.
        """
        if self.active:
            self._tell(
                Notice(Level.WARNING, "Already recording. Stop this recording to start another.")
            )
            return
        queue = RecordQueue(self._capacity, QUEUE_BYTES)
        take = Take(plan, queue, self._tell, self._free_space, self._clock)
        take.trace = self.trace
        before = self._thread
        self._thread = threading.Thread(
            target=_run, args=(take, before), name="recorder", daemon=True
        )
        self._told_dropped = 0
        self._splice = Splice()
        self._take, self._queue = take, queue
        self._thread.start()

    def offer(self, frame: RecordFrame) -> bool:
        """Hand over one frame; False if not recording or dropped. Call it for every frame."""
        queue = self._queue
        if queue is None or queue.closed:
            return False
        joined = self._splice.join(frame)
        if joined is None:
            return False
        if self._block:
            self._wait_for_room(queue, joined)
        taken = queue.put(joined)
        if not taken and not queue.closed:
            self._tell_dropped(queue.dropped)
        return taken

    def set_paused(self, paused: bool) -> None:
        """Let frames go for a while; their time is cut out of the recording."""
        self._splice.set_paused(paused)

    def split(self) -> None:
        """Go on in a new file, from the next frame on; none is lost."""
        self._splice.split()

    def stop(self) -> None:
        """End the recording; what is queued is still written, then RecordingStopped follows."""
        if self._queue is not None:
            self._queue.close()

    def close(self, deadline_s: float) -> bool:
        """Stop, and wait ``deadline_s`` seconds at most; whether all files are complete."""
        self.stop()
        if self._thread is None:
            return True
        self._thread.join(deadline_s)
        return not self._thread.is_alive()

    @property
    def free_bytes(self) -> int | None:
        """What may still be written before the recording ends by itself; None if unknown."""
        return self._progress.free

    @property
    def sound_level(self) -> float | None:
        """How loud the microphone is, 0..1; None where none is recorded."""
        return self._progress.sound_level

    @property
    def _progress(self) -> Progress:
        take = self._take
        return take.progress if take is not None else Progress()

    def _wait_for_room(self, queue: RecordQueue, frame: RecordFrame) -> None:
        """Until there is room or the recording ends, as ``stop`` makes it, however the disk is."""
        if not queue.wait_for_room(frame, _PATIENCE_S):
            self._tell(Notice(Level.WARNING, _STALLED))
            queue.wait_for_room(frame)

    def _tell_dropped(self, dropped: int) -> None:
        now = self._clock()
        if now < self._next_notice:
            return
        self._next_notice = now + _NOTICE_EVERY_S
        new, self._told_dropped = dropped - self._told_dropped, dropped
        self._tell(
            Notice(
                Level.WARNING,
                f"{new} frame{'s' if new > 1 else ''} missing in the recording: the disk or the "
                "processor is too slow. Record a smaller picture or close other programs.",
            )
        )


def _run(take: Take, before: threading.Thread | None) -> None:
    """One recording's thread. The one before finishes its files first, so events stay in order."""
    if before is not None:
        before.join()
    take.run()
    release_freed_memory()
