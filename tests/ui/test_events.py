"""Events from worker threads, figures, and banners."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot
from ui_fakes import FakeSession, FakeSource, Workshop, rendered

from app.pipeline import events as ev
from app.pipeline.events import Level
from app.pipeline.sources.base import SourceInfo
from app.pipeline.stats import Stats
from app.pipeline.style import ObjectStyle, ViewStyle
from app.ui.picture.messages import Banner
from app.ui.session.bridge import Background, Bridge, Postbox, close_postboxes
from app.ui.session.host import SessionHost
from app.ui.window.main_window import MainWindow


def from_worker(call: object, *args: object) -> None:
    assert callable(call)
    thread = threading.Thread(target=call, args=args)
    thread.start()
    thread.join()


def banners(window: MainWindow) -> list[Banner]:
    return list(window.parts.canvas.messages.banners)


def test_many_pictures_one_notice(window: MainWindow, session: FakeSession, qtbot: QtBot) -> None:
    taken = session.view.taken
    newest = rendered(99)

    def flood() -> None:
        for index in range(99):
            session.put(rendered(index))
        session.put(newest)

    from_worker(flood)  # the GUI thread handles nothing meanwhile
    qtbot.waitUntil(lambda: session.has_painted(newest))
    assert session.view.taken == taken + 1


def test_events_reach_the_gui_thread(qtbot: QtBot) -> None:
    bridge = Bridge(lambda picture: None)
    seen: list[tuple[object, threading.Thread]] = []
    bridge.arrived.connect(lambda event: seen.append((event, threading.current_thread())))
    event = ev.SourceEnded(3)
    from_worker(bridge.on_event, event)
    assert seen == []
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(event, threading.main_thread())]


def test_closed_or_deleted_postbox_takes_nothing(qtbot: QtBot) -> None:
    called: list[int] = []
    box = Postbox()
    box.post(lambda: called.append(1))
    box.close()
    assert not box.post(lambda: called.append(2))
    parent = QObject()
    orphan = Postbox(parent)
    parent.deleteLater()
    done = Postbox()
    qtbot.waitUntil(lambda: not orphan.post(lambda: None))
    with qtbot.waitSignal(done._posted):
        done.post(lambda: None)
    assert called == []


def test_pictures_after_the_mailbox_closed_are_no_problem(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    taken = session.view.taken
    session.view.close()
    session.on_picture()
    qtbot.waitUntil(lambda: session.view.taken > taken)


def test_background_hands_over_errors(qtbot: QtBot) -> None:
    background = Background()
    caught: list[Exception] = []

    def fail() -> int:
        raise ValueError("no")

    background.run(fail, lambda value: None, caught.append)
    qtbot.waitUntil(lambda: bool(caught))
    assert str(caught[0]) == "no"


def test_source_events(window: MainWindow, session: FakeSession, qtbot: QtBot) -> None:
    panel = window.parts.source_panel
    info = SourceInfo("Front door", (720, 1280), 25.0, None, True)
    session.emit(ev.SourceOpened(info))
    qtbot.waitUntil(lambda: panel.name.text() == "Front door")
    assert "1280 × 720" in panel.detail.text() and "live" in panel.detail.text()
    session.emit(ev.SourceLost("The camera is gone.", 2.0))
    session.emit(ev.SourceLost("The camera is gone.", 4.0))
    qtbot.waitUntil(lambda: any("4 s" in banner.text for banner in banners(window)))
    assert len(banners(window)) == 1  # the second replaced the first
    session.emit(ev.SourceOpened(info))
    qtbot.waitUntil(lambda: not banners(window))


def test_end_of_a_file_offers_to_play_again(
    window: MainWindow, workshop: Workshop, qtbot: QtBot
) -> None:
    window.open("clip.mp4")
    qtbot.waitUntil(lambda: len(workshop.sessions) == 2)
    workshop.session.emit(ev.SourceEnded(120))
    qtbot.waitUntil(lambda: bool(banners(window)))
    banners(window)[0].action_button.click()
    qtbot.waitUntil(lambda: len(workshop.sessions) == 3)
    assert workshop.opened[-1] == "clip.mp4"


def test_errors_stay_and_are_the_last_to_go(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    session.emit(ev.StageFailed("recorder", "The disk is full. Free some space."))
    for number in range(4):
        session.emit(ev.Notice(Level.INFO, f"note {number}"))
    qtbot.waitUntil(lambda: any(banner.text == "note 3" for banner in banners(window)))
    texts = [banner.text for banner in banners(window)]
    assert texts == ["The disk is full. Free some space.", "note 2", "note 3"]
    for banner in banners(window):
        assert banner.close_button.accessibleName()
        banner.close_button.click()
    assert not window.parts.canvas.messages.isVisible()


def test_engine_failure_releases_the_picture(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    shown = window.parts.view.shown
    assert shown is not None
    window.parts.marking.freeze(shown)
    session.emit(ev.StageFailed("engine", "Out of memory. Choose a smaller size."))
    qtbot.waitUntil(lambda: not window.parts.marking.is_frozen)


def test_a_refused_prompt_is_not_drawn_for_ever(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    window.parts.view.mark_crosshair(True)
    assert window.parts.marking.pending
    session.emit(ev.Notice(Level.WARNING, "Too many points. Accept first."))
    qtbot.waitUntil(lambda: not window.parts.marking.pending)


def test_figures(window: MainWindow, session: FakeSession, qtbot: QtBot) -> None:
    session.emit(ev.EngineReady("swem-lite", "CPU"))
    session.emit(ev.ObjectsChanged((1, 2)))
    session.figures = Stats(
        engine_fps=12.34,
        latency_p50_ms=40,
        latency_p95_ms=81,
        dropped={"capture": 0, "engine": 5, "record": 2},
        stage_ms={"encode": 7.0},
        scores={1: 0.8, 2: 0.4},
        memory_bytes=1_234_567,
        source_size=(720, 1280),
        recorded_frames=30,
        recorded_seconds=61.0,
        recorded_bytes=5_000_000,
    )
    hud = window.parts.canvas.hud
    qtbot.waitUntil(lambda: hud.value("fps") == "12.3")  # the poll timer
    assert hud.value("latency") == "40 / 81 ms"
    assert hud.value("memory") == "1.2 MB, constant"
    assert hud.value("source") == "1280 × 720"
    assert hud.value("device") == "CPU"
    assert hud.value("dropped").split() == ["engine", "5", "record", "2"]
    rows = window.parts.objects_panel
    assert rows.row(1).confidence.value() == 80 and not rows.row(1).badge.isVisible()
    session.emit(ev.LostChanged(frozenset({2})))
    qtbot.waitUntil(lambda: rows.row(2).badge.text() == "lost")
    assert window.parts.canvas.note.text() == "Out of sight: Object 2"
    session.emit(ev.LostChanged(frozenset()))
    qtbot.waitUntil(lambda: not rows.row(2).badge.isVisible())
    assert not window.parts.canvas.note.isVisible()
    session.emit(ev.RecordingStarted(Path("x.mkv")))
    qtbot.waitUntil(lambda: "1:01" in window.parts.canvas.badge.text())
    assert "30 frames" in window.parts.record_panel.figures.text()
    assert "2 skipped" in window.parts.record_panel.figures.text()


@pytest.mark.parametrize("error", [None, "the disk is full."])
def test_saved_files_can_be_shown(
    window: MainWindow,
    session: FakeSession,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    error: str | None,
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    session.emit(ev.RecordingStopped(tmp_path / "a.mkv", 3, 0, 0.1, error))
    session.emit(ev.SnapshotSaved(tmp_path / "a.png"))
    qtbot.waitUntil(lambda: len(banners(window)) == 2)
    for banner in banners(window):
        assert "a." in banner.text
        banner.action_button.click()
    assert [Path(folder) for folder in shown] == [tmp_path, tmp_path]


def test_a_recording_that_could_not_begin(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    session.emit(ev.RecordingStopped(Path("a.mkv"), 0, 0, 0.0, "The folder is read-only."))
    qtbot.waitUntil(lambda: bool(banners(window)))
    assert "Nothing was recorded" in banners(window)[0].text
    assert banners(window)[0].level is Level.ERROR


def test_prepared_objects_bring_their_looks(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    session.emit(ev.ObjectsStyled({1: ObjectStyle("Rex", (1, 2, 3))}))
    qtbot.waitUntil(lambda: window.parts.objects_panel.row(1).name.text() == "Rex")
    (style,) = session.last("set_view")
    assert isinstance(style, ViewStyle) and style.of(1).color == (1, 2, 3)


def test_what_comes_after_the_end_is_dropped(qtbot: QtBot, workshop: Workshop) -> None:
    seen: list[object] = []
    host = SessionHost(workshop.make_session, seen.append)
    host.arrived.connect(seen.append)
    host.start(FakeSource(), ViewStyle())
    workshop.session.put(rendered(1))  # still queued when everything goes away
    close_postboxes(host)
    workshop.session.emit(ev.Notice(Level.ERROR, "too late"))
    workshop.session.put(rendered(2))
    flushed = Postbox()
    with qtbot.waitSignal(flushed._posted):
        flushed.post(lambda: None)
    assert seen == []
