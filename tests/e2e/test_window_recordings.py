"""What the real window records, read back by an independent program."""

from collections.abc import Generator
from pathlib import Path

import cv2
import ffprobe
import numpy as np
import pytest
from cat_clip import RATE, SIZE, WHITE, Clip, cats, iou
from driver import Condition, Driver, run_main
from ffprobe import needs_ffmpeg
from hiding import survives
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.pipeline.events import (
    EngineReady,
    RecordingStarted,
    RecordingStopped,
    ReplaySaved,
    SnapshotSaved,
    SourceEnded,
    StageFailed,
)
from swem_core.data.masks import read_mask

Steps = Generator[Condition, None, None]
pytestmark = [pytest.mark.slow, needs_ffmpeg]
Key, Modifier = Qt.Key, Qt.KeyboardModifier
GREEN = (0, 177, 64)


@pytest.fixture(scope="module")
def clip() -> Clip:
    return cats(60)  # long enough for a slow machine to press keys in between


@pytest.fixture(scope="module")
def clip_file(clip: Clip, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clip.write(tmp_path_factory.mktemp("clip") / "cats.mp4")


def press(driver: Driver, key: Key, modifier: Modifier) -> None:
    QTest.keyClick(driver.view, key, modifier)


def marked(driver: Driver, clip: Clip) -> Steps:
    """The white cat is marked; Enter would track it."""
    yield lambda: driver.shown is not None and driver.heard(EngineReady)
    driver.click(clip.inside(WHITE))
    yield driver.drafted(1)


def recording_from_the_start(driver: Driver) -> Steps:
    driver.key(Key.Key_R)
    yield lambda: driver.heard(RecordingStarted)
    driver.key(Key.Key_Return)


def at(driver: Driver, index: int) -> Condition:
    return lambda: driver.shown is not None and driver.shown.frame.index >= index


def to_the_end(driver: Driver, clip: Clip) -> Steps:
    yield lambda: driver.heard(SourceEnded)
    yield at(driver, len(clip.frames) - 1)
    driver.key(Key.Key_R)
    yield lambda: [each for each in driver.heard(RecordingStopped) if not each.continues]
    assert not driver.heard(StageFailed)


def indices(times: list[float]) -> list[int]:
    """Frames of the clip by their times."""
    return [round(time * RATE) for time in times]


def is_green(pictures: np.ndarray) -> np.ndarray:
    return np.abs(pictures[:, 5:35, 5:35, :3].astype(int) - GREEN).max(axis=(1, 2, 3)) < 16


def test_a_cut_out_has_its_transparency(clip: Clip, clip_file: Path, tmp_path: Path) -> None:
    def script(driver: Driver) -> Steps:
        yield from marked(driver, clip)
        formats = driver.window.parts.record_panel.options.video
        formats.setCurrentIndex(formats.findData("qtrle"))
        press(driver, Key.Key_3, Modifier.ControlModifier)
        yield from recording_from_the_start(driver)
        yield from to_the_end(driver, clip)

    assert run_main(["--source", str(clip_file), "--output", str(tmp_path)], script) == 0
    (video,) = tmp_path.glob("*.mov")
    assert [s["pix_fmt"] for s in ffprobe.streams(video) if s["codec_type"] == "video"] == ["argb"]
    assert indices([float(time) for time in ffprobe.times(video)]) == list(range(len(clip.frames)))
    for picture, labels in zip(ffprobe.pictures(video, SIZE), clip.labels, strict=True):
        assert iou(picture[..., 3] > 127, labels == WHITE) > 0.75
        assert picture[picture[..., 3] == 0][:, :3].max() == 0


def test_a_pause_leaves_no_gap_and_a_new_file_loses_nothing(
    clip: Clip, clip_file: Path, tmp_path: Path
) -> None:
    def script(driver: Driver) -> Steps:
        yield from marked(driver, clip)
        yield from recording_from_the_start(driver)
        yield at(driver, 5)
        press(driver, Key.Key_R, Modifier.AltModifier)
        yield lambda: len(driver.heard(RecordingStarted)) == 2
        yield at(driver, 12)
        press(driver, Key.Key_R, Modifier.ShiftModifier)
        yield at(driver, 18)
        press(driver, Key.Key_R, Modifier.ShiftModifier)
        yield from to_the_end(driver, clip)

    assert run_main(["--source", str(clip_file), "--output", str(tmp_path)], script) == 0
    first, second = sorted(tmp_path.glob("*.mkv"), key=lambda path: path.stat().st_mtime)
    lengths = []
    for video in (first, second):
        times = np.array([float(time) for time in ffprobe.times(video)])
        assert times[0] == 0, "every file begins at its own start"
        np.testing.assert_allclose(np.diff(times), 1 / RATE, atol=0.0015)
        lengths.append(len(times))
    assert lengths[0] >= 5 and lengths[1] >= 8
    assert sum(lengths) < len(clip.frames), "the pause left something out"
    grey = [cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY).astype(int) for frame in clip.frames]
    seen = [
        int(
            np.argmin(
                [np.abs(cv2.cvtColor(p[..., :3], cv2.COLOR_RGB2GRAY) - g).mean() for g in grey]
            )
        )
        for video in (first, second)
        for p in ffprobe.pictures(video, SIZE)
    ]
    skips = [n for n in np.diff(seen) if n != 1]
    assert seen[0] == 0 and seen[-1] == len(clip.frames) - 1
    assert len(skips) == 1 and skips[0] > 1, f"one gap, none where the files meet: {seen}"


