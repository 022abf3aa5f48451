"""Choosing sources in the real window."""

import socket
import time
from collections.abc import Generator
from pathlib import Path

import numpy as np
import pytest
from cat_clip import WHITE, Clip, iou
from driver import Condition, Driver, run_main
from PySide6.QtCore import Qt
from virtual_screen import needs_xvfb, virtual_screen

from app.pipeline.events import EngineReady, StageFailed

Steps = Generator[Condition, None, None]
pytestmark = pytest.mark.slow


def test_a_camera_that_never_answers_is_given_up(tmp_path: Path) -> None:
    def script(driver: Driver) -> Steps:
        parts = driver.window.parts
        yield lambda: "127.0.0.1" in parts.canvas.curtain.label.text()
        assert "hunter2" not in parts.canvas.curtain.label.text()
        began = time.monotonic()
        driver.key(Qt.Key.Key_Escape)
        yield parts.welcome.isVisible
        assert time.monotonic() - began < 5  # it would have waited ten seconds
        assert not parts.canvas.messages.banners

    with socket.create_server(("127.0.0.1", 0)) as deaf:
        address = f"rtsp://user:hunter2@127.0.0.1:{deaf.getsockname()[1]}/live"
        assert run_main(["--source", address, "--output", str(tmp_path)], script) == 0


@needs_xvfb
def test_an_object_on_the_screen_is_tracked(
    clip: Clip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = clip.frames[0].shape[:2]
    for name in ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)

    def script(driver: Driver) -> Steps:
        panel, screens = driver.window.parts.source_panel, driver.window.parts.screens
        driver.key(Qt.Key.Key_Y)
        yield screens.menu.isVisible
        screens.menu.actions()[0].trigger()
        screens.menu.hide()
        yield lambda: driver.shown is not None and driver.heard(EngineReady)
        assert panel.name.text() == "screen 0" and "live" in panel.detail.text()
        driver.click(clip.inside(WHITE))
        yield driver.drafted(1)
        driver.key(Qt.Key.Key_Return)
        yield driver.tracked(1)
        for frame in clip.frames[1:8]:
            screen.paint(frame)
            shown = driver.shown.frame.index  # type: ignore[union-attr]
            yield lambda since=shown: driver.shown.frame.index > since + 2  # type: ignore
        result, image = driver.shown.result, driver.shown.frame.image  # type: ignore[union-attr]
        assert (np.abs(image.astype(int) - clip.frames[7]) > 0).any(2).sum() < 400  # the pointer
        assert iou(result.labels() == 1, clip.labels[7] == WHITE) > 0.8
        assert not driver.heard(StageFailed)

    with virtual_screen(tmp_path, size) as screen:
        monkeypatch.setenv("DISPLAY", screen.name)
        screen.paint(clip.frames[0])
        assert run_main(["--output", str(tmp_path)], script) == 0
