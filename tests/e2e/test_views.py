"""Views through the real window: mouse, keys and files."""

from collections.abc import Generator
from pathlib import Path

import av
import numpy as np
import pytest
from cat_clip import SIZE, WHITE, Clip, iou
from driver import Condition, Driver, run_main
from hiding import survives
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.pipeline.effect import Effect
from app.pipeline.events import (
    EngineReady,
    RecordingStarted,
    RecordingStopped,
    SourceEnded,
    StageFailed,
)

Steps = Generator[Condition, None, None]
pytestmark = pytest.mark.slow


def press(driver: Driver, key: Qt.Key) -> None:
    QTest.keyClick(driver.view, key, Qt.KeyboardModifier.ControlModifier)


def turned_and_mirrored(point: tuple[float, float]) -> tuple[float, float]:
    """Where a source point is seen after a quarter turn clockwise, then left to right."""
    x, y = point
    height, _ = SIZE
    seen_x, seen_y = height - 1 - y, x
    return height - 1 - seen_x, seen_y


def test_a_click_on_a_turned_and_mirrored_picture_marks_what_is_seen_there(
    clip: Clip, clip_file: Path, tmp_path: Path
) -> None:
    def script(driver: Driver) -> Steps:
        yield lambda: driver.shown is not None and driver.heard(EngineReady)
        driver.key(Qt.Key.Key_X)
        driver.key(Qt.Key.Key_T)
        yield lambda: driver.view.viewport.source == (SIZE[0], SIZE[1])
        (left, top), scale = driver.view.viewport.offset, driver.view.viewport.scale
        x, y = turned_and_mirrored(clip.inside(WHITE))
        place = QPoint(round(left + (x + 0.5) * scale), round(top + (y + 0.5) * scale))
        seen = driver.view.grab().toImage().pixelColor(place)
        column, row = (round(v) for v in clip.inside(WHITE))
        blue, green, red = clip.frames[0][row, column].astype(int)
        assert abs(seen.red() - red) + abs(seen.green() - green) + abs(seen.blue() - blue) < 60
        QTest.mouseClick(driver.view, Qt.MouseButton.LeftButton, pos=place)
        yield driver.drafted(1)
        draft = driver.shown.draft  # type: ignore[union-attr]
        assert iou(draft.alphas[1] > 127, clip.labels[0] == WHITE) > 0.85

    assert run_main(["--source", str(clip_file), "--output", str(tmp_path)], script) == 0


def test_hiding_from_the_first_mark_to_the_file(
    clip: Clip, clip_file: Path, tmp_path: Path
) -> None:
    def script(driver: Driver) -> Steps:
        yield lambda: driver.shown is not None and driver.heard(EngineReady)
        driver.click(clip.inside(WHITE))
        yield driver.drafted(1)
        press(driver, Qt.Key.Key_7)
        driver.key(Qt.Key.Key_R)
        yield lambda: driver.heard(RecordingStarted)
        QTest.keyPress(driver.view, Qt.Key.Key_Q)
        assert not driver.window.parts.looks.chosen.comparing, "refused"
        driver.key(Qt.Key.Key_H)
        assert not driver.window.parts.looks.is_hidden, "refused"
        driver.key(Qt.Key.Key_Return)
        yield lambda: driver.heard(SourceEnded)
        yield lambda: driver.shown.frame.index == len(clip.frames) - 1  # type: ignore[union-attr]
        driver.key(Qt.Key.Key_R)
        yield lambda: driver.heard(RecordingStopped)
        assert not driver.heard(StageFailed)

    assert run_main(["--source", str(clip_file), "--output", str(tmp_path)], script) == 0
    (video,) = tmp_path.glob("*.mkv")
    with av.open(str(video)) as container:
        pictures = [frame.to_ndarray(format="bgr24") for frame in container.decode(video=0)]
    assert len(pictures) == len(clip.frames)
    for picture, image, labels in zip(pictures, clip.frames, clip.labels, strict=True):
        assert survives(picture, image, labels == WHITE) < 0.35


def test_comparing_lasts_as_long_as_the_key_and_is_not_recorded(
    clip: Clip, clip_file: Path, tmp_path: Path
) -> None:
    def green(driver: Driver) -> bool:
        picture = driver.view._rendered.picture  # type: ignore[union-attr]
        return bool((picture[:40, :40, :3] == (64, 177, 0)).all())

    def script(driver: Driver) -> Steps:
        yield lambda: driver.shown is not None and driver.heard(EngineReady)
        driver.click(clip.inside(WHITE))
        yield driver.drafted(1)
        press(driver, Qt.Key.Key_6)
        driver.key(Qt.Key.Key_R)
        yield lambda: driver.heard(RecordingStarted)
        driver.key(Qt.Key.Key_Return)
        yield driver.tracked(1)
        yield lambda: green(driver)
        QTest.keyPress(driver.view, Qt.Key.Key_Q)
        yield lambda: not green(driver)
        yield lambda: driver.heard(SourceEnded)
        yield lambda: driver.shown.frame.index == len(clip.frames) - 1  # type: ignore[union-attr]
        assert not green(driver)
        QTest.keyRelease(driver.view, Qt.Key.Key_Q)
        yield lambda: green(driver)
        driver.key(Qt.Key.Key_R)
        yield lambda: driver.heard(RecordingStopped)
        assert driver.window.parts.looks.chosen.effect is Effect.COLOR

    assert run_main(["--source", str(clip_file), "--output", str(tmp_path)], script) == 0
    (video,) = tmp_path.glob("*.mkv")
    with av.open(str(video)) as container:
        pictures = [frame.to_ndarray(format="bgr24") for frame in container.decode(video=0)]
    for picture in pictures:
        assert np.abs(picture[:40, :40].astype(int) - (64, 177, 0)).max() < 12