def test_a_view_changed_while_recording_changes_the_recording(
    clip: Clip, clip_file: Path, tmp_path: Path
) -> None:
    def script(driver: Driver) -> Steps:
        yield from marked(driver, clip)
        press(driver, Key.Key_6, Modifier.ControlModifier)
        yield from recording_from_the_start(driver)
        yield at(driver, 8)
        press(driver, Key.Key_1, Modifier.ControlModifier)
        yield from to_the_end(driver, clip)

    assert run_main(["--source", str(clip_file), "--output", str(tmp_path)], script) == 0
    (video,) = tmp_path.glob("*.mkv")
    green = is_green(ffprobe.pictures(video, SIZE))
    assert len(green) == len(clip.frames)
    change = int(np.argmin(green))
    assert green[:change].all() and not green[change:].any()
    assert 8 <= change < len(green), "from the key on, and not before"


def test_nothing_hidden_is_in_a_private_recording_or_snapshot(
    clip: Clip, clip_file: Path, tmp_path: Path
) -> None:
    def script(driver: Driver) -> Steps:
        yield from marked(driver, clip)
        press(driver, Key.Key_8, Modifier.ControlModifier)
        yield from recording_from_the_start(driver)
        yield at(driver, 8)
        driver.key(Key.Key_P)
        yield lambda: driver.heard(SnapshotSaved)
        yield from to_the_end(driver, clip)

    assert run_main(["--source", str(clip_file), "--output", str(tmp_path)], script) == 0
    (video,) = tmp_path.glob("*.mkv")
    pictures = ffprobe.pictures(video, SIZE)
    assert len(pictures) == len(clip.frames)
    for picture, image, labels in zip(pictures, clip.frames, clip.labels, strict=True):
        away = cv2.dilate((labels == WHITE).astype(np.uint8), np.ones((25, 25))) == 0
        assert survives(picture[..., 2::-1], image, away) < 0.35
        assert survives(picture[..., 2::-1], image, labels == WHITE) > 0.6, "the cat is to be seen"
    for saved in tmp_path.glob("*.png"):
        if saved.stem.endswith("mask"):
            continue
        image = np.asarray(cv2.imread(str(saved)))
        street = np.zeros(SIZE, np.bool_)
        street[:60] = True
        assert max(survives(image, frame, street) for frame in clip.frames[::4]) < 0.35


def test_the_last_seconds_are_saved_with_their_masks(
    clip: Clip, clip_file: Path, tmp_path: Path
) -> None:
    def script(driver: Driver) -> Steps:
        yield from marked(driver, clip)
        options = driver.window.parts.record_panel.options
        options.data["masks"].click()
        press(driver, Key.Key_P, Modifier.AltModifier)
        driver.key(Key.Key_Return)
        yield lambda: driver.heard(SourceEnded)
        yield at(driver, len(clip.frames) - 1)
        press(driver, Key.Key_P, Modifier.ShiftModifier)
        yield lambda: driver.heard(ReplaySaved)
        assert not driver.heard(RecordingStarted) and not driver.heard(StageFailed)

    assert run_main(["--source", str(clip_file), "--output", str(tmp_path)], script) == 0
    (video,) = tmp_path.glob("* replay.mkv")
    (folder,) = (path for path in tmp_path.iterdir() if path.is_dir())
    masks = sorted(folder.glob("*.png"))
    kept = [int(mask.stem) for mask in masks]
    assert indices([float(time) for time in ffprobe.times(video)]) == [n - kept[0] for n in kept]
    assert len(kept) > len(clip.frames) / 2, "a slow machine leaves some out rather than wait"
    last, truth = ffprobe.pictures(video, SIZE)[-1], clip.labels[kept[-1]]
    labels = read_mask(masks[-1])
    assert iou(labels == 1, truth == WHITE) > 0.8
    tinted = np.abs(last[..., 2::-1].astype(int) - clip.frames[kept[-1]]).max(2) > 40
    assert tinted[labels == 1].mean() > 0.7 and tinted[labels == 0].mean() < 0.1
