"""The live figures: what each level shows, how they are gone through, and that they fit."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from ui_fakes import FakeSession, Workshop
from window_kit import WindowMaker, press, show

from app.pipeline.stats import PaceStats, Stats
from app.settings_file import SettingsFile
from app.ui.actions.spec import ActionId
from app.ui.picture.hud import Hud
from app.ui.picture.hud_level import HudLevel
from app.ui.picture.stage_bar import StageBar
from app.ui.window.main_window import MainWindow
from swem_core.engine.levels import FULL

STATS = Stats(
    engine_fps=16.3,
    latency_p50_ms=24,
    latency_p95_ms=31,
    memory_bytes=791_000,
    stage_ms={"encode key": 21.7, "fetch": 0.03, "decode": 2.9},
    pace=PaceStats(15, FULL.name, 240, 1, 1, 0.0),
)
SLOW = Stats(
    engine_fps=8.0,
    dropped={"capture": 3, "view": 0, "engine": 4},
    pace=PaceStats(15, "size-80-mask-3", 192, 2, 3, 0.5),
    stage_ms={f"a stage with a long name {number}": 1000.0 * number for number in range(1, 16)},
)


def shown(hud: Hud) -> list[str]:
    return [each.text() for each in hud.findChildren(QLabel) if each.isVisible()]


def test_compact_says_what_matters_and_no_more(window: MainWindow) -> None:
    hud = window.parts.canvas.hud
    hud.show_stats(STATS)
    expected = ["16.3", "masks per second", "delay 24 / 31 ms", "memory 791 kB, constant"]
    assert shown(hud) == expected
    before = hud.height()
    hud.show_stats(SLOW)
    assert shown(hud)[-2:] == ["192 px, network on every 3rd frame", "skipped frames: 7"]
    assert hud.height() > before
    hud.show_stats(STATS)
    assert shown(hud) == expected and hud.height() == before


def test_compact_covers_little_of_the_picture(window: MainWindow) -> None:
    window.resize(1280, 800)
    hud, view = window.parts.canvas.hud, window.parts.view
    hud.show_stats(SLOW)
    assert hud.width() * hud.height() < 0.05 * view.width() * view.height()


def test_one_key_goes_through_the_levels(window: MainWindow) -> None:
    hud, action = window.parts.canvas.hud, window.parts.actions[ActionId.HUD]
    seen = []
    for _ in range(4):
        seen.append((hud.level, hud.isVisible(), action.isChecked()))
        press(window, Qt.Key.Key_I)
    compact, full, off = (
        (HudLevel.COMPACT, True, True),
        (HudLevel.FULL, True, True),
        (HudLevel.OFF, False, False),
    )
    assert seen == [compact, full, off, compact]


def test_full_shows_every_figure(window: MainWindow) -> None:
    hud = window.parts.canvas.hud
    press(window, Qt.Key.Key_I)
    hud.show_stats(STATS)
    texts = shown(hud)
    assert {"Delay p50 / p95", "24 / 31 ms", "Governor", "240 px, every frame"} <= set(texts)
    assert not [text for text in texts if text.startswith("delay")]
    assert hud.value("stages") == "encode key 21.7, decode 2.9", "what reads 0.0 is left out"
    assert window.findChild(StageBar).accessibleDescription() == hud.value("stages")


def test_it_grows_with_its_content_from_its_corner(window: MainWindow) -> None:
    hud = window.parts.canvas.hud
    press(window, Qt.Key.Key_I)
    hud.show_stats(STATS)
    corner, size = hud.geometry().topRight(), hud.size()
    bar = window.findChild(StageBar)
    hud.show_stats(SLOW)
    assert hud.geometry().topRight() == corner
    assert hud.width() > size.width() and hud.height() > size.height()
    assert bar.width() >= bar.sizeHint().width() and bar.height() >= bar.sizeHint().height()
    hud.show_stats(STATS)
    assert hud.size() == size and hud.geometry().topRight() == corner


def test_the_bar_shows_the_shares(qtbot: QtBot) -> None:
    bar = StageBar()
    qtbot.addWidget(bar)
    assert bar.show_stages({"a": 30.0, "b": 10.0})
    assert not bar.show_stages({"a": 30.0, "b": 10.0})
    bar.resize(400, bar.height())
    picture = bar.grab().toImage()
    row = [picture.pixelColor(x, 4).name() for x in range(400)]
    assert row.count(row[1]) == 300 and row.count(row[-2]) == 100 and row[1] != row[-2]
    bar.show_stages({})
    bar.grab()


@pytest.mark.parametrize(
    ("stored", "level"),
    [
        *((False, HudLevel.OFF), ("false", HudLevel.OFF), (True, HudLevel.COMPACT)),
        *(("full", HudLevel.FULL), ("off", HudLevel.OFF), ("much", HudLevel.COMPACT)),
    ],
)
def test_the_level_is_remembered_also_from_before_there_were_levels(
    make_window: WindowMaker, settings: SettingsFile, stored: object, level: HudLevel
) -> None:
    settings.change(window={"view/hud": stored})
    window = make_window()
    assert window.parts.canvas.hud.level is level
    assert window.parts.actions[ActionId.HUD].isChecked() == (level is not HudLevel.OFF)
    window.close()
    assert settings.settings.window["view/hud"] == level.value


def test_it_is_not_shown_on_the_start_page(
    make_window: WindowMaker, workshop: Workshop, qtbot: QtBot
) -> None:
    window = make_window()
    assert not window.parts.canvas.hud.isVisible()
    window.open("camera")
    session: FakeSession = workshop.session
    show(window, session, qtbot)
    assert window.parts.canvas.hud.isVisible()
