"""What the recorder's tests share."""

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import av
import numpy as np
import pytest

from app.pipeline.events import Event, Level, Notice, RecordingStopped
from app.pipeline.recording.record_frame import RecordFrame
from app.pipeline.recording.recorder import Recorder
from app.pipeline.recording.video_writer import VideoWriter
from swem_core.engine.result import StepResult

PLENTY = 10 * 1024**3
PATIENCE_S = 20.0

MakeRecorder: TypeAlias = Callable[..., Recorder]


class Events:
    """A listener that can be waited for."""

    def __init__(self) -> None:
        self._queue: queue.Queue[tuple[Event, str]] = queue.Queue()

    def __call__(self, event: Event) -> None:
        self._queue.put((event, threading.current_thread().name))

    def next(self, thread: str = "recorder") -> Event:
        event, name = self._queue.get(timeout=PATIENCE_S)
        assert name == thread
        return event

    def stopped(self) -> RecordingStopped:
        event = self.next()
        assert isinstance(event, RecordingStopped)
        return event

    def notice(self, thread: str = "recorder") -> str:
        event = self.next(thread)
        assert isinstance(event, Notice)
        assert event.level is Level.WARNING
        return event.text

    @property
    def empty(self) -> bool:
        return self._queue.empty()


class Gate:
    """Holds the recorder at its first write until opened, as a disk that hangs would."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reached, self.open = threading.Event(), threading.Event()
        write = VideoWriter.write

        def held(writer: VideoWriter, *args: Any) -> bool:
            self.reached.set()
            assert self.open.wait(PATIENCE_S)
            return write(writer, *args)

        monkeypatch.setattr(VideoWriter, "write", held)


@contextmanager
def recorders(events: Events) -> Iterator[MakeRecorder]:
    """Makes recorders with plenty of disk, and sees to it that they end."""
    made: list[Recorder] = []

    def build(**options: Any) -> Recorder:
        options.setdefault("free_space", lambda _: PLENTY)
        made.append(Recorder(events, **options))
        return made[-1]

    yield build
    assert all(recorder.close(PATIENCE_S) for recorder in made)
    assert not [t for t in threading.enumerate() if t.name == "recorder"]


def frame(index: int, size: tuple[int, int] = (48, 64), *, masks: bool = False) -> RecordFrame:
    picture = np.full((*size, 4), index % 256, np.uint8)
    return RecordFrame(picture, 5.0 + index / 10, index, filled(index, size) if masks else None)


def filled(object_id: int, size: tuple[int, int]) -> StepResult:
    """Object ``object_id`` covers the whole picture; 0 is nothing."""
    ids = (object_id,) if object_id else ()
    anchors = {i: np.ones(size, np.bool_) for i in ids}
    logits = np.zeros((len(ids), 12, 16), np.float32)
    return StepResult(ids, logits, size, size, dict.fromkeys(ids, 0.75), anchors)


def frames_in(path: Path) -> list[float]:
    with av.open(str(path)) as container:
        return [round(f.time, 6) for f in container.decode(video=0)]
