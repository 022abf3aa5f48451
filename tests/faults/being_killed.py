"""Track and record, and say how far it is, until killed: ``python being_killed.py CLIP OUTPUT``."""

import sys
from collections.abc import Generator
from pathlib import Path

from cat_clip import GINGER, WHITE, cats
from driver import Condition, Driver, run_main
from PySide6.QtCore import Qt

from app.pipeline.events import EngineReady
from app.ui.window import session_files


def script(driver: Driver) -> Generator[Condition, None, None]:
    clip = cats()
    yield lambda: driver.shown is not None and driver.heard(EngineReady)
    driver.click(clip.inside(WHITE))
    yield driver.drafted(1)
    driver.key(Qt.Key.Key_N)
    driver.click(clip.inside(GINGER))
    yield driver.drafted(2)
    driver.window.parts.looks.rename(2, "Ginger")
    driver.key(Qt.Key.Key_R)
    yield lambda: driver.window.parts.outputs.is_recording
    driver.key(Qt.Key.Key_Return)
    yield driver.tracked(2)
    session = driver.window.parts.host.session
    while session is not None:
        print(session.stats().recorded_frames, flush=True)
        before = driver.shown
        yield lambda before=before: driver.shown is not before  # type: ignore[misc]


if __name__ == "__main__":
    source, output = map(Path, sys.argv[1:])
    session_files.SAVE_EVERY_MS = 200
    sys.exit(run_main(["--source", str(source), "--loop", "--output", str(output)], script))
