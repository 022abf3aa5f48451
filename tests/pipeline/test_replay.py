"""The replay buffer: what is saved is what was shown, at bounded memory, and keeping goes on."""

import gc
import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import ffprobe
import numpy as np
import psutil
import pytest
import sounding_clip
from cat_clip import GINGER, RATE, SIZE, WHITE, cats
from fakes import wait_until
from ffprobe import needs_ffmpeg
from recorder_kit import PATIENCE_S, Events, frames_in
from test_splice import real_frames

from app.pipeline.events import Level, Notice, ReplaySaved
from app.pipeline.recording.record_frame import RecordFrame
from app.pipeline.recording.replay import Replay, ReplayPlan
from app.pipeline.recording.replay_encoder import ReplayEncoder
from app.pipeline.recording.replay_ring import Piece, ReplayRing
from app.pipeline.recording.shot import Shot
from app.pipeline.sound.base import FileSoundPlan
from swem_core.data.masks import read_mask
from swem_core.engine.result import StepResult

MS = Fraction(1, 1000)


@pytest.fixture
def replay(events: Events) -> Iterator[Replay]:
    made = Replay(events)
    yield made
    assert made.close(PATIENCE_S)


def tracked(frame: RecordFrame, count: int = 20) -> RecordFrame:
    """The frame with the cats' exact masks."""
    labels = cats(20).labels[min(frame.index, count - 1)]
    masks = {i: labels == i for i in (GINGER, WHITE)}
    logits = np.full((2, 60, 108), -9, np.float32)
    result = StepResult((1, 2), logits, SIZE, SIZE, {1: 0.9, 2: 0.8}, masks)
    return RecordFrame(frame.picture, frame.seconds, frame.index, result, file_s=frame.file_s)


def sized(widths: list[int], height: int = 48) -> list[RecordFrame]:
    """Frames of these widths, ten a second."""
    return [
        RecordFrame(np.full((height, width, 4), 99, np.uint8), index / 10, index)
        for index, width in enumerate(widths)
    ]


def feed(replay: Replay, frames: list[RecordFrame]) -> None:
    for frame in frames:
        wait_until(lambda frame=frame: replay.offer(frame))  # type: ignore[misc]


@needs_ffmpeg
def test_the_last_seconds_are_saved_with_masks_and_sound(
    replay: Replay, events: Events, tmp_path: Path
) -> None:
    clip = sounding_clip.write(tmp_path / "in.mkv", 100, (10, 70, 95), first_ms=280)
    frames = [tracked(each) for each in real_frames(clip)]
    replay.start(ReplayPlan(seconds=1.5, sound=FileSoundPlan(clip)))
    assert replay.active
    feed(replay, frames)
    wait_until(lambda: replay.seconds > 0 and replay._queue is not None and replay._queue.empty)
    video, masks, coco = tmp_path / "r.mkv", tmp_path / "r masks", tmp_path / "r.json"
    replay.save(video, masks=masks, coco=coco)
    assert events.next("replay-save") == ReplaySaved(video, (video, masks, coco))
    times = ffprobe.times(video)
    assert 1.5 <= times[-1] < 1.5 + 30 / RATE
    first = 100 - len(times)
    assert times == [Fraction(40 * i, 1000) for i in range(len(times))]
    white = ffprobe.pictures(video, SIZE)[:, 20:40, 20:40, :3].mean(axis=(1, 2, 3)) > 240
    claps = [clap - first for clap in (70, 95) if clap >= first]
    assert np.flatnonzero(white).tolist() == claps
    heard = ffprobe.bursts(ffprobe.sound(video))
    np.testing.assert_allclose(heard, [clap / RATE for clap in claps], atol=0.002)
    saved = json.loads(coco.read_text())
    assert [image["frame"] for image in saved["images"]] == list(range(first, 100))
    assert [image["seconds"] for image in saved["images"]] == [float(t) for t in times]
    assert len(saved["annotations"]) == 2 * len(times)
    for index in range(first, 100):
        labels = read_mask(masks / f"{index:05d}.png")
        assert np.array_equal(labels, cats(20).labels[min(index, 19)])


