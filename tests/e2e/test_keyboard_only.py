"""From a file to a recorded mask without a mouse."""

from collections.abc import Generator
from pathlib import Path

import pytest
from cat_clip import WHITE, Clip, iou
from driver import Condition, Driver, run_main
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.pipeline.events import EngineReady, RecordingStopped, SourceEnded
from swem_core.data.masks import read_mask

Steps = Generator[Condition, None, None]
pytestmark = pytest.mark.slow
Key, Modifier = Qt.Key, Qt.KeyboardModifier


def walk(driver: Driver, target: tuple[float, float]) -> None:
    """Arrow keys until the crosshair is at ``target``; with Shift, in single pixels."""
    view = driver.view
    QTest.keyClick(view, Key.Key_Right)
    for axis, (back, forth) in enumerate(
        ((Key.Key_Left, Key.Key_Right), (Key.Key_Up, Key.Key_Down))
    ):
        for modifier in (Modifier.NoModifier, Modifier.ShiftModifier):
            for _ in range(400):
                at = view._crosshair
                assert at is not None
                away = target[axis] - at[axis]
                QTest.keyClick(view, forth if away > 0 else back, modifier)
                now = view._crosshair
                assert now is not None
                if (target[axis] - now[axis]) * away <= 0:
                    break


def test_mark_track_and_record_with_keys_alone(clip: Clip, clip_file: Path, tmp_path: Path) -> None:
    def script(driver: Driver) -> Steps:
        yield lambda: driver.shown is not None and driver.heard(EngineReady)
        walk(driver, clip.inside(WHITE))
        driver.key(Key.Key_Plus)
        yield driver.drafted(1)
        draft = driver.shown.draft  # type: ignore[union-attr]
        assert iou(draft.alphas[1] > 127, clip.labels[0] == WHITE) > 0.8
        boxes = driver.window.parts.record_panel.options.data
        driver.window.activateWindow()
        for _ in range(200):  # Tab goes through the window until the box has the keyboard
            if boxes["masks"].hasFocus():
                break
            QTest.keyClick(driver.window.focusWidget(), Key.Key_Tab)
        assert boxes["masks"].hasFocus()
        QTest.keyClick(boxes["masks"], Key.Key_Space)
        assert boxes["masks"].isChecked()
        QTest.keyClick(boxes["masks"], Key.Key_R)
        yield lambda: driver.window.parts.outputs.is_recording
        QTest.keyClick(driver.window.focusWidget(), Key.Key_Return)
        yield lambda: driver.heard(SourceEnded)
        yield lambda: driver.shown.frame.index == len(clip.frames) - 1  # type: ignore[union-attr]
        QTest.keyClick(driver.window.focusWidget(), Key.Key_R)
        yield lambda: driver.heard(RecordingStopped)

    assert run_main(["--source", str(clip_file), "--output", str(tmp_path)], script) == 0
    (masks,) = (path for path in tmp_path.iterdir() if path.name.endswith(" masks"))
    labels = read_mask(sorted(masks.glob("*.png"))[-1])
    assert iou(labels == 1, clip.labels[-1] == WHITE) > 0.8
