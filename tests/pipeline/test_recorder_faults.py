"""A recorder in trouble: it drops or ends, says so, and never holds the pipeline up."""

import threading
from pathlib import Path
from typing import Any

import pytest
from fakes import wait_until
from recorder_kit import PATIENCE_S, PLENTY, Events, Gate, MakeRecorder, frame, frames_in

from app.errors import RecorderError
from app.pipeline.events import RecordingStarted
from app.pipeline.recording import take
from app.pipeline.recording.plan import RecordingPlan
from app.pipeline.recording.video_writer import VideoWriter

MIB = 1024**2


def test_live_overflow_drops_and_says_so_every_five_seconds(
    make_recorder: MakeRecorder, events: Events, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    now = 100.0
    recorder = make_recorder(capacity=3, clock=lambda: now)
    recorder.start(RecordingPlan(tmp_path / "a.mkv"))
    events.next()
    recorder.offer(frame(0))
    assert gate.reached.wait(PATIENCE_S)  # frame 0 is with the writer, the queue is empty
    assert [recorder.offer(frame(i)) for i in range(1, 10)] == [True] * 3 + [False] * 6
    assert "1 frame missing" in events.notice("MainThread")
    assert events.empty
    now = 104.9
    assert not recorder.offer(frame(10))
    assert events.empty
    now = 105.0
    assert not recorder.offer(frame(11))
    assert "7 frames missing" in events.notice("MainThread")
    gate.open.set()
    assert recorder.close(PATIENCE_S)
    stopped = events.stopped()
    assert (stopped.frames, stopped.dropped, stopped.error) == (4, 8, None)
    assert recorder.dropped == 8
    assert frames_in(tmp_path / "a.mkv") == [0.0, 0.1, 0.2, 0.3]


@pytest.mark.parametrize("end", ["error", "stop"])
def test_blocking_offer_ends_with_the_recording(
    make_recorder: MakeRecorder,
    events: Events,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    end: str,
) -> None:
    reached, fail = threading.Event(), threading.Event()

    def broken(*_: object) -> bool:
        reached.set()
        assert fail.wait(PATIENCE_S)
        raise RecorderError("the disk broke")

    monkeypatch.setattr(VideoWriter, "write", broken)
    recorder = make_recorder(capacity=1, block=True)
    recorder.start(RecordingPlan(tmp_path / "a.mkv"))
    taken: list[bool] = []
    feeder = threading.Thread(
        target=lambda: taken.extend(recorder.offer(frame(i)) for i in range(3))
    )
    feeder.start()
    assert reached.wait(PATIENCE_S)
    wait_until(lambda: len(taken) == 2)  # the third waits for room
    (fail.set if end == "error" else recorder.stop)()
    feeder.join(PATIENCE_S)
    assert taken == [True, True, False]
    fail.set()
    assert recorder.close(PATIENCE_S)
    events.next()
    stopped = events.stopped()
    assert stopped.error == "the disk broke"
    assert stopped.dropped == 1  # the one still queued


def test_a_disk_that_hangs_is_told_and_stopping_frees_the_pipeline(
    make_recorder: MakeRecorder, events: Events, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    monkeypatch.setattr("app.pipeline.recording.recorder._PATIENCE_S", 0.05)
    recorder = make_recorder(capacity=1, block=True)
    recorder.start(RecordingPlan(tmp_path / "a.mkv"))
    events.next()
    feeder = threading.Thread(target=lambda: [recorder.offer(frame(i)) for i in range(3)])
    feeder.name = "compositor"
    feeder.start()
    assert gate.reached.wait(PATIENCE_S)
    assert "Check the disk, or stop" in events.notice("compositor")
    assert feeder.is_alive()
    recorder.stop()  # the disk still hangs
    feeder.join(PATIENCE_S)
    assert not feeder.is_alive()
    gate.open.set()
    assert events.stopped().frames == 2


def test_an_error_ends_the_recording_and_the_next_one_works(
    make_recorder: MakeRecorder, events: Events, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = VideoWriter.write

    def breaks_at_ten(writer: VideoWriter, *args: Any) -> bool:
        if writer.frames == 10:
            raise ZeroDivisionError("a bug")
        return write(writer, *args)

    monkeypatch.setattr(VideoWriter, "write", breaks_at_ten)
    recorder = make_recorder(block=True)
    recorder.start(RecordingPlan(tmp_path / "a.mkv"))
    taken = [recorder.offer(frame(i)) for i in range(11)]
    assert all(taken)
    events.next()
    stopped = events.stopped()
    assert stopped.frames == 10
    assert "a bug" in (stopped.error or "")
    assert not recorder.active
    assert not recorder.offer(frame(11))
    assert len(frames_in(tmp_path / "a.mkv")) == 10
    recorder.start(RecordingPlan(tmp_path / "b.mkv"))
    recorder.offer(frame(12))
    assert recorder.close(PATIENCE_S)
    assert events.next() == RecordingStarted(tmp_path / "b.mkv")
    assert events.stopped().error is None


def test_files_that_cannot_be_opened(
    make_recorder: MakeRecorder, events: Events, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "masks").mkdir()
    (tmp_path / "masks" / "00000.png").touch()
    recorder = make_recorder(block=True)
    for plan, reason in (
        (RecordingPlan(tmp_path / "file" / "a.mkv"), "Choose another folder"),
        (RecordingPlan(tmp_path / "a.xyz"), "End it with .mkv"),
        (RecordingPlan(tmp_path / "a.mkv", tmp_path / "masks"), "Choose an empty folder"),
    ):
        recorder.start(plan)
        stopped = events.stopped()
        assert stopped.path == plan.video
        assert stopped.frames == 0
        assert reason in (stopped.error or "")
        assert not recorder.offer(frame(0))
    assert not (tmp_path / "a.mkv").exists()


def test_a_recording_without_pictures(
    make_recorder: MakeRecorder, events: Events, tmp_path: Path
) -> None:
    recorder = make_recorder()
    recorder.start(RecordingPlan(tmp_path / "a.mkv"))
    assert recorder.close(PATIENCE_S)
    events.next()
    assert "No picture arrived" in (events.stopped().error or "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_full_disk(
    make_recorder: MakeRecorder, events: Events, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.mkv").symlink_to("/dev/full")
    monkeypatch.setattr(take, "free_path", lambda path: path)
    recorder = make_recorder(block=True)
    recorder.start(RecordingPlan(tmp_path / "x.mkv"))
    index = 0
    while recorder.offer(frame(index)):
        index += 1
        assert index < 1000
    events.next()
    assert "the disk is full" in (events.stopped().error or "")


def test_disk_space_is_watched(make_recorder: MakeRecorder, events: Events, tmp_path: Path) -> None:
    now, free = 0.0, PLENTY
    recorder = make_recorder(block=True, capacity=1, free_space=lambda _: free, clock=lambda: now)
    recorder.start(RecordingPlan(tmp_path / "a.mkv"))
    events.next()

    def offer(index: int) -> None:
        assert recorder.offer(frame(index))
        wait_until(lambda: recorder.frames == index + 1)

    offer(0)
    now, free = 2.0, 500 * MIB
    offer(1)
    assert "500 MiB left" in events.notice()
    now, free = 4.0, 100 * MIB
    assert recorder.offer(frame(2))
    stopped = events.stopped()
    assert "nearly full: 100 MiB" in (stopped.error or "")
    assert stopped.frames == 3
    assert len(frames_in(tmp_path / "a.mkv")) == 3
    recorder.start(RecordingPlan(tmp_path / "b.mkv"))
    assert "nearly full" in (events.stopped().error or "")
    assert not (tmp_path / "b.mkv").exists()


def test_close_has_a_deadline(
    make_recorder: MakeRecorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    recorder = make_recorder()
    assert recorder.close(0.0)
    recorder.start(RecordingPlan(tmp_path / "a.mkv"))
    recorder.offer(frame(0))
    assert gate.reached.wait(PATIENCE_S)
    assert not recorder.close(0.01)
    gate.open.set()
