"""Another screen, of another pixel density or none at all, while it tracks and records."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from cat_clip import cats
from virtual_screen import needs_xcb, needs_xrandr, needs_xvfb, virtual_screen

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
        "QT_QPA_PLATFORM": f"offscreen:configfile={layout}",
        "QT_SCREEN_SCALE_FACTORS": factors,
    }
    run(tmp_path, "on_two_screens.py", env)


@needs_xvfb
@needs_xrandr
@needs_xcb
def test_the_screen_the_window_is_on_is_unplugged(tmp_path: Path) -> None:
    with virtual_screen(tmp_path, (800, 2560)) as screen:
        env = {"QT_QPA_PLATFORM": "xcb", "DISPLAY": screen.name}
        run(tmp_path, "on_a_screen_taken_away.py", env)


def run(folder: Path, script: str, env: Mapping[str, str]) -> None:
    """A script of this folder, with the cats, as a program of its own."""
    clip = cats().write(folder / "cats.mp4")
    command = [sys.executable, str(Path(__file__).with_name(script)), str(clip)]
    done = subprocess.run(
        [*command, str(folder / "out")],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **env},
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Traceback" not in done.stderr
