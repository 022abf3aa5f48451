"""A microphone and the screen, recorded by the real window: what is seen is heard just then."""

import threading
import time
from collections.abc import Generator
from pathlib import Path

import ffprobe
import numpy as np
import pytest
from driver import Condition, Driver, run_main
from ffprobe import needs_ffmpeg
from PySide6.QtCore import Qt
from room import FRAME_RATE, Room
from sound_server import needs_pulse, sound_server
from virtual_screen import VirtualScreen, needs_xvfb, virtual_screen

from app.pipeline.events import RecordingStopped, StageFailed

Steps = Generator[Condition, None, None]
pytestmark = pytest.mark.slow
SIZE = (120, 200)
CLAPS = (60, 95, 120)


def flash(room: Room, screen: VirtualScreen) -> None:
    """A white screen whenever somebody claps."""
    for clap in CLAPS:
        at = room.start_s + 0.5 + clap / FRAME_RATE
        for moment, light in ((at, 255), (at + 0.3, 0)):
            time.sleep(max(0.0, moment - time.monotonic()))
            screen.paint(np.full((*SIZE, 3), light, np.uint8))


@needs_ffmpeg
@needs_pulse
@needs_xvfb
def test_what_a_microphone_hears_is_in_step_with_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)

    def script(driver: Driver) -> Steps:
        parts = driver.window.parts
        box = parts.record_panel.options.sound
        yield lambda: driver.shown is not None and box.findText("Tischmikrofon") > 0
        box.setCurrentText("Tischmikrofon")
        driver.key(Qt.Key.Key_R)
        with Room(pipe, CLAPS) as room:
            yield lambda: room.start_s > 0
            flashing = threading.Thread(target=flash, args=(room, screen))
            flashing.start()
            yield parts.record_panel.meter.isVisible
            yield lambda: not flashing.is_alive()
            driver.key(Qt.Key.Key_R)
            yield lambda: driver.heard(RecordingStopped)
        assert not driver.heard(StageFailed)

    with (
        virtual_screen(tmp_path, SIZE) as screen,
        sound_server(tmp_path, monkeypatch.setenv) as pipe,
    ):
        monkeypatch.setenv("DISPLAY", screen.name)
        out = tmp_path / "out"
        assert run_main(["--source", "screen", "--output", str(out)], script) == 0
    (video,) = out.glob("*.mkv")
    white = ffprobe.pictures(video, SIZE)[:, :50, :50, :3].mean(axis=(1, 2, 3)) > 200
    times = np.array([float(t) for t in ffprobe.times(video)])
    seen = times[1:][np.diff(white.astype(int)) == 1]
    heard = np.array(ffprobe.bursts(ffprobe.sound(video)))
    assert len(seen) == len(heard) == len(CLAPS)
    late = seen - heard  # the screen is looked at 30 times a second, so up to 33 ms late
    assert late.min() > -0.03 and late.max() < 0.09, late
