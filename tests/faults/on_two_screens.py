"""Take the window to a denser screen while it tracks: ``python on_two_screens.py CLIP OUTPUT``.

A process of its own, since the screens are Qt's to make, at its start.
"""

import sys
from collections.abc import Generator
from pathlib import Path

from cat_clip import GINGER, WHITE, cats, iou
from driver import Condition, Driver, run_main
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QScreen

from app.pipeline.events import EngineReady, RecordingStopped, StageFailed

MARKED_AT_ONCE = 0.8


def script(driver: Driver) -> Generator[Condition, None, None]:
    clip, view = cats(), driver.view
    yield lambda: driver.shown is not None and driver.heard(EngineReady)
    assert view.devicePixelRatioF() == 1
    driver.click(clip.inside(WHITE))
    yield driver.drafted(1)
    driver.key(Qt.Key.Key_R)
    driver.key(Qt.Key.Key_Return)
    yield driver.tracked(1)
    first, second = sorted(QGuiApplication.screens(), key=QScreen.devicePixelRatio)
    for screen, density in ((second, 2), (first, 1), (second, 2)):
        driver.window.move(screen.geometry().topLeft() + QPoint(20, 20))
        yield lambda density=density: view.devicePixelRatioF() == density  # type: ignore[misc]
        assert view.grab().devicePixelRatio() == density
        before = driver.shown
        yield lambda before=before: driver.shown is not before  # type: ignore[misc]
    driver.key(Qt.Key.Key_Space)
    yield lambda: driver.shown.draft is not None  # type: ignore[union-attr]
    driver.key(Qt.Key.Key_N)
    driver.click(clip.inside(GINGER, driver.shown.frame.index % len(clip.frames)))  # type: ignore[union-attr]
    yield driver.drafted(2)
    shown = driver.shown
    assert shown is not None and shown.draft is not None
    truth = clip.labels[shown.frame.index % len(clip.frames)] == GINGER
    assert iou(shown.draft.alphas[2] > 127, truth) > MARKED_AT_ONCE, "where it was clicked"
    driver.key(Qt.Key.Key_R)
    yield lambda: driver.heard(RecordingStopped)
    assert driver.heard(RecordingStopped)[0].error is None and not driver.heard(StageFailed)


if __name__ == "__main__":
    source, output = map(Path, sys.argv[1:])
    sys.exit(run_main(["--source", str(source), "--loop", "--output", str(output)], script))
