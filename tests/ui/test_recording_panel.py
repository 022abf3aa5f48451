"""The record panel: what is chosen is what is recorded, and everything can be told from it."""

import threading
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from ui_fakes import FakeSession
from window_kit import WindowMaker, banners, press

from app.pipeline.events import RecordingStarted, RecordingStopped, ReplaySaved
from app.pipeline.recording.formats import VIDEO_FORMATS, Codec, Conversion, Recipe, VideoFormat
from app.pipeline.recording.plan import RecordingPlan
from app.pipeline.recording.replay import ReplayPlan
from app.pipeline.recording.video_writer import VideoWriter
from app.pipeline.sound.base import SourceSound
from app.pipeline.stats import Stats
from app.ui.actions.spec import ActionId
from app.ui.text.figures import long_duration_text
from app.ui.window.main_window import MainWindow

Key = Qt.Key


def plan_of(session: FakeSession) -> RecordingPlan:
    (plan,) = session.last("start_recording")
    assert isinstance(plan, RecordingPlan)
    return plan


@pytest.mark.parametrize("video", VIDEO_FORMATS, ids=lambda each: each.id)
def test_every_format_can_be_chosen(
    window: MainWindow, session: FakeSession, video: VideoFormat
) -> None:
    options = window.parts.record_panel.options
    options.video.setCurrentText(video.title)
    options.data["coco"].setChecked(True)
    options.data["soft-masks"].setChecked(True)
    press(window, Key.Key_R)
    plan = plan_of(session)
    path = plan.alpha if video.alpha else plan.video
    assert path is not None and path.suffix == video.suffix
    assert (plan.video is None) == video.alpha
    assert plan.recipe == video.recipe
    assert plan.coco is not None and plan.coco.name == f"{path.stem}.json"
    assert plan.soft is not None and plan.soft.name == f"{path.stem} soft masks"
    assert plan.masks is None
    assert plan.sound == SourceSound()


def test_the_choice_is_remembered(make_window: WindowMaker, qtbot: QtBot) -> None:
    first = make_window()
    options = first.parts.record_panel.options
    options.video.setCurrentIndex(3)
    options.data["coco"].setChecked(True)
    options.sound.choose(None)
    first.close()
    assert make_window().parts.record_panel.options.choice == options.choice


def test_pause_and_new_file(window: MainWindow, session: FakeSession, qtbot: QtBot) -> None:
    parts = window.parts
    assert not parts.actions[ActionId.PAUSE_RECORDING].isEnabled()
    assert not parts.record_panel.pause.isVisible()
    press(window, Key.Key_R)
    qtbot.waitUntil(lambda: parts.canvas.badge.text().startswith("●"))
    press(window, Key.Key_R, shift=True)
    assert session.last("pause_recording") == (True,)
    qtbot.waitUntil(lambda: parts.canvas.badge.text().startswith("❚❚"))
    QTest.mouseClick(parts.record_panel.pause, Qt.MouseButton.LeftButton)
    assert session.last("pause_recording") == (False,)
    QTest.mouseClick(parts.record_panel.split, Qt.MouseButton.LeftButton)
    assert session.names()[-1] == "split_recording"
    path = plan_of(session).video
    assert path is not None
    session.emit(RecordingStopped(path, 3, 0, 0.1, continues=True))
    session.emit(RecordingStarted(path.with_stem("next")))
    qtbot.waitUntil(lambda: bool(banners(window)))
    assert parts.outputs.is_recording
    assert not parts.record_panel.options.isVisible()


def test_the_room_on_the_disk_is_shown(window: MainWindow, session: FakeSession) -> None:
    panel = window.parts.record_panel
    press(window, Key.Key_R)
    panel.show_stats(Stats(recorded_seconds=1, recorded_bytes=10, recording_room=5_000_000_000))
    assert panel.room.text() == "5.0 GB left on disk"
    panel.show_stats(Stats(recorded_seconds=10, recorded_bytes=10_000_000, recording_room=10**10))
    assert panel.room.text() == "10.0 GB left on disk, about 3 h"
    panel.show_stats(Stats(recorded_seconds=10, recorded_bytes=10_000_000))
    assert panel.room.text() == ""
    assert [long_duration_text(s) for s in (40, 720, 10_800, 864_000)] == [
        *("40 s", "12 min", "3 h", "10 days")
    ]


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    noise = np.random.default_rng(0)
    with VideoWriter(tmp_path / "a recorded.mov", Codec.QTRLE) as writer:
        for index in range(60):
            writer.write(noise.integers(0, 255, (360, 640, 4), np.uint8), index / 30)
    return tmp_path / "a recorded.mov"


