"""Going on where it was: a saved session, and one whose program was killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path

import numpy as np
import pytest
from cat_clip import WHITE, Clip, iou
from driver import Condition, Driver, run_main
from platformdirs import user_state_path
from PySide6.QtCore import Qt

from app.pipeline.events import EngineReady, MarkingChanged, Notice, SessionSaved, StageFailed
from app.pipeline.saved_session import load_session
from app.pipeline.style import ObjectStyle

Steps = Generator[Condition, None, None]
pytestmark = pytest.mark.slow


def test_save_and_go_on_in_another_program(clip: Clip, clip_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "cats.swemlive"
    left: list[int] = []

    def first(driver: Driver) -> Steps:
        yield lambda: driver.shown is not None and driver.heard(EngineReady)
        driver.click(clip.inside(WHITE))
        yield driver.drafted(1)
        driver.window.parts.looks.rename(1, "Snow")
        driver.key(Qt.Key.Key_Return)
        yield driver.tracked(1)
        yield lambda: driver.shown.frame.index > 5  # type: ignore[union-attr]
        driver.key(Qt.Key.Key_K)
        driver.window.parts.actions["lock_object"].trigger()
        driver.window.sessions.save(file)
        yield lambda: driver.heard(SessionSaved)
        left.append(driver.shown.frame.index)  # type: ignore[union-attr]

    assert run_main(["--source", str(clip_file), "--output", str(tmp_path)], first) == 0
    saved = load_session(file)
    assert saved.locked == {1} and saved.objects[1].name == "Snow"

    def second(driver: Driver) -> Steps:
        yield driver.tracked(1)
        start = driver.shown  # type: ignore[assignment]
        assert start is not None and start.result is not None
        index = min(
            range(len(clip.frames)),
            key=lambda i: float(np.abs(clip.frames[i].astype(int) - start.frame.image).mean()),
        )
        assert index == left[0] + start.frame.index, "it goes on where it was"
        assert iou(start.result.labels() == 1, clip.labels[index] == WHITE) > 0.85
        assert driver.window.parts.looks.of(1).name == "Snow"
        assert driver.window.parts.live.locked == {1}
        assert not driver.heard(Notice) and not driver.heard(StageFailed)
        assert not any(event.frozen for event in driver.heard(MarkingChanged))

    assert run_main(["--source", str(file), "--output", str(tmp_path)], second) == 0


def test_marks_on_a_held_frame_come_back(clip: Clip, clip_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "cats.swemlive"
    given: list[object] = []

    def first(driver: Driver) -> Steps:
        yield lambda: driver.shown is not None and driver.heard(EngineReady)
        driver.click(clip.inside(WHITE))
        yield driver.drafted(1)
        given.append(driver.shown.draft.prompts)  # type: ignore[union-attr]
        driver.window.sessions.save(file)
        yield lambda: driver.heard(SessionSaved)

    def second(driver: Driver) -> Steps:
        yield driver.drafted(1)
        draft = driver.shown.draft  # type: ignore[union-attr]
        assert [draft.prompts] == given
        assert iou(draft.alphas[1] > 127, clip.labels[0] == WHITE) > 0.85

    assert run_main(["--source", str(clip_file), "--output", str(tmp_path)], first) == 0
    assert run_main(["--source", str(file), "--output", str(tmp_path)], second) == 0


_KILLED = """
import sys
import app.ui.window.session_files as files
files.SAVE_EVERY_MS = 300
from app.__main__ import main
main(sys.argv[1:])
"""


def test_a_killed_program_offers_to_go_on(clip_file: Path, tmp_path: Path) -> None:
    state = user_state_path("swem-live", appauthor=False)
    running = state / "running.swemlive"
    process = subprocess.Popen(
        [sys.executable, "-c", _KILLED, "--demo", "--output", str(tmp_path)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    try:
        end = time.monotonic() + 60
        while not running.exists() and time.monotonic() < end:
            assert process.poll() is None, "it ended by itself"
            time.sleep(0.05)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(10)

    def script(driver: Driver) -> Steps:
        messages = driver.window.parts.canvas.messages
        yield lambda: messages.banners
        assert "was not closed" in messages.banners[-1].text
        messages.banners[-1].action_button.click()
        yield driver.tracked(2)
        assert driver.window.parts.looks.of(1) == ObjectStyle("Dog", saved.objects[1].color)
        assert not driver.heard(StageFailed)

    saved = load_session(running)
    assert saved.source == "demo" and saved.memory is not None and saved.memory.ids == (1, 2)
    assert run_main(["--source", str(clip_file), "--output", str(tmp_path)], script) == 0
    assert not running.exists(), "closed as it should be: nothing to offer"
