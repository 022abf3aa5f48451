"""From launch to a recorded, segmented video: as a person does it, through the real main()."""

from collections.abc import Generator
from pathlib import Path

import av
import numpy as np
import pytest
from cat_clip import GINGER, RATE, WHITE, Clip, iou
from driver import Condition, Driver, run_main
from PySide6.QtCore import Qt

from app.pipeline.events import (
    EngineReady,
    Notice,
    ObjectsChanged,
    RecordingStarted,
    RecordingStopped,
    SnapshotSaved,
    SourceEnded,
    StageFailed,
)

Steps = Generator[Condition, None, None]
pytestmark = pytest.mark.slow


def mark_both(driver: Driver, clip: Clip) -> Steps:
    """Click on the white cat, then scribble over the ginger one as a second object."""
    yield lambda: driver.shown is not None and driver.heard(EngineReady)
    driver.click(clip.inside(WHITE))
    yield driver.drafted(1)
    driver.key(Qt.Key.Key_2)
    driver.key(Qt.Key.Key_S)
    x, y = clip.inside(GINGER)
    driver.drag((x - 14, y), (x - 5, y + 2), (x + 5, y), (x + 14, y))
    yield driver.drafted(2)


def test_mark_track_record_and_find_a_good_file(
    clip: Clip, clip_file: Path, tmp_path: Path
) -> None:
    reached: list[tuple[float, float]] = []

    def script(driver: Driver) -> Steps:
        yield from mark_both(driver, clip)
        draft = driver.shown.draft  # type: ignore[union-attr]
        assert iou(draft.alphas[1] > 127, clip.labels[0] == WHITE) > 0.85
        driver.window.parts.record_panel.with_masks = True
        driver.key(Qt.Key.Key_R)
        yield lambda: driver.window.parts.outputs.is_recording
        driver.key(Qt.Key.Key_Return)
        yield lambda: driver.heard(SourceEnded)
        yield lambda: driver.shown.frame.index == len(clip.frames) - 1  # type: ignore[union-attr]
        labels = driver.shown.result.labels()  # type: ignore[union-attr]
        truth = clip.labels[-1]
        reached.append((iou(labels == 1, truth == WHITE), iou(labels == 2, truth == GINGER)))
        driver.key(Qt.Key.Key_P)
        yield lambda: driver.heard(SnapshotSaved)
        driver.key(Qt.Key.Key_R)
        yield lambda: driver.heard(RecordingStopped)
        assert not driver.heard(StageFailed)

    assert run_main(["--source", str(clip_file), "--output", str(tmp_path)], script) == 0
    assert reached[0][0] > 0.85 and reached[0][1] > 0.8, reached
    (video,) = tmp_path.glob("*.mkv")
    with av.open(str(video)) as container:
        frames = list(container.decode(video=0))
    np.testing.assert_allclose(
        [frame.time for frame in frames], np.arange(len(clip.frames)) / RATE, atol=1e-3
    )
    picture = frames[-1].to_ndarray(format="bgr24").astype(int)
    changed = np.abs(picture - clip.frames[-1]).max(2) > 40
    assert changed[clip.labels[-1] == WHITE].mean() > 0.8, "the overlay is on the cat"
    assert changed[clip.labels[-1] == 0].mean() < 0.1, "and hardly anywhere else"
    pictures = sorted(path.stem.rpartition(" ")[2] for path in tmp_path.glob("*.png"))
    assert len(pictures) == 3 and pictures[1:] == ["cut-out", "mask"]


def test_correct_and_remove_while_it_runs(clip: Clip, clip_file: Path, tmp_path: Path) -> None:
    def script(driver: Driver) -> Steps:
        yield from mark_both(driver, clip)
        driver.key(Qt.Key.Key_Return)
        yield driver.tracked(2)
        yield lambda: driver.shown.frame.index > 3  # type: ignore[union-attr]
        driver.key(Qt.Key.Key_2)
        driver.key(Qt.Key.Key_E)
        driver.key(Qt.Key.Key_Space)
        index = driver.shown.frame.index  # type: ignore[union-attr]
        x, y = clip.inside(GINGER, index)
        driver.drag((x, y), (x + 6, y))
        yield driver.drafted(2)
        draft = driver.shown.draft  # type: ignore[union-attr]
        assert draft.alphas[2][round(y), round(x)] == 0 and 1 not in draft.alphas
        driver.key(Qt.Key.Key_Z)  # no shortcut without Ctrl: nothing happens
        driver.window.parts.actions["undo"].trigger()
        yield lambda: not driver.shown.draft.alphas  # type: ignore[union-attr]
        driver.window.parts.actions["redo"].trigger()
        yield driver.drafted(2)
        driver.key(Qt.Key.Key_Return)
        yield lambda: driver.shown.draft is None  # type: ignore[union-attr]
        driver.key(Qt.Key.Key_Delete)
        yield lambda: driver.heard(ObjectsChanged)[-1].ids == (1,)
        assert not driver.heard(Notice) and not driver.heard(StageFailed)

    assert run_main(["--source", str(clip_file), "--output", str(tmp_path)], script) == 0


def test_closing_the_window_while_recording_completes_the_file(
    clip: Clip, clip_file: Path, tmp_path: Path
) -> None:
    def script(driver: Driver) -> Steps:
        yield from mark_both(driver, clip)
        driver.key(Qt.Key.Key_R)
        driver.key(Qt.Key.Key_Return)
        yield lambda: driver.heard(RecordingStarted)
        yield lambda: driver.shown.frame.index > 5  # type: ignore[union-attr]

    assert run_main(["--source", str(clip_file), "--output", str(tmp_path)], script) == 0
    (video,) = tmp_path.glob("*.mkv")
    with av.open(str(video)) as container:
        assert sum(1 for _ in container.decode(video=0)) > 5


def test_the_demonstration_tracks_at_once(tmp_path: Path) -> None:
    def script(driver: Driver) -> Steps:
        yield driver.tracked(1)
        yield lambda: driver.shown.frame.index > 4  # type: ignore[union-attr]
        assert driver.shown.result.ids == (1, 2)  # type: ignore[union-attr]
        assert driver.window.parts.looks.of(1).name == "Dog"
        assert min(driver.shown.result.scores.values()) > 0.5  # type: ignore[union-attr]

    assert run_main(["--demo", "--output", str(tmp_path)], script) == 0


def test_a_source_that_cannot_be_opened_is_explained_in_the_window(tmp_path: Path) -> None:
    (tmp_path / "broken.mp4").write_bytes(b"not a video" * 100)

    def script(driver: Driver) -> Steps:
        banners = driver.window.parts.canvas.messages
        yield lambda: banners.banners and "broken.mp4" in banners.banners[0].text
        assert banners.isVisible()

    assert run_main(["--source", str(tmp_path / "broken.mp4")], script) == 0