@pytest.mark.parametrize("ends", ["complete", "given up"])
def test_a_conversion_is_shown_and_can_be_given_up(
    window: MainWindow, session: FakeSession, qtbot: QtBot, recorded: Path, ends: str
) -> None:
    row = window.parts.record_panel.conversion
    target = recorded.with_name("a.mov")
    conversion = Conversion(recorded, target, Recipe.PRORES)
    session.emit(RecordingStopped(recorded, 60, 0, 2.0, conversion=conversion))
    qtbot.waitUntil(row.isVisible, timeout=20_000)
    if ends == "given up":
        row.cancel_wanted.emit()
    qtbot.waitUntil(lambda: not row.isVisible(), timeout=60_000)
    kept = target if ends == "complete" else recorded
    assert kept.exists() and not (recorded if kept is target else target).exists()
    assert kept.name in banners(window)[-1]


def test_closing_the_window_keeps_what_is_being_converted(
    window: MainWindow, session: FakeSession, qtbot: QtBot, recorded: Path
) -> None:
    conversion = Conversion(recorded, recorded.with_name("a.mov"), Recipe.PRORES)
    session.emit(RecordingStopped(recorded, 60, 0, 2.0, conversion=conversion))
    qtbot.waitUntil(window.parts.record_panel.conversion.isVisible, timeout=20_000)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    assert [path.name for path in recorded.parent.glob("*.mov")] == ["a recorded.mov"]


def test_a_conversion_that_is_slow_to_end_does_not_freeze_the_window(
    window: MainWindow, session: FakeSession, qtbot: QtBot, recorded: Path
) -> None:
    started, may_end = threading.Event(), threading.Event()

    def slow_to_end(*_: object) -> bool:
        started.set()
        return not may_end.wait(20)

    with patch("app.pipeline.recording.converter.convert", slow_to_end):
        conversion = Conversion(recorded, recorded.with_name("a.mov"), Recipe.PRORES)
        session.emit(RecordingStopped(recorded, 60, 0, 2.0, conversion=conversion))
        qtbot.waitUntil(started.is_set)
        window.close()
        qtbot.waitUntil(lambda: not window.parts.host.is_busy)
        qtbot.waitUntil(lambda: "Closing" in window.parts.canvas.curtain.label.text())
        assert window.isVisible() and not window.close(), "it waits, and impatience changes nothing"
        may_end.set()
        qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    assert recorded.exists()


def test_the_last_seconds_are_kept_and_saved(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    parts = window.parts
    assert (
        not parts.actions[ActionId.SAVE_REPLAY].isEnabled()
        and not parts.record_panel.save.isVisible()
    )
    QTest.mouseClick(parts.record_panel.keep, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert session.last("set_replay") == (ReplayPlan(sound=SourceSound()),)
    session.figures = Stats(replay_seconds=12.4, replay_bytes=7_300_000)
    qtbot.waitUntil(lambda: parts.record_panel.keep.text() == "Last 12 s kept (7.3 MB)")
    parts.record_panel.options.data["coco"].setChecked(True)
    press(window, Key.Key_P, shift=True)
    video, masks, coco = session.last("save_replay")
    assert isinstance(video, Path) and video.name.endswith(" replay.mkv") and masks is None
    assert coco == video.with_suffix(".json")
    session.emit(ReplaySaved(video, (video, coco)))
    qtbot.waitUntil(lambda: bool(banners(window)))
    assert video.name in banners(window)[0]
    QTest.mouseClick(parts.record_panel.keep, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert session.last("set_replay") == (None,)
    assert not parts.record_panel.save.isVisible()
