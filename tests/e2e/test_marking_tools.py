"""Box, lasso, removal of marks and import, with real events on real pictures in the real main()."""

from collections.abc import Generator
from pathlib import Path

import numpy as np
from cat_clip import GINGER, WHITE, Clip, iou
from driver import Condition, Driver, run_main
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from app.pipeline.events import EngineReady, Notice, StageFailed
from app.pipeline.frames import Draft
from swem_core.data.masks import write_mask
from swem_core.types import Mask

Steps = Generator[Condition, None, None]
Key = Qt.Key


def draft(driver: Driver) -> Draft:
    assert driver.shown is not None and driver.shown.draft is not None
    return driver.shown.draft


def reached(driver: Driver, object_id: int, truth: Mask) -> float:
    return iou(draft(driver).alphas[object_id] > 127, truth)


def around(mask: Mask, slack: int = 5) -> tuple[int, int, int, int]:
    rows, columns = np.nonzero(mask)
    left, top = int(columns.min()) - slack, int(rows.min()) - slack
    return left, top, int(columns.max()) + slack, int(rows.max()) + slack


def drop(driver: Driver, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    action = Qt.DropAction.CopyAction
    driver.window.dropEvent(QDropEvent(QPointF(9, 9), action, data, buttons, modifiers))


def run(clip_file: Path, output: Path, script: object) -> None:
    assert run_main(["--source", str(clip_file), "--output", str(output)], script) == 0  # type: ignore[arg-type]


def test_box_lasso_and_a_mark_taken_back(clip: Clip, clip_file: Path, tmp_path: Path) -> None:
    white, ginger = (clip.labels[0] == cat for cat in (WHITE, GINGER))

    def script(driver: Driver) -> Steps:
        yield lambda: driver.shown is not None and driver.heard(EngineReady)
        driver.key(Key.Key_M)
        left, top, right, bottom = around(white)
        driver.drag((right, top), (left, top), (left, bottom))
        yield driver.drafted(1)
        assert reached(driver, 1, white) > 0.9
        driver.key(Key.Key_2)
        driver.key(Key.Key_L)
        left, top, right, bottom = around(ginger)
        driver.drag((left, top), (right, top), (right, bottom), (left, bottom))
        yield driver.drafted(2)
        before = draft(driver).alphas
        assert reached(driver, 2, ginger) > 0.75

        driver.key(Key.Key_C)
        spoilt = clip.inside(GINGER)
        driver.click(spoilt, Qt.MouseButton.RightButton)
        yield lambda: len(draft(driver).prompts) == 3
        assert draft(driver).alphas[2][round(spoilt[1]), round(spoilt[0])] == 0
        place = driver.place(spoilt)
        shift, left_button = Qt.KeyboardModifier.ShiftModifier, Qt.MouseButton.LeftButton
        QTest.mouseClick(driver.view, left_button, shift, place)
        yield lambda: len(draft(driver).prompts) == 2
        for object_id in (1, 2):
            np.testing.assert_array_equal(draft(driver).alphas[object_id], before[object_id])
        driver.window.parts.actions["undo"].trigger()
        yield lambda: len(draft(driver).prompts) == 3
        driver.key(Key.Key_Return)
        yield driver.tracked(2)
        assert not driver.heard(Notice) and not driver.heard(StageFailed)

    run(clip_file, tmp_path, script)


def test_masks_and_marks_are_dropped_onto_the_picture(
    clip: Clip, clip_file: Path, tmp_path: Path
) -> None:
    white, ginger = (clip.labels[0] == cat for cat in (WHITE, GINGER))
    for name, mask in (("a", ginger), ("b", white)):
        write_mask(tmp_path / f"{name}.png", mask.astype(np.uint8))
    write_mask(tmp_path / "small.png", np.ones((9, 9), np.uint8))

    def script(driver: Driver) -> Steps:
        yield lambda: driver.shown is not None and driver.heard(EngineReady)
        drop(driver, tmp_path / "small.png")
        yield lambda: driver.heard(Notice)
        assert "small.png is 9 x 9" in driver.heard(Notice)[0].text
        drop(driver, tmp_path / "a.png", tmp_path / "b.png")
        yield driver.drafted(2)
        assert reached(driver, 1, ginger) == reached(driver, 2, white) == 1
        driver.key(Key.Key_1)
        driver.key(Key.Key_E)
        x, y = clip.inside(GINGER)
        driver.drag((x, y), (x + 6, y))
        yield lambda: draft(driver).alphas[1][round(y), round(x)] == 0
        assert reached(driver, 2, white) == 1, "a correction of one leaves the other alone"
        driver.key(Key.Key_Return)
        yield driver.tracked(2)
        assert len(driver.heard(Notice)) == 1 and not driver.heard(StageFailed)

    run(clip_file, tmp_path, script)
