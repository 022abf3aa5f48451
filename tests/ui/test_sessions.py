"""Recent sources and sessions in the window: what is kept, and what never is."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot
from ui_fakes import Workshop
from window_kit import WindowMaker, banners, press

from app.pipeline.saved_session import SavedSession, save_session
from app.pipeline.style import ObjectStyle
from app.settings_file import SettingsFile
from app.ui.actions.spec import ActionId

SECRET = "rtsp://admin:hunter2@cam.local/live"


def recent_texts(window: object) -> list[str]:
    menu = window.recent._menu  # type: ignore[attr-defined]
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions() if action.text()][:-1]


def test_recent_sources_are_kept_without_passwords(
    make_window: WindowMaker, workshop: Workshop, tmp_path: Path
) -> None:
    window = make_window(demo="demo-clip")
    (tmp_path / "a.mp4").touch()
    for text in (str(tmp_path / "a.mp4"), "missing.mp4", SECRET, "demo-clip", "camera:1"):
        window.open(text)
    assert recent_texts(window) == ["camera:1", "rtsp://cam.local/live", "a.mp4"]
    assert "hunter2" not in (tmp_path / "settings.json").read_text()
    window.recent._menu.actions()[1].trigger()
    assert window.parts.source_panel.address.text() == "rtsp://cam.local/live"
    window.recent._menu.actions()[2].trigger()
    assert workshop.opened[-1] == str(tmp_path / "a.mp4")
    window.recent._menu.actions()[-1].trigger()
    assert not window.recent._menu.menuAction().isEnabled()


def test_a_session_is_saved_with_its_source_and_looks_but_no_password(
    make_window: WindowMaker, workshop: Workshop, tmp_path: Path
) -> None:
    window = make_window()
    assert not window.parts.actions[ActionId.SAVE_SESSION].isEnabled()
    window.open(SECRET)
    window.parts.looks.rename(1, "Ada")
    window.sessions.save(tmp_path / "a.swemlive")
    path, known, is_automatic = workshop.session.last("save_session")
    assert path == tmp_path / "a.swemlive" and not is_automatic
    assert isinstance(known, SavedSession) and known.objects[1].name == "Ada"
    assert known.source == "rtsp://cam.local/live" and known.is_incomplete
    window.open("http://cam/user=a&password=b")
    window.sessions.save(tmp_path / "b.swemlive")
    assert any("credentials" in text for text in banners(window))


def test_a_dropped_session_goes_on_before_the_first_frame(
    make_window: WindowMaker, workshop: Workshop, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "a.swemlive"
    saved = SavedSession("talk.mp4", objects={3: ObjectStyle("Ada", (1, 2, 3))})
    save_session(path, saved)
    window = make_window()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    window.dropEvent(QDropEvent(QPointF(9, 9), copy, data, left, Qt.KeyboardModifier.NoModifier))
    qtbot.waitUntil(lambda: bool(workshop.opened))
    assert workshop.opened == ["talk.mp4"]
    names = workshop.session.names()
    assert names.index("resume") < names.index("start")
    assert workshop.session.last("resume") == (saved,)
    assert window.parts.looks.of(3).name == "Ada"


def test_a_session_of_a_camera_with_a_password_asks_for_it(
    make_window: WindowMaker, workshop: Workshop, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "a.swemlive"
    save_session(path, SavedSession("rtsp://cam.local/live", is_incomplete=True))
    window = make_window()
    window.open(str(path))
    qtbot.waitUntil(lambda: bool(banners(window)))
    assert workshop.opened == [] and "password" in banners(window)[0]
    window.parts.source_panel.address.setText(SECRET)
    window.parts.source_panel.address.confirmed.emit(SECRET)
    assert workshop.opened == [SECRET] and "resume" in workshop.session.names()
    window.open("other.mp4")
    assert "resume" not in workshop.session.names() or len(workshop.sessions) == 1


def test_a_damaged_session_is_told_and_the_source_stays(
    make_window: WindowMaker, workshop: Workshop, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "a.swemlive"
    path.write_bytes(b"not a session")
    window = make_window()
    window.open("camera")
    window.open(str(path))
    qtbot.waitUntil(lambda: bool(banners(window)))
    assert "a.swemlive" in banners(window)[0] and workshop.opened == ["camera"]


def test_the_running_session_is_kept_by_the_first_program_only(
    make_window: WindowMaker, workshop: Workshop, settings: SettingsFile, tmp_path: Path
) -> None:
    state = tmp_path / "state"
    window, second = make_window(state_dir=state), make_window(state_dir=state)
    for each in (window, second):
        each.open("talk.mp4")
        each.sessions.save_running()
    assert [("save_session" in s.names()) for s in workshop.sessions] == [True, False]
    settings.change(resume=False)
    workshop.sessions[0].calls.clear()
    window.sessions.save_running()
    assert "save_session" not in workshop.sessions[0].names()


def test_what_a_crash_left_is_offered_once(
    make_window: WindowMaker, workshop: Workshop, tmp_path: Path, qtbot: QtBot
) -> None:
    save_session(tmp_path / "state" / "running.swemlive", SavedSession("talk.mp4"))
    window = make_window(state_dir=tmp_path / "state")
    banner = window.parts.canvas.messages.banners[0]
    banner.action_button.click()
    qtbot.waitUntil(lambda: workshop.opened == ["talk.mp4"])
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    press(window, Qt.Key.Key_Escape)
    assert banners(make_window(state_dir=tmp_path / "state")) == []
