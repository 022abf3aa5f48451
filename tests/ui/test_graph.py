"""The graph in the figures shows what it is fed."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot
from ui_fakes import FakeSession
from window_kit import WindowMaker, press

from app.pipeline.stats import Stats
from app.settings_file import SettingsFile
from app.ui.picture.graph import LENGTH, StageGraph
from app.ui.window.main_window import MainWindow


def column(graph: StageGraph, x: int) -> list[str]:
    image: QImage = graph.grab().toImage()
    return [QColor(image.pixel(x, y)).name() for y in range(image.height())]


def test_stages_are_stacked_and_memory_lies_over_them(qtbot: QtBot) -> None:
    graph = StageGraph()
    qtbot.addWidget(graph)
    graph.resize(LENGTH - 1, graph.height())
    for _ in range(2 * LENGTH):  # more than are kept
        graph.add({"encode": 30.0, "read": 10.0}, 400_000)
    found = column(graph, graph.width() // 2)
    assert abs(found.index("#009ef0") / len(found) - 0.25) < 0.05, "30 of 40 milliseconds"
    assert "#f08c14" in found[: found.index("#009ef0")]
    assert any(QColor(each).lightness() > 230 for each in found[:12]), "the line of memory"
    graph.clear()
    assert "#009ef0" not in column(graph, graph.width() // 2)


def test_it_is_fed_with_the_figures_and_can_be_switched_off(
    window: MainWindow,
    session: FakeSession,
    settings: SettingsFile,
    make_window: WindowMaker,
    qtbot: QtBot,
) -> None:
    graph = window.parts.canvas.hud.graph
    press(window, Qt.Key.Key_I)  # from the main figures to all of them
    session.figures = Stats(stage_ms={"encode": 9.0}, memory_bytes=1000)
    qtbot.waitUntil(lambda: len(graph._readings) > 1)
    assert graph.isVisible() and graph._readings[-1] == ({"encode": 9.0}, 1000)
    tall = window.parts.canvas.hud.height()
    press(window, Qt.Key.Key_I, shift=True)
    assert not graph.isVisible() and window.parts.canvas.hud.height() < tall
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert not make_window().parts.actions["graph"].isChecked()
