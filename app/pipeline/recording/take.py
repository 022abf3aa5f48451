"""One recording, from its first file to its last event."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from app.errors import RecorderError
from app.pipeline.disk import DiskWatch, FreeSpace, free_path
from app.pipeline.events import Level, Listener, Notice, RecordingStarted, RecordingStopped
from app.pipeline.recording.part import Part, part_paths
from app.pipeline.recording.plan import RecordingPlan
from app.pipeline.recording.record_queue import RecordQueue
from app.pipeline.recording.shot import Shot
from app.pipeline.recording.targets import Target, open_data
from app.pipeline.sound.base import Sound
from app.pipeline.sound.opening import open_sound
from app.pipeline.trace import Tracer

_MEASURE_EVERY_S: Final = 0.5
_NO_PICTURE: Final = "No picture arrived while recording, so nothing was saved."

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a recording is: frames written, seconds of source time, bytes on disk.

    ``free``: bytes that may still be written before recording ends by itself; None if unknown.
    ``sound_level``: of a microphone, 0..1; None without one.
    """

    frames: int = 0
    seconds: float = 0.0
    bytes: int = 0
    free: int | None = None
    sound_level: float | None = None


class Take:
    """Writes the frames of a queue until it is closed, in a new part for each new picture size.

    An error ends the recording: RecordingStopped tells it, and the queue is closed, so that nobody
    waits for room in it. Thread: ``run`` on the recorder's; ``progress`` any.
    """

    def __init__(
        self,
        plan: RecordingPlan,
        queue: RecordQueue,
        listener: Listener,
        free_space: FreeSpace,
        clock: Callable[[], float],
    ) -> None:
        first = next(plan.targets, None)
        if first is None:
            raise ValueError("A recording needs a video path, a mask folder, or another target.")
        self.plan = plan
        self._queue = queue
        self._tell = listener
        is_folder = first in (plan.masks, plan.soft)
        self._disk = DiskWatch(first if is_folder else first.parent, free_space, clock)
        self._clock = clock
        self._next_measure = clock()
        self._data: list[Target] = []
        self.trace = Tracer()  # off; the recorder may set its own
        self._sound: Sound | None = None
        self._part = Part(first)
        self._parts = 0
        self._earlier = Progress()  # of the parts before this one; bytes of their videos only
        self._progress = Progress()

    @property
    def progress(self) -> Progress:
        """Figures so far; ``bytes`` is at most half a second old."""
        return self._progress

    def run(self) -> None:
        """Record until the queue is closed and empty, then complete the files."""
        error: str | None = None
        try:
            self._open()
            while (frame := self._queue.get()) is not None:
                with self.trace.span("encode video"):
                    self._write(Shot(frame))
        except Exception as failure:
            error = _described(failure)
        finally:
            self._queue.discard()  # nobody may wait for a recorder that has gone
        self._end_part(error, is_last=True)
        if self._sound is not None:
            self._sound.close()

    def _open(self) -> None:
        self._data = open_data(self.plan)
        self._sound = open_sound(self.plan.sound, self._tell)
        self._begin_part()

    def _begin_part(self) -> None:
        self._parts += 1
        if self._parts == 1:
            video, alpha = (p and free_path(p) for p in (self.plan.video, self.plan.alpha))
            self.plan = replace(self.plan, video=video, alpha=alpha)
        paths = part_paths(self.plan, self._parts, free_path)
        first = paths.video or paths.raw or self._data[0].path
        self._part = Part(first, self._queue.dropped)
        self._part.open(self.plan, paths, self._sound)
        self._watch_disk()
        self._tell(RecordingStarted(first))

    def _end_part(self, error: str | None = None, *, is_last: bool = False) -> None:
        part = self._part
        closing: list[Target] = [*part.videos, *(self._data if is_last else ())]
        for target in closing:
            try:
                target.close()
            except Exception as failure:
                error = error or _described(failure)
        self._report(self._clock(), measure=True)
        if part.frames == 0:
            error = error or _NO_PICTURE
        self._tell(
            RecordingStopped(
                part.path,
                part.frames,
                self._queue.dropped - part.dropped_before,
                part.seconds,
                error,
                files=tuple(t.path for t in closing if t.path.exists() and t.bytes),
                continues=not is_last,
                conversion=part.conversion if part.frames else None,
            )
        )

    def _next_part(self) -> None:
        self._end_part()
        self._earlier = replace(self._progress, bytes=self._earlier.bytes + self._part.bytes)
        self._begin_part()

    def _write(self, shot: Shot) -> None:
        if self._part.ends_before(shot):
            self._next_part()
        written = self._part.write(shot)
        masks_written = [target.write(shot) for target in self._data]
        if written or (not self._part.videos and any(masks_written)):
            self._part.count(shot.frame.seconds)
        self._watch_disk()
        now = self._clock()
        self._report(now, measure=now >= self._next_measure)

    def _watch_disk(self) -> None:
        warning = self._disk.check()
        if warning is not None:
            self._tell(Notice(Level.WARNING, warning))

    def _report(self, now: float, *, measure: bool) -> None:
        size = self._progress.bytes
        if measure:
            self._next_measure = now + _MEASURE_EVERY_S
            data = sum(target.bytes for target in self._data)
            size = self._earlier.bytes + self._part.bytes + data
        frames = self._earlier.frames + self._part.frames
        seconds = self._earlier.seconds + self._part.seconds
        level = self._sound.level if self._sound is not None else None
        self._progress = Progress(frames, seconds, size, self._disk.free, level)


def _described(failure: Exception) -> str:
    if isinstance(failure, RecorderError):
        return str(failure)
    _log.error("The recorder failed", exc_info=failure)
    return f"The recording ended on an internal error ({failure!r}). Please report it."
