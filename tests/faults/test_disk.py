"""Disks that are slow or full: what was written stays, the picture and tracking go on."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import av
import pytest
import sounding_clip
from cat_clip import cats
from fakes import Events, FakeEngine, FakeSource, some_mask, wait_until
from recorder_kit import Gate
from test_splice import real_frames

from app.__main__ import main
from app.pipeline.events import Notice, RecordingStopped, ReplaySaved
from app.pipeline.recording.plan import RecordingPlan
from app.pipeline.recording.replay import Replay, ReplayPlan
from app.pipeline.session import Session, SessionOptions
from swem_core.data.masks import write_mask

KIB = 1024


@contextmanager
def files_of_at_most(limit: int) -> Iterator[None]:
    """The system refuses to let any file grow further, as a full disk would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def decoded(path: Path, kind: str) -> int:
    """How many pictures or pieces of sound a player gets; the last one may be cut off."""
    found = 0
    with av.open(str(path)) as container, suppress(av.error.InvalidDataError):
        stream = next(each for each in container.streams if each.type == kind)
        for _ in container.decode(stream):
            found += 1
    return found


@pytest.fixture
def source(tmp_path: Path) -> Path:
    write_mask(tmp_path / "first.png", cats().labels[0])
    return sounding_clip.write(tmp_path / "in.mkv", 150, (5,))


@pytest.mark.parametrize(
    ("name", "options", "limit"),
    [("out.mkv", [], 80), ("out.mp4", [], 200), ("out.mov", ["--alpha", "qtrle"], 2000)],
)
def test_pictures_and_sound_until_the_disk_was_full_are_kept(
    source: Path,
    name: str,
    options: list[str],
    limit: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out, masks = tmp_path / name, tmp_path / "masks"
    arguments = ["--mask", str(tmp_path / "first.png"), "--masks", str(masks), "--size", "64"]
    with files_of_at_most(limit * KIB):
        code = main(["run", str(source), *arguments, *options, "-o", str(out)])
    said = capsys.readouterr()
    assert code == 1 and f"{name} cannot be written" in said.err
    found = decoded(out, "video")
    assert 10 < found < 150, "some of it, and it did not go on for nobody"
    assert decoded(out, "audio") > 0
    assert len(list(masks.glob("*.png"))) >= found


def test_a_replay_that_cannot_be_saved_is_not_lost(tmp_path: Path) -> None:
    events, source = Events(), sounding_clip.write(tmp_path / "in.mkv", 60, (5,))
    replay = Replay(events)
    replay.start(ReplayPlan())
    for frame in real_frames(source):
        wait_until(lambda frame=frame: replay.offer(frame), "there is room")  # type: ignore[misc]
    wait_until(lambda: replay.seconds > 2.2, "all is kept")
    with files_of_at_most(20 * KIB):
        replay.save(tmp_path / "a.mkv")
        wait_until(lambda: events.of(Notice), "it is told")
    (told,) = events.of(Notice)
    assert "a.mkv cannot be written" in told.text
    assert replay.active
    replay.save(tmp_path / "b.mkv")
    wait_until(lambda: events.of(ReplaySaved), "it is saved")
    assert decoded(tmp_path / "b.mkv", "video") == 60
    assert replay.close(10)


def test_a_disk_that_hangs_costs_pictures_of_the_recording_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, events = Gate(monkeypatch), Events()
    options = SessionOptions(initial=lambda frame, loaded: {1: some_mask()})
    session = Session(FakeSource(live=True), FakeEngine().load, events, options=options)
    session.start_recording(RecordingPlan(tmp_path / "a.mkv"))
    session.start()
    try:
        wait_until(lambda: session.stats().dropped["record"] > 20, "the queue is full")
        assert any("too slow" in notice.text for notice in events.of(Notice))
        for _ in range(10):
            wait_until(lambda: session.view.get(0.1) is not None, "the picture goes on")
        assert session.stats().scores, "tracking goes on"
        gate.open.set()
        wait_until(lambda: session.stats().recorded_frames > 60, "it is written again")
    finally:
        gate.open.set()
        assert session.stop() == []
    (stopped,) = events.of(RecordingStopped)
    assert stopped.error is None and stopped.dropped > 20
    assert decoded(tmp_path / "a.mkv", "video") == stopped.frames
