"""The recorder on its thread: nothing lost, events in order, figures right."""

import threading
from pathlib import Path

import pytest
from fakes import wait_until
from recorder_kit import PATIENCE_S, Events, Gate, MakeRecorder, frame, frames_in

from app.pipeline.events import RecordingStarted
from app.pipeline.recording.plan import RecordingPlan
from app.pipeline.recording.record_queue import RecordQueue
from swem_core.data.masks import read_mask


def test_video_and_masks(make_recorder: MakeRecorder, events: Events, tmp_path: Path) -> None:
    recorder = make_recorder(block=True, capacity=2)
    plan = RecordingPlan(tmp_path / "a.mkv", tmp_path / "masks")
    assert not recorder.offer(frame(0))
    recorder.start(plan)
    assert recorder.active
    assert all(recorder.offer(frame(i, masks=i > 0)) for i in range(30))
    recorder.stop()
    assert not recorder.active
    assert not recorder.offer(frame(30))
    assert recorder.close(PATIENCE_S)
    assert events.next() == RecordingStarted(tmp_path / "a.mkv")
    stopped = events.stopped()
    assert (stopped.path, stopped.frames, stopped.dropped) == (tmp_path / "a.mkv", 30, 0)
    assert stopped.seconds == pytest.approx(2.9)
    assert stopped.error is None
    assert frames_in(tmp_path / "a.mkv") == [i / 10 for i in range(30)]
    masks = sorted((tmp_path / "masks").iterdir())
    assert [path.name for path in masks] == [f"{i:05d}.png" for i in range(1, 30)]
    assert (read_mask(masks[4]) == 5).all()
    assert (recorder.frames, recorder.dropped) == (30, 0)
    assert recorder.seconds == pytest.approx(2.9)
    sizes = [path.stat().st_size for path in (tmp_path / "a.mkv", *masks)]
    assert recorder.bytes == sum(sizes)
    assert events.empty


def test_masks_only(make_recorder: MakeRecorder, events: Events, tmp_path: Path) -> None:
    recorder = make_recorder(block=True)
    recorder.start(RecordingPlan(None, tmp_path / "masks"))
    recorder.offer(frame(0))
    recorder.offer(frame(1, masks=True))
    recorder.offer(frame(2, (20, 30), masks=True))
    assert recorder.close(PATIENCE_S)
    assert events.next() == RecordingStarted(tmp_path / "masks")
    stopped = events.stopped()
    assert (stopped.path, stopped.frames, stopped.error) == (tmp_path / "masks", 2, None)
    assert stopped.seconds == pytest.approx(0.1)
    assert len(list((tmp_path / "masks").iterdir())) == 2


def test_a_plan_needs_a_target(make_recorder: MakeRecorder) -> None:
    with pytest.raises(ValueError, match="needs a video path"):
        make_recorder().start(RecordingPlan(None))


def test_second_start_is_refused(
    make_recorder: MakeRecorder, events: Events, tmp_path: Path
) -> None:
    recorder = make_recorder()
    recorder.start(RecordingPlan(tmp_path / "a.mkv"))
    assert events.next() == RecordingStarted(tmp_path / "a.mkv")
    recorder.start(RecordingPlan(tmp_path / "b.mkv"))
    assert "Already recording" in events.notice("MainThread")
    recorder.offer(frame(0))
    recorder.close(PATIENCE_S)
    assert events.stopped().error is None
    assert [path.name for path in tmp_path.iterdir()] == ["a.mkv"]


def test_start_right_after_stop_keeps_the_order(
    make_recorder: MakeRecorder, events: Events, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    recorder = make_recorder()
    for _ in range(3):
        recorder.start(RecordingPlan(tmp_path / "a.mkv"))
        assert recorder.offer(frame(0))
        assert recorder.offer(frame(1))
        recorder.stop()
    gate.open.set()
    assert recorder.close(PATIENCE_S)
    for name in ("a.mkv", "a (2).mkv", "a (3).mkv"):
        assert events.next() == RecordingStarted(tmp_path / name)
        stopped = events.stopped()
        assert (stopped.path, stopped.frames) == (tmp_path / name, 2)
        assert frames_in(tmp_path / name) == [0.0, 0.1]


def test_blocking_offer_waits_and_loses_nothing(
    make_recorder: MakeRecorder, events: Events, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    recorder = make_recorder(capacity=1, block=True)
    recorder.start(RecordingPlan(tmp_path / "a.mkv"))
    taken: list[bool] = []
    feeder = threading.Thread(
        target=lambda: taken.extend(recorder.offer(frame(i)) for i in range(9))
    )
    feeder.start()
    assert gate.reached.wait(PATIENCE_S)
    gate.open.set()
    feeder.join(PATIENCE_S)
    assert recorder.close(PATIENCE_S)
    assert taken == [True] * 9
    assert len(frames_in(tmp_path / "a.mkv")) == 9
    assert recorder.dropped == 0


def test_a_new_picture_size_goes_on_in_a_new_part(
    make_recorder: MakeRecorder, events: Events, tmp_path: Path
) -> None:
    recorder = make_recorder(block=True)
    sizes = [(48, 64)] * 3 + [(32, 32)] * 2 + [(48, 64)] * 4
    recorder.start(RecordingPlan(tmp_path / "a.mkv", tmp_path / "masks"))
    for index, size in enumerate(sizes):
        assert recorder.offer(frame(index, size, masks=True))
    assert recorder.close(PATIENCE_S)
    for name, count in (("a.mkv", 3), ("a part2.mkv", 2), ("a part3.mkv", 4)):
        assert events.next() == RecordingStarted(tmp_path / name)
        stopped = events.stopped()
        assert (stopped.path, stopped.frames, stopped.error) == (tmp_path / name, count, None)
        assert stopped.seconds == pytest.approx((count - 1) / 10)
        assert frames_in(tmp_path / name) == [i / 10 for i in range(count)]
    assert events.empty
    assert recorder.frames == 9
    assert recorder.seconds == pytest.approx(0.6)
    files = [*tmp_path.glob("*.mkv"), *(tmp_path / "masks").iterdir()]
    assert len(files) == 12
    assert recorder.bytes == sum(path.stat().st_size for path in files)


def test_size_on_disk_is_read_twice_a_second_at_most(
    make_recorder: MakeRecorder, events: Events, tmp_path: Path
) -> None:
    now = 0.0
    recorder = make_recorder(block=True, capacity=1, clock=lambda: now)
    recorder.start(RecordingPlan(None, tmp_path))

    def offer(index: int) -> int:
        recorder.offer(frame(index, masks=True))
        wait_until(lambda: recorder.frames == index + 1)
        return recorder.bytes

    first = offer(0)
    assert first > 0
    now = 0.4
    assert offer(1) == first
    now = 0.5
    assert offer(2) > first


def test_queue_is_bounded_in_bytes_too() -> None:
    big = frame(0, (100, 100))
    queue = RecordQueue(10, 2 * big.picture.nbytes)
    assert [queue.put(big) for _ in range(4)] == [True, True, False, False]
    assert queue.get() is big
    assert queue.put(big)
    tight = RecordQueue(10, 1)
    assert tight.put(big)  # one frame always fits
    assert not tight.put(big)
    tight.discard()
    assert tight.dropped == 2
    assert tight.get() is None
    with pytest.raises(ValueError, match="at least one frame"):
        RecordQueue(0, 1)
