"""One recording, from its first file to its last event."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app.errors import RecorderError
from app.pipeline.disk import DiskWatch, FreeSpace, free_path
from app.pipeline.events import Level, Listener, Notice, RecordingStarted, RecordingStopped
from app.pipeline.mask_folder import MaskFolderWriter
from app.pipeline.record_queue import RecordQueue
from app.pipeline.recording import RecordFrame, RecordingPlan
from app.pipeline.writers import VideoWriter

_MEASURE_EVERY_S: Final = 0.5
_NO_PICTURE: Final = "No picture arrived while recording, so nothing was saved."

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a recording is: frames written, seconds of source time, bytes on disk."""

    frames: int = 0
    seconds: float = 0.0
    bytes: int = 0


@dataclass(slots=True)
class _Part:
    """One video file of the take (or, without video, its masks)."""

    path: Path
    dropped_before: int = 0
    video: VideoWriter | None = None
    frames: int = 0
    first_s: float = 0.0
    last_s: float = 0.0

    @property
    def seconds(self) -> float:
        return self.last_s - self.first_s

    def count(self, seconds: float) -> None:
        if self.frames == 0:
            self.first_s = seconds
        self.last_s = seconds
        self.frames += 1


class Take:
    """Writes what a queue gives until it is closed; a new file whenever the picture size changes.

    Whatever goes wrong ends up in RecordingStopped, and the queue is closed then, so that nobody
    waits for it. Thread: ``run`` on the recorder's; ``progress`` anywhere.
    """

    def __init__(
        self,
        plan: RecordingPlan,
        queue: RecordQueue,
        listener: Listener,
        free_space: FreeSpace,
        clock: Callable[[], float],
    ) -> None:
        target = plan.video or plan.masks
        if target is None:
            raise ValueError("A recording needs a video path, a mask folder, or both.")
        self.plan = plan
        self._queue = queue
        self._tell = listener
        self._disk = DiskWatch(target.parent if plan.video else target, free_space, clock)
        self._clock = clock
        self._next_measure = clock()
        self._masks: MaskFolderWriter | None = None
        self._first_path = target
        self._part = _Part(target)
        self._parts = 0
        self._earlier = Progress()  # of the parts before this one; bytes without the masks
        self._progress = Progress()

    @property
    def progress(self) -> Progress:
        """A reading whose bytes are at most half a second old."""
        return self._progress

    def run(self) -> None:
        """Record until the queue is closed and empty, then complete the files."""
        error: str | None = None
        try:
            self._open()
            while (frame := self._queue.get()) is not None:
                self._write(frame)
        except Exception as failure:
            error = _described(failure)
        finally:
            self._queue.discard()  # nobody may wait for a recorder that has gone
        self._end_part(error)

    def _open(self) -> None:
        if self.plan.masks is not None:
            self._masks = MaskFolderWriter(self.plan.masks)
        if self.plan.video is not None:
            self._first_path = free_path(self.plan.video)
        self._begin_part(self._first_path)

    def _begin_part(self, path: Path) -> None:
        self._parts += 1
        self._part = _Part(path, self._queue.dropped)
        if self.plan.video is not None:
            self._part.video = VideoWriter(path)
        self._watch_disk()
        self._tell(RecordingStarted(path))

    def _end_part(self, error: str | None = None) -> None:
        part = self._part
        try:
            if part.video is not None:
                part.video.close()
        except Exception as failure:
            error = error or _described(failure)
        self._report(self._clock(), measure=True)
        if part.frames == 0:
            error = error or _NO_PICTURE
        dropped = self._queue.dropped - part.dropped_before
        self._tell(RecordingStopped(part.path, part.frames, dropped, part.seconds, error))

    def _next_part(self) -> None:
        self._end_part()
        self._earlier = replace(self._progress, bytes=self._earlier.bytes + self._video_bytes())
        stem = f"{self._first_path.stem} part{self._parts + 1}"
        self._begin_part(free_path(self._first_path.with_stem(stem)))

    def _write(self, frame: RecordFrame) -> None:
        video = self._part.video
        if video is not None and video.size not in (None, frame.picture.shape[:2]):
            self._next_part()
            video = self._part.video
        written = video is not None and video.write(frame.picture, frame.seconds)
        if self._masks is not None and frame.labels is not None:
            self._masks.write(frame.index, frame.labels)
            written = written or video is None
        if written:
            self._part.count(frame.seconds)
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
            masks = self._masks.bytes if self._masks is not None else 0
            size = self._earlier.bytes + self._video_bytes() + masks
        frames = self._earlier.frames + self._part.frames
        self._progress = Progress(frames, self._earlier.seconds + self._part.seconds, size)

    def _video_bytes(self) -> int:
        try:
            return self._part.path.stat().st_size if self._part.video is not None else 0
        except OSError:
            return 0  # gone, or never made: nothing that is worth a message


def _described(failure: Exception) -> str:
    if isinstance(failure, RecorderError):
        return str(failure)
    _log.error("The recorder failed", exc_info=failure)
    return f"The recording ended on an internal error ({failure!r}). Please report it."
