"""Pause and split: time is closed up, and no frame is lost."""

from pathlib import Path

import av
import ffprobe
import numpy as np
import pytest
import sounding_clip
from cat_clip import RATE, SIZE
from ffprobe import needs_ffmpeg
from recorder_kit import PATIENCE_S, Events, MakeRecorder, frame, frames_in

from app.pipeline.events import RecordingStarted
from app.pipeline.recording.plan import RecordingPlan
from app.pipeline.recording.record_frame import RecordFrame
from app.pipeline.sound.base import FileSoundPlan


def real_frames(path: Path) -> list[RecordFrame]:
    with av.open(str(path)) as container:
        return [
            RecordFrame(
                f.to_ndarray(format="bgra").astype(np.uint8, copy=False),
                f.time - 0.28,
                index,
                file_s=f.time,
            )
            for index, f in enumerate(container.decode(video=0))
        ]


@needs_ffmpeg
def test_a_pause_is_cut_out_of_picture_and_sound(
    make_recorder: MakeRecorder, tmp_path: Path
) -> None:
    clip = sounding_clip.write(tmp_path / "in.mkv", 40, (3, 15, 27), first_ms=280)
    recorder = make_recorder(block=True)
    recorder.start(RecordingPlan(tmp_path / "a.mkv", sound=FileSoundPlan(clip)))
    for each in real_frames(clip):
        recorder.set_paused(10 <= each.index < 20)
        assert recorder.paused == (10 <= each.index < 20)
        assert recorder.offer(each) != recorder.paused
    assert recorder.close(PATIENCE_S)
    assert (recorder.frames, recorder.dropped) == (30, 0)
    assert [float(t) for t in ffprobe.times(tmp_path / "a.mkv")] == [i / RATE for i in range(30)]
    white = ffprobe.pictures(tmp_path / "a.mkv", SIZE)[:, 20:40, 20:40, :3].mean(axis=(1, 2, 3))
    assert np.flatnonzero(white > 240).tolist() == [3, 17]  # the clap of the pause is not there
    heard = ffprobe.bursts(ffprobe.sound(tmp_path / "a.mkv"))
    np.testing.assert_allclose(heard, [3 / RATE, 17 / RATE], atol=0.002)


@needs_ffmpeg
def test_a_split_loses_no_frame(
    make_recorder: MakeRecorder, events: Events, tmp_path: Path
) -> None:
    clip = sounding_clip.write(tmp_path / "in.mkv", 40, (3, 27), first_ms=280)
    recorder = make_recorder(block=True)
    recorder.start(RecordingPlan(tmp_path / "a.mp4", sound=FileSoundPlan(clip)))
    for each in real_frames(clip):
        if each.index == 17:
            recorder.split()
        assert recorder.offer(each)
    assert recorder.close(PATIENCE_S)
    parts = (tmp_path / "a.mp4", tmp_path / "a part2.mp4")
    for path, count, continues in zip(parts, (17, 23), (True, False), strict=True):
        assert events.next() == RecordingStarted(path)
        stopped = events.stopped()
        assert (stopped.path, stopped.frames, stopped.error) == (path, count, None)
        assert (stopped.continues, stopped.files) == (continues, (path,))
        assert [float(t) for t in ffprobe.times(path)] == [i / RATE for i in range(count)]
    for path, clap in zip(parts, (3, 10), strict=True):
        heard = ffprobe.bursts(ffprobe.sound(path))
        np.testing.assert_allclose(heard, [clap / RATE], atol=0.002)


def test_pausing_before_the_first_frame_and_twice(
    make_recorder: MakeRecorder, events: Events, tmp_path: Path
) -> None:
    recorder = make_recorder(block=True)
    recorder.start(RecordingPlan(tmp_path / "a.mkv"))
    for index in range(12):
        recorder.set_paused(index in (0, 1, 4, 5, 8))
        recorder.offer(frame(index))
    recorder.split()  # with nothing after it: no empty file
    assert recorder.close(PATIENCE_S)
    events.next()
    assert events.stopped().seconds == pytest.approx(0.6)
    assert frames_in(tmp_path / "a.mkv") == [i / 10 for i in range(7)]
    assert [path.name for path in tmp_path.iterdir()] == ["a.mkv"]


def test_sound_follows_a_file_that_jumps_and_starts_over(
    make_recorder: MakeRecorder, tmp_path: Path
) -> None:
    clip = sounding_clip.write(tmp_path / "in.mkv", 40, (3, 27))
    frames = real_frames(clip)
    order = [*range(10), *range(24, 40), *range(10)]
    recorder = make_recorder(block=True)
    recorder.start(RecordingPlan(tmp_path / "a.mov", sound=FileSoundPlan(clip)))
    for count, index in enumerate(order):
        each = frames[index]
        recorder.offer(RecordFrame(each.picture, count / RATE, count, file_s=each.file_s))
    assert recorder.close(PATIENCE_S)
    with av.open(str(tmp_path / "a.mov")) as container:
        heard = np.concatenate([f.to_ndarray()[0, ::2] for f in container.decode(audio=0)])
    claps = ffprobe.bursts((heard / 32768).astype(np.float32))
    np.testing.assert_allclose(claps, [3 / RATE, 13 / RATE, 29 / RATE], atol=0.002)
