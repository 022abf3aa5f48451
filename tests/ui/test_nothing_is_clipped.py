"""Every text that is shown has the room it needs, at every size, in every theme, state and
language."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QLabel,
    QPushButton,
    QToolBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from ui_fakes import FakeSession
from window_kit import WindowMaker, press

import app.pipeline.events as ev
from app.pipeline.stats import PaceStats, Stats
from app.ui.picture.hud_level import HudLevel
from app.ui.text.language import SHIPPED, speak
from app.ui.widgets.theme import Theme
from app.ui.window.main_window import MainWindow

Key = Qt.Key
SIZES = ((1024, 640), (1280, 800), (1366, 768))
WITH_TEXT = (QLabel, QPushButton, QCheckBox)
BUSY = Stats(
    capture_fps=29.97,
    engine_fps=123.4,
    display_fps=59.9,
    latency_p50_ms=1241,
    latency_p95_ms=2340,
    dropped={"capture": 12345, "engine": 6789, "view": 321, "record": 54},
    stage_ms={
        **{"motion": 14.8, "preprocess": 11.4, "encode key": 121.7, "masks": 12.0},
        **{"encode value": 108.9, "memorise": 107.8, "fetch": 10.0, "read memory": 103.3},
        **{"decode": 102.9, "flow": 21.2, "refine the edges": 33.3, "compose": 130.5},
    },
    memory_bytes=791_000,
    source_size=(2160, 3840),
    inference_size=(240, 432),
    recorded_frames=123_456,
    recorded_seconds=12_345,
    recorded_bytes=98_765_432_100,
    recording_room=70_600_000_000,
    replay_seconds=30,
    replay_bytes=123_400_000,
    pace=PaceStats(15, "size-60-mask-4", 144, 2, 4, 0.4),
)


@pytest.fixture(autouse=True, params=SHIPPED)
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    speak(qapp, request.param)
    yield
    speak(qapp, "en")


def clipped(window: QWidget) -> list[str]:
    """What does not fit: into its own rectangle, or into the width of what it lies in."""
    found = []
    for kind in WITH_TEXT:
        for widget in window.findChildren(kind):
            if widget.isVisible() and widget.text() and not fits(widget, window):
                found.append(f"{type(widget).__name__} {widget.text()!r} {widget.geometry()}")
    return found


def fits(widget: QWidget, window: QWidget) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        if widget.heightForWidth(widget.width()) > widget.height():
            return False
    else:
        hint = widget.sizeHint()
        if hint.width() > widget.width() or hint.height() > widget.height():
            return False
    holder = widget.parentWidget()
    while holder is not None:
        place = QRect(widget.mapTo(holder, QPoint()), widget.size())
        inside = holder.rect()
        if isinstance(holder.parentWidget(), QAbstractScrollArea):
            inside.setTop(min(inside.top(), place.top()))  # what scrolls may lie above or below
            inside.setBottom(max(inside.bottom(), place.bottom()))
            return inside.contains(place)
        if not inside.contains(place):
            return False
        holder = None if holder is window else holder.parentWidget()
    return True


def all_sizes(window: MainWindow, qtbot: QtBot) -> None:
    for theme in (Theme.DARK, Theme.LIGHT):
        window.parts.theme.apply(theme)
        for size in SIZES:
            window.resize(*size)
            qtbot.waitUntil(lambda size=size: window.size().toTuple() == size)  # type: ignore[misc]
            for _ in range(20):  # each level of layouts passes a change on in its own turn
                QApplication.processEvents()
            assert clipped(window) == [], f"{theme.value} at {size}"
            assert hidden_buttons(window) == [], f"{theme.value} at {size}"


def hidden_buttons(window: MainWindow) -> list[str]:
    """Buttons that a toolbar has no room for."""
    return [
        button.objectName()
        for bar in window.findChildren(QToolBar)
        for button in bar.findChildren(QToolButton)
        if not button.objectName().startswith("qt_")
        and (not button.isVisible() or not bar.rect().contains(button.geometry()))
    ]


def test_the_check_finds_what_is_clipped(window: MainWindow) -> None:
    label = window.parts.source_panel.detail
    label.setFixedWidth(label.sizeHint().width() - 4)
    assert len(clipped(window)) == 1


def test_start_page(make_window: WindowMaker, qtbot: QtBot) -> None:
    all_sizes(make_window(demo="demo"), qtbot)


def live(window: MainWindow, session: FakeSession, qtbot: QtBot) -> None:
    session.emit(ev.EngineReady("lite", "CPU, 2 threads, bf16"))
    qtbot.waitUntil(lambda: window.parts.canvas.hud.value("model") == "lite")


def tracking(window: MainWindow, session: FakeSession, qtbot: QtBot) -> None:
    live(window, session, qtbot)
    session.emit(ev.ObjectsChanged((1, 2, 3, 4)))
    qtbot.waitUntil(lambda: window.parts.objects_panel.ids == (1, 2, 3, 4))
    for number in range(1, 5):
        window.parts.looks.rename(number, f"Wolfhound {number:02}")
    session.emit(ev.LostChanged(frozenset({1, 3})))
    qtbot.waitUntil(lambda: window.parts.objects_panel.row(1).badge.isVisible())


def frozen(window: MainWindow, session: FakeSession, qtbot: QtBot) -> None:
    live(window, session, qtbot)
    window.parts.view.mark_crosshair(True)
    qtbot.waitUntil(lambda: window.parts.marking.is_frozen)


def recording(window: MainWindow, session: FakeSession, qtbot: QtBot) -> None:
    tracking(window, session, qtbot)
    press(window, Key.Key_R)
    window.parts.record_panel.keep.click()
    qtbot.waitUntil(lambda: window.parts.canvas.badge.isVisible())
    session.emit(ev.RecordingStarted(Path("x.mkv")))


@pytest.mark.parametrize("state", [live, frozen, tracking, recording])
def test_states(
    window: MainWindow,
    session: FakeSession,
    qtbot: QtBot,
    state: Callable[[MainWindow, FakeSession, QtBot], None],
) -> None:
    session.figures = BUSY
    state(window, session, qtbot)
    qtbot.waitUntil(lambda: window.parts.canvas.hud.value("fps")[:3] == "123")
    for level in (HudLevel.COMPACT, HudLevel.FULL):
        window.parts.canvas.set_hud(level)
        all_sizes(window, qtbot)


@pytest.mark.parametrize("number", range(1, 10))
def test_controls_of_every_effect(window: MainWindow, number: int, qtbot: QtBot) -> None:
    press(window, Key(Key.Key_0.value + number), ctrl=True)
    all_sizes(window, qtbot)
