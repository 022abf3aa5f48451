"""Marks from files and into files, and the tool for whoever has no click network."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from test_marks import show_two
from test_view import LEFT
from ui_fakes import FakeSession, Workshop
from window_kit import banners

from app.pipeline.events import EngineReady
from app.ui.actions.spec import ActionId
from app.ui.picture.tools import Tool
from app.ui.window.main_window import MainWindow


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    none = Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, LEFT, none))


def test_dropped_marks_go_onto_the_picture(
    window: MainWindow, session: FakeSession, workshop: Workshop, tmp_path: Path
) -> None:
    drop(window, tmp_path / "a.png", tmp_path / "b.png")
    assert session.names()[-2:] == ["freeze", "import_marks"]
    assert session.last("import_marks") == ((tmp_path / "a.png", tmp_path / "b.png"),)
    drop(window, tmp_path / "marks.json")
    assert session.last("import_marks") == ((tmp_path / "marks.json",),)
    assert session.names().count("freeze") == 1
    drop(window, tmp_path / "c.mp4")
    assert Path(workshop.opened[-1]) == tmp_path / "c.mp4"


def test_saving_marks_tells_how_it_went(
    window: MainWindow, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    show_two(window, session, qtbot)
    for action, name in ((ActionId.SAVE_MARKS, "my.json"), (ActionId.SAVE_MASKS, "my.png")):
        window.parts.actions[action].trigger()
        dialog = next(one for one in window.findChildren(QFileDialog) if one.isVisible())
        dialog.fileSelected.emit(str(tmp_path / name))
        dialog.reject()
        assert not dialog.isVisible()
    qtbot.waitUntil(lambda: any("my.json" in text for text in banners(window)))
    assert "prompts" in (tmp_path / "my.json").read_text()
    qtbot.waitUntil(lambda: any("no mask to save" in text for text in banners(window)))


def test_without_the_click_network_the_box_is_at_hand(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    session.emit(EngineReady("lite", "CPU", clicks=False))
    qtbot.waitUntil(lambda: window.parts.tools.tool is Tool.BOX)
    assert window.parts.actions[ActionId.BOX].isChecked()
