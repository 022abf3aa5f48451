"""Playing from elsewhere: the sources, and a session that keeps what it tracks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import clips
import cv2
import numpy as np
import pytest
from fakes import Events, FakeEngine, wait_until

from app.pipeline.events import MarkingChanged, SourceEnded
from app.pipeline.frames import Frame
from app.pipeline.session import Session, SessionOptions
from app.pipeline.sources.base import Seekable
from app.pipeline.sources.file import FileSource
from app.pipeline.sources.folder import FolderSource
from swem_core.types import Image

LONG_GOP = {"g": "250"}
SIZE = (48, 64)


def h264(path: Path, **options: object) -> Path:
    return clips.write(path, 12, codec="libx264", pixels="yuv420p", **options)  # type: ignore[arg-type]


@pytest.fixture(params=["key pictures only", "one key picture", "reordered", "late start"])
def clip(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    match request.param:
        case "key pictures only":
            return clips.write(tmp_path / "clip.mkv", 12)
        case "one key picture":
            return h264(tmp_path / "clip.mp4")
        case "reordered":
            return h264(tmp_path / "clip.mp4", b_frames=3)
        case _:
            stamps = [1000 + 40 * i for i in range(12)]
            return h264(tmp_path / "clip.mkv", stamps=stamps)


def test_a_file_goes_to_the_very_frame_and_loses_none_after_it(clip: Path) -> None:
    source = FileSource(clip)
    info = source.open()
    assert isinstance(source, Seekable) and info.span is not None
    first = source.read()
    assert first is not None and first.file_s is not None
    assert info.span[0] == pytest.approx(first.file_s, abs=0.001)
    assert info.span[1] - info.span[0] == pytest.approx(12 * 0.04, abs=0.05)
    last = first
    for wanted in (7, 2, 11, 0, 5):
        source.seek(first.file_s + wanted * 0.04)
        for number in range(wanted, 12):
            frame = source.read()
            assert frame is not None
            assert clips.number(frame.image) == number
            assert frame.file_s == pytest.approx(first.file_s + number * 0.04, abs=0.001)
            assert (frame.index, frame.seconds) > (last.index, last.seconds)
            last = frame
        assert source.read() is None
    source.seek(1e6)
    beyond = source.read()
    assert beyond is not None and clips.number(beyond.image) == 11
    source.close()


def test_a_folder_too(tmp_path: Path) -> None:
    for i in range(5):
        cv2.imwrite(str(tmp_path / f"{i}.png"), clips.picture(i * clips.STEP))
    source = FolderSource(tmp_path, rate=10)
    assert source.open().span == (0.0, 0.4)
    source.seek(0.3)
    source.set_loop(True)
    frames = [source.read() for _ in range(3)]
    assert [clips.number(frame.image) for frame in frames if frame] == [3, 4, 0]
    assert [frame.file_s for frame in frames if frame] == [0.3, 0.4, 0.0]
    assert [frame.index for frame in frames if frame] == [0, 1, 2]


class Watched:
    """A session in a window on a clip, and the frames that were shown."""

    def __init__(self, clip: Path, **options: object) -> None:
        self.events, self.engine = Events(), FakeEngine()
        self.session = Session(
            FileSource(clip),
            self.engine.load,
            self.events,
            options=SessionOptions(**options),  # type: ignore[arg-type]
        )
        self.frame: Frame | None = None

    def look(self) -> bool:
        seen = self.session.view.get(0.01)
        if seen is not None:
            self.frame = seen.segmented.frame
        return seen is not None

    def until(self, condition: Callable[[Frame], object], what: str) -> None:
        wait_until(lambda: self.look() and self.frame and condition(self.frame), what)

    @property
    def is_frozen(self) -> bool:
        told = self.events.of(MarkingChanged)
        return bool(told) and told[-1].frozen


@contextmanager
def watching(clip: Path, **options: object) -> Iterator[Watched]:
    watched = Watched(clip, **options)
    watched.session.start()
    try:
        yield watched
    finally:
        late = watched.session.stop()
    assert late == []


def mark(frame: Frame, loaded: object) -> dict[int, Image]:
    mask = np.zeros(SIZE, np.bool_)
    mask[10:30, 10:30] = True
    return {1: mask}  # type: ignore[dict-item]


def test_after_its_end_a_file_goes_on_from_elsewhere_with_what_is_tracked(clip: Path) -> None:
    with watching(clip, initial=mark) as watched:
        wait_until(lambda: watched.events.of(SourceEnded), "it is over")
        wait_until(lambda: len(watched.engine.seen) == 12, "all of it is tracked")
        watched.session.seek(0)
        wait_until(lambda: len(watched.events.of(SourceEnded)) == 2, "it is over again")
        wait_until(lambda: len(watched.engine.seen) == 24, "all of it is tracked again")
        assert watched.engine.objects == (1,)


def test_a_paused_file_shows_where_it_went_and_stays_there(tmp_path: Path) -> None:
    with watching(h264(tmp_path / "c.mp4"), initial=mark) as watched:
        watched.until(lambda frame: frame.index >= 1, "it plays")
        watched.session.set_paused(True)
        for wanted in (9, 3):
            watched.session.seek(wanted * 0.04)
            there = wanted
            watched.until(lambda f, n=there: clips.number(f.image) == n, "it is there")
        seen = len(watched.engine.seen)
        assert not watched.look()
        assert len(watched.engine.seen) == seen
        watched.session.set_paused(False)
        wait_until(lambda: watched.events.of(SourceEnded), "it goes on")


def test_a_frozen_first_frame_can_be_exchanged_for_another(tmp_path: Path) -> None:
    with watching(h264(tmp_path / "c.mp4"), hold_first=True) as watched:
        wait_until(lambda: watched.is_frozen, "the first frame is held")
        watched.session.seek(0.2)
        watched.until(lambda frame: clips.number(frame.image) == 5, "it is there")
        wait_until(lambda: watched.is_frozen, "that one is held")
        assert len(watched.events.of(MarkingChanged)) >= 3
        assert not watched.events.of(SourceEnded)
