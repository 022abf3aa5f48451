"""Mending objects while the picture runs, with real mouse events in the real window."""

import time
from collections.abc import Generator
from pathlib import Path

import pytest
from cat_clip import WHITE, Clip, cats, iou
from driver import Condition, Driver, run_main
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.pipeline.events import (
    Corrected,
    EditKind,
    EngineReady,
    LostChanged,
    Notice,
    SourceEnded,
    Step,
)

Steps = Generator[Condition, None, None]
pytestmark = pytest.mark.slow
SAME = 8  # frames in which a picture stands still


def mark_left_part(driver: Driver, clip: Clip) -> Steps:
    """Brush over the white cat's left part only, and track that."""
    yield lambda: driver.shown is not None and driver.heard(EngineReady)
    driver.key(Qt.Key.Key_B)
    driver.window.parts.tools.resize(3)
    x = (clip.labels[0] == WHITE).any(0).nonzero()[0]
    y = (clip.labels[0] == WHITE).any(1).nonzero()[0]
    driver.drag((x[0] + 14, y[0] + 20), (x[0] + 14, y[-1] - 10))
    yield driver.drafted(1)
    driver.key(Qt.Key.Key_Return)
    yield driver.tracked(1)


def accuracy(driver: Driver, clip: Clip) -> float:
    shown = driver.shown
    assert shown is not None and shown.result is not None
    return iou(shown.result.labels() == 1, clip.labels[shown.frame.index] == WHITE)


def anew(driver: Driver) -> Condition:
    """The second of two pictures in turns has been segmented since, with the memory as it now is.

    A picture that stands still keeps its masks, given ones too: only a new one tells what the
    tracker knows, and only the same one can be compared with before.
    """
    assert driver.shown is not None
    now = driver.shown.frame.index // SAME

    def is_second() -> bool:
        assert driver.shown is not None
        picture = driver.shown.frame.index // SAME
        return picture >= now + 2 and picture % 2 == 1

    return is_second


def moved_on(driver: Driver, frames: int = 4) -> Condition:
    """Some more frames have been shown."""
    assert driver.shown is not None
    index = driver.shown.frame.index
    return lambda: driver.shown is not None and driver.shown.frame.index >= index + frames


def test_a_click_mends_the_running_picture_and_undo_takes_it_back(tmp_path: Path) -> None:
    clip = cats().alternating(0, 3, times=20).slowed(SAME)

    def script(driver: Driver) -> Steps:
        parts = driver.window.parts
        yield from mark_left_part(driver, clip)
        yield anew(driver)
        driver.key(Qt.Key.Key_C)
        before = accuracy(driver, clip)
        driver.click(clip.inside(WHITE, driver.shown.frame.index))  # type: ignore[union-attr]
        assert parts.marking.pending and not parts.marking.is_frozen, "answered at once"
        yield lambda: driver.heard(Corrected)
        yield anew(driver)
        assert not parts.marking.pending
        mended = accuracy(driver, clip)
        assert before < 0.7 and mended > before + 0.2, (before, mended)
        banner = parts.canvas.messages.banners[-1]
        assert "corrected" in banner.text
        QTest.keyClick(driver.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        yield lambda: parts.live.redo == Step(EditKind.CORRECTED, (1,))
        yield anew(driver)
        assert accuracy(driver, clip) == pytest.approx(before, abs=0.05), "as if never corrected"
        modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(driver.view, Qt.Key.Key_Z, modifiers)
        yield lambda: parts.live.redo is None
        yield anew(driver)
        assert accuracy(driver, clip) > mended - 0.05
        assert not driver.heard(Notice) and not driver.heard(SourceEnded)

    source = clip.write(tmp_path / "cats.mp4")
    assert run_main(["--source", str(source), "--output", str(tmp_path)], script) == 0


def test_a_stroke_on_the_running_picture_is_drawn_on_a_still_one(tmp_path: Path) -> None:
    clip = cats().slowed(8)

    def script(driver: Driver) -> Steps:
        yield from mark_left_part(driver, clip)
        yield moved_on(driver)
        driver.key(Qt.Key.Key_S)
        before, index = accuracy(driver, clip), driver.shown.frame.index  # type: ignore[union-attr]
        x, y = clip.inside(WHITE, index)
        start, end = ((x - 6, y), (x + 6, y))
        QTest.mousePress(driver.view, Qt.MouseButton.LeftButton, pos=driver.place(start))
        later = time.monotonic() + 0.3
        yield lambda: time.monotonic() > later
        assert driver.shown.frame.index == index, "it stands still"  # type: ignore[union-attr]
        QTest.mouseMove(driver.view, driver.place(end))
        QTest.mouseRelease(driver.view, Qt.MouseButton.LeftButton, pos=driver.place(end))
        assert driver.shown.frame.index > index, "and catches up"  # type: ignore[union-attr]
        yield lambda: driver.heard(Corrected)
        yield moved_on(driver)
        assert accuracy(driver, clip) > before + 0.2

    source = clip.write(tmp_path / "cats.mp4")
    assert run_main(["--source", str(source), "--output", str(tmp_path)], script) == 0


def test_an_object_out_of_sight_is_said_to_be_lost_until_it_is_back(tmp_path: Path) -> None:
    clip = cats(45).hidden(WHITE, range(8, 28))

    def script(driver: Driver) -> Steps:
        parts = driver.window.parts
        yield lambda: driver.shown is not None and driver.heard(EngineReady)
        driver.click(clip.inside(WHITE))
        yield driver.drafted(1)
        driver.key(Qt.Key.Key_Return)
        yield lambda: parts.live.lost == {1}
        assert parts.objects_panel.row(1).badge.text() == "lost"
        assert parts.canvas.note.isVisible() and "Object 1" in parts.canvas.note.text()
        yield lambda: len(driver.heard(LostChanged)) == 2
        assert not parts.live.lost and not parts.objects_panel.row(1).badge.isVisible()
        assert not parts.canvas.note.isVisible()

    source = clip.write(tmp_path / "cats.mp4")
    assert run_main(["--source", str(source), "--output", str(tmp_path)], script) == 0