def test_saving_twice_while_keeping_goes_on(replay: Replay, events: Events, tmp_path: Path) -> None:
    frames = real_frames(sounding_clip.write(tmp_path / "in.mkv", 40, ()))
    replay.start(ReplayPlan(seconds=30))
    feed(replay, frames[:20])
    wait_until(lambda: replay.seconds > 0.7)
    replay.save(tmp_path / "a.mkv")
    feed(replay, frames[20:])
    wait_until(lambda: replay.seconds > 1.5)
    replay.save(tmp_path / "b.mkv")
    assert {str(events.next("replay-save")), str(events.next("replay-save"))} == {
        str(ReplaySaved(tmp_path / name, (tmp_path / name,))) for name in ("a.mkv", "b.mkv")
    }
    assert replay.active and replay.bytes > 0
    replay.stop()
    assert not replay.active and replay.bytes == 0
    assert not replay.offer(frames[0])


def test_without_anything_to_save_it_says_so(
    replay: Replay, events: Events, tmp_path: Path
) -> None:
    replay.save(tmp_path / "a.mkv")
    event = events.next("MainThread")
    assert isinstance(event, Notice) and "Switch it on" in event.text
    replay.start(ReplayPlan())
    replay.save(tmp_path / "a.mkv")
    event = events.next("replay-save")
    assert isinstance(event, Notice) and event.level is Level.ERROR
    assert "nothing to save" in event.text
    assert list(tmp_path.iterdir()) == []


def test_a_new_picture_size_starts_over(replay: Replay, events: Events, tmp_path: Path) -> None:
    replay.start(ReplayPlan())
    video = tmp_path / "a.mkv"
    feed(replay, sized([64] * 9 + [32] * 5))
    wait_until(lambda: abs(replay.seconds - 0.4) < 1e-6)
    replay.save(video)
    assert events.next("replay-save") == ReplaySaved(video, (video,))
    assert frames_in(video) == [0.0, 0.1, 0.2, 0.3, 0.4]


def test_what_was_encoded_can_be_saved_after_the_encoder_has_closed(tmp_path: Path) -> None:
    shots = [Shot(each) for each in sized([64] * 6)]
    ring = ReplayRing(9.0)
    encoder = ReplayEncoder(shots[0], ring, None)
    for shot in shots:
        encoder.add(shot)
    encoder.close()
    encoder.save(ring.kept(), tmp_path / "a.mkv")
    assert frames_in(tmp_path / "a.mkv") == [0.0, 0.1, 0.2, 0.3, 0.4, 0.5]


def test_encoders_of_earlier_sizes_are_released(replay: Replay) -> None:
    def threads_after(sizes: list[int]) -> int:
        replay.start(ReplayPlan())
        feed(replay, sized([*sizes, sizes[-1], sizes[-1]], 720))  # large enough for threads
        wait_until(lambda: replay.seconds > 0)
        return psutil.Process().num_threads()

    gc.collect()
    gc.disable()  # released at once, not when cycles are next looked for
    try:
        once = threads_after([320, 160])
        assert threads_after([320, 160] * 8) <= once
    finally:
        gc.enable()


@pytest.mark.parametrize(("seconds", "limit"), [(2.0, 10**9), (3600.0, 50_000)])
def test_the_ring_is_bounded_in_time_and_memory(seconds: float, limit: int) -> None:
    ring = ReplayRing(seconds, limit)
    for index in range(3000):
        ring.add_masks(Piece(b"m" * 10, index * 33, MS))
        ring.add_sound(Piece(b"s" * 50, index * 33, MS))
        ring.add_picture(Piece(b"p" * 200, index * 33, MS, is_key=index % 30 == 0))
        assert ring.bytes <= (limit if limit < 10**6 else 95 * 260) + 31 * 260
    kept = ring.kept()
    assert kept.pictures[0].is_key
    assert kept.masks[0].pts == kept.sound[0].pts == kept.pictures[0].pts
    assert sum(
        len(p.data) for pieces in (kept.pictures, kept.sound, kept.masks) for p in pieces
    ) == (ring.bytes)
    if limit > 10**6:
        assert 2.0 <= ring.seconds <= 3.0
