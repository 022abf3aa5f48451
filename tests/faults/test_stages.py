"""An error nobody foresaw in one stage: it is told, and what was recorded until then is whole."""

import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import av
import pytest
from fakes import Events, FakeEngine, FakeSource, some_mask, wait_until

from app.pipeline.compose import Composer
from app.pipeline.events import (
    Level,
    Notice,
    RecordingStopped,
    ReplaySaved,
    SourceOpened,
    StageFailed,
)
from app.pipeline.frames import Frame
from app.pipeline.recording.coco import CocoWriter
from app.pipeline.recording.mask_folder import MaskFolderWriter
from app.pipeline.recording.plan import RecordingPlan
from app.pipeline.recording.replay import ReplayPlan
from app.pipeline.recording.replay_encoder import ReplayEncoder
from app.pipeline.recording.soft_masks import SoftMaskWriter
from app.pipeline.recording.video_writer import VideoWriter
from app.pipeline.session import Session, SessionOptions

Start = Callable[..., Session]
OPTIONS = SessionOptions(initial=lambda frame, loaded: {1: some_mask()})


class BrokenSource(FakeSource):
    """Its tenth picture is a mistake in the program."""

    def read(self) -> Frame | None:
        frame = super().read()
        assert frame is not None
        if frame.index == 10:
            raise ZeroDivisionError("a bug")
        return frame


@pytest.fixture
def start() -> Iterator[Callable[..., Session]]:
    """Starts sessions, and ends them whatever becomes of the test."""
    started: list[Session] = []

    def begin(source: FakeSource, events: Events, plan: RecordingPlan | None = None) -> Session:
        session = Session(source, FakeEngine().load, events, options=OPTIONS)
        if plan is not None:
            session.start_recording(plan)
        session.start()
        started.append(session)
        return session

    yield begin
    for session in started:
        session.stop()


def pictures(path: Path) -> int:
    with av.open(str(path)) as container:
        return sum(1 for _ in container.decode(video=0))


def fail_from(number: int, kind: type, name: str, patch: pytest.MonkeyPatch) -> None:
    """The method ``name`` works ``number`` times, then never again."""
    real, calls = getattr(kind, name), [0]

    def broken(*args: object, **more: object) -> object:
        calls[0] += 1
        if calls[0] > number:
            raise OSError(28, "No space left on device")
        return real(*args, **more)

    patch.setattr(kind, name, broken)


def failed(events: Events, stage: str) -> Callable[[], bool]:
    return lambda: any(e.stage == stage for e in events.of(StageFailed))


def test_in_capture(start: Start, tmp_path: Path) -> None:
    events = Events()
    session = start(BrokenSource(live=True), events, RecordingPlan(tmp_path / "a.mkv"))
    wait_until(failed(events, "capture"), "it is told")
    assert session.stop() == []
    (told,) = events.of(StageFailed)
    assert "ZeroDivisionError" in told.text and "log file" in told.text
    (stopped,) = events.of(RecordingStopped)
    assert stopped.frames == pictures(tmp_path / "a.mkv") > 0


def test_in_drawing(start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_from(12, Composer, "screen", monkeypatch)
    events = Events()
    session = start(FakeSource(live=True), events, RecordingPlan(tmp_path / "a.mkv"))
    wait_until(failed(events, "compositor"), "it is told")
    assert session.stop() == []
    (stopped,) = events.of(RecordingStopped)
    assert stopped.frames == pictures(tmp_path / "a.mkv") > 0


@pytest.mark.parametrize("writer", [CocoWriter, MaskFolderWriter, SoftMaskWriter, VideoWriter])
def test_a_full_disk_under_any_target_leaves_the_others_whole(
    start: Start, writer: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_from(8, writer, "write", monkeypatch)
    events = Events()
    plan = RecordingPlan(
        *(tmp_path / "a.mkv", tmp_path / "masks", tmp_path / "alpha.mov"),
        *(tmp_path / "c.json", tmp_path / "soft"),
    )
    session = start(FakeSource(live=True), events, plan)
    wait_until(lambda: events.of(RecordingStopped), "it is told")
    wait_until(lambda: session.view.get(0.1) is not None, "the picture goes on")
    assert session.stop() == []
    (stopped,) = events.of(RecordingStopped)
    assert stopped.error and not events.of(StageFailed)
    assert pictures(tmp_path / "a.mkv") >= 4
    assert (tmp_path / "c.json").is_file()


def test_an_encoder_that_fails_takes_the_replay_not_the_picture(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_from(10, ReplayEncoder, "add", monkeypatch)
    events = Events()
    session = start(FakeSource(live=True), events)
    session.set_replay(ReplayPlan())
    wait_until(
        lambda: [n for n in events.of(Notice) if n.level is not Level.INFO],
        "it is told",
    )
    wait_until(lambda: session.view.get(0.1) is not None, "the picture goes on")
    assert session.stop() == []
    assert not events.of(StageFailed) and not events.of(ReplaySaved)


@pytest.mark.parametrize("jump_s", [-86_400, 86_400])
def test_the_system_clock_is_of_no_consequence(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jump_s: float
) -> None:
    real, calls = time.time, [0]

    def jumping() -> float:
        calls[0] += 1
        return real() + jump_s * calls[0]

    monkeypatch.setattr(time, "time", jumping)
    monkeypatch.setattr(time, "time_ns", lambda: int(jumping() * 1e9))
    events = Events()
    session = start(FakeSource(live=True), events, RecordingPlan(tmp_path / "a.mkv"))
    wait_until(lambda: session.stats().recorded_frames > 20, "something is recorded")
    assert session.stop() == []
    with av.open(str(tmp_path / "a.mkv")) as container:
        times = [frame.time for frame in container.decode(video=0)]
    steps = [b - a for a, b in pairwise(times)]
    assert min(steps) > 0 and max(steps) < 5


def test_a_computer_that_slept_goes_on(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On some systems the steady clock counts the hours of sleep."""
    slept_s = [0.0]
    steady, steady_ns = time.monotonic, time.monotonic_ns
    monkeypatch.setattr(time, "monotonic", lambda: steady() + slept_s[0])
    monkeypatch.setattr(time, "monotonic_ns", lambda: steady_ns() + int(1e9 * slept_s[0]))
    events = Events()
    source = FakeSource(live=True, failures=(30,))  # a camera is gone after it
    session = start(source, events, RecordingPlan(tmp_path / "a.mkv"))
    wait_until(lambda: session.stats().recorded_frames > 10, "something is recorded")
    slept_s[0] = 3600.0
    before = session.stats().recorded_frames
    patience = steady() + 20
    while (session.stats().recorded_frames < before + 30) and steady() < patience:
        session.view.get(0.05)
    assert session.stats().scores, "tracking goes on"
    assert session.stop() == []
    assert len(events.of(SourceOpened)) == 2 and not events.of(StageFailed)
    (stopped,) = events.of(RecordingStopped)
    assert stopped.error is None
    assert pictures(tmp_path / "a.mkv") == stopped.frames >= before + 30
