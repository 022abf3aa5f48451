"""Another screen, of another pixel density, in the middle of tracking and recording."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cat_clip import cats

pytestmark = pytest.mark.slow
SCREENS = [("low", 0, 1), ("dense", 3840, 2)]


def test_the_window_is_taken_to_a_denser_screen_and_back(tmp_path: Path) -> None:
    screens = [
        {"name": name, "x": x, "y": 0, "width": 3840, "height": 2400, "dpr": 1}
        | {"logicalDpi": 96, "logicalBaseDpi": 96}
        for name, x, _ in SCREENS
    ]
    layout = tmp_path / "screens.json"
    layout.write_text(json.dumps({"screens": screens}))
    factors = ";".join(f"{name}={density}" for name, _, density in SCREENS)
    env = {
        **os.environ,
        "QT_QPA_PLATFORM": f"offscreen:configfile={layout}",
        "QT_SCREEN_SCALE_FACTORS": factors,
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    clip = cats().write(tmp_path / "cats.mp4")
    script = Path(__file__).with_name("on_two_screens.py")
    done = subprocess.run(
        [sys.executable, str(script), str(clip), str(tmp_path / "out")],
        env=env,
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Traceback" not in done.stderr
