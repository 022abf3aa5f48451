"""Unplug the screen the window is on while it tracks, then the last one, and plug it in again:
``python on_a_screen_taken_away.py CLIP OUTPUT``, on an X server of its own."""

import sys
from collections.abc import Generator
from pathlib import Path

from cat_clip import GINGER, WHITE, cats, iou
from driver import Condition, Driver, run_main
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from virtual_screen import add_mode, switch_off, xrandr

from app.pipeline.events import EngineReady, RecordingStopped, StageFailed
from app.ui.actions.spec import ActionId

Steps = Generator[Condition, None, None]
SECOND = ("second", "1280/338x800/212+1280+0", "none")  # name, place and size in pixels and mm


def screens() -> list[str]:
    return sorted(screen.name() for screen in QGuiApplication.screens())


def is_seen(window: QWidget) -> bool:
    screen = window.screen().geometry()
    return window.isVisible() and screen.contains(window.geometry().center())


def do(driver: Driver, action: ActionId) -> None:
    """By its menu: without a window manager, no window has the keyboard."""
    driver.window.parts.actions[action].trigger()


def goes_on(driver: Driver) -> Condition:
    before = driver.shown
    return lambda: (
        driver.shown is not None and driver.shown is not before and driver.shown.result is not None
    )


def script(driver: Driver) -> Steps:
    clip, window = cats(), driver.window
    yield lambda: driver.shown is not None and driver.heard(EngineReady)
    xrandr("--setmonitor", *SECOND)
    yield lambda: screens() == ["screen", "second"]
    window.resize(1100, 700)
    window.move(QPoint(1300, 20))
    yield lambda: window.screen().name() == "second"
    driver.click(clip.inside(WHITE))
    yield driver.drafted(1)
    do(driver, ActionId.RECORD)
    do(driver, ActionId.ACCEPT)
    yield driver.tracked(1)
    xrandr("--delmonitor", "second")
    yield lambda: screens() == ["screen"] and is_seen(window)
    yield goes_on(driver)
    xrandr("--setmonitor", *SECOND)
    yield lambda: screens() == ["screen", "second"]
    window.move(QPoint(1300, 20))
    window.showFullScreen()
    yield goes_on(driver)
    xrandr("--delmonitor", "second")
    yield lambda: screens() == ["screen"] and is_seen(window)
    switch_off()
    yield lambda: screens() != ["screen"]  # Qt puts one in its place that nobody sees
    yield goes_on(driver)
    xrandr("--output", "screen", "--mode", "half")
    yield lambda: screens() == ["screen"] and is_seen(window)
    window.showNormal()
    yield goes_on(driver)
    yield from marks_again(driver)
    do(driver, ActionId.RECORD)
    yield lambda: driver.heard(RecordingStopped)
    assert driver.heard(RecordingStopped)[0].error is None and not driver.heard(StageFailed)


def marks_again(driver: Driver) -> Steps:
    """Marks land where they are made."""
    clip = cats()
    do(driver, ActionId.FREEZE)
    yield lambda: driver.shown.draft is not None  # type: ignore[union-attr]
    shown = driver.shown
    assert shown is not None
    index = shown.frame.index % len(clip.frames)
    do(driver, ActionId.NEW_OBJECT)
    driver.click(clip.inside(GINGER, index))
    yield driver.drafted(2)
    draft = driver.shown.draft  # type: ignore[union-attr]
    assert draft is not None
    assert iou(draft.alphas[2] > 127, clip.labels[index] == GINGER) > 0.8
    do(driver, ActionId.ACCEPT)
    yield driver.tracked(2)


if __name__ == "__main__":
    source, output = map(Path, sys.argv[1:])
    # The one output there is on the left half of the desktop, to leave room for another screen.
    add_mode("half", 1280, 800)
    xrandr("--output", "screen", "--mode", "half", "--fb", "2560x800")
    sys.exit(run_main(["--source", str(source), "--loop", "--output", str(output)], script))
