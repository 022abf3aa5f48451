"""The side panel: sections that fold, a list that keeps its room, rows that keep their names."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSlider
from pytestqt.qtbot import QtBot
from ui_fakes import FakeSession
from window_kit import WindowMaker, press

from app.pipeline.events import LostChanged, ObjectsChanged
from app.settings_file import SettingsFile
from app.ui.panels.object_row import ObjectRow
from app.ui.panels.objects_panel import ROWS_SHOWN
from app.ui.panels.side_panel import SidePanel
from app.ui.widgets.section import Section
from app.ui.window.main_window import MainWindow

Key = Qt.Key
LOW = (1024, 640)


def panel_of(window: MainWindow) -> SidePanel:
    (panel,) = window.findChildren(SidePanel)
    return panel


def foldable(window: MainWindow) -> list[Section]:
    return [one for one in window.findChildren(Section) if one.key]


def track(window: MainWindow, session: FakeSession, qtbot: QtBot, count: int) -> list[ObjectRow]:
    ids = tuple(range(1, count + 1))
    session.emit(ObjectsChanged(ids))
    panel = window.parts.objects_panel
    qtbot.waitUntil(lambda: panel.ids == ids)
    return [panel.row(each) for each in ids]


def test_folding_gives_the_room_to_the_objects(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1280, 800)
    objects = window.parts.objects_panel
    before = objects.height()
    for section in foldable(window):
        QTest.mouseClick(section.fold_button, Qt.MouseButton.LeftButton)
        assert section.is_folded and not section.body.parentWidget().isVisible()
        assert section.fold_button.isVisible()
    qtbot.waitUntil(lambda: objects.height() > before + 300)
    QTest.mouseClick(foldable(window)[0].fold_button, Qt.MouseButton.LeftButton)
    assert not foldable(window)[0].is_folded


def test_a_section_is_folded_by_the_keyboard(window: MainWindow) -> None:
    section = window.parts.view_panel
    section.fold_button.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Key.Key_Space, Key.Key_Return):
        before = section.is_folded, section.fold_button.accessibleDescription()
        QTest.keyClick(section.fold_button, key)
        assert section.is_folded != before[0]
        assert section.fold_button.accessibleDescription() != before[1]
    assert section.fold_button.accessibleName() == "View"
    assert window.parts.view_panel.mirror.isVisible()
    section.set_folded(True)
    assert section.mirror.isVisible(), "what is in the header stays at hand"


def test_folded_sections_are_remembered(make_window: WindowMaker, settings: SettingsFile) -> None:
    first = make_window()
    first.parts.record_panel.set_folded(True)
    first.close()
    again = make_window()
    assert [one.key for one in foldable(again) if one.is_folded] == ["record"]
    again.parts.record_panel.set_folded(False)
    again.close()
    assert not any(one.is_folded for one in foldable(make_window()))


def test_asking_for_an_address_unfolds_the_source(window: MainWindow) -> None:
    source = window.parts.source_panel
    source.set_folded(True)
    press(window, Key.Key_U)
    assert source.address.isVisible() and source.address.hasFocus()


def test_three_rows_are_seen_however_low_the_window(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    rows = track(window, session, qtbot, 5)
    for size in (LOW, (1280, 800), (1366, 768)):
        window.resize(*size)
        QApplication.processEvents()
        third = rows[ROWS_SHOWN - 1]
        viewport = window.parts.objects_panel._area.viewport()
        bottom = third.mapTo(viewport, QPoint(0, third.height())).y()
        assert bottom <= viewport.height(), f"{size}: the third row is cut off"
        bar = panel_of(window).horizontalScrollBar()
        assert bar.maximum() == 0, "nothing lies beside the panel"


def test_the_chosen_object_is_scrolled_to(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    rows = track(window, session, qtbot, 9)
    last = rows[-1]
    assert last.visibleRegion().isEmpty()
    press(window, Key.Key_9)
    qtbot.waitUntil(lambda: last.visibleRegion().boundingRect().height() == last.height())


def test_the_wheel_scrolls_and_changes_nothing(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(*LOW)
    panel, slider = panel_of(window), window.parts.view_panel.opacity.slider
    qtbot.waitUntil(lambda: panel.verticalScrollBar().maximum() > 0)
    before = slider.value()
    turn_wheel(slider)
    assert slider.value() == before and panel.verticalScrollBar().value() > 0
    slider.setFocus()
    turn_wheel(slider)
    assert slider.value() != before


def turn_wheel(slider: QSlider) -> None:
    middle = QPointF(slider.rect().center())
    event = QWheelEvent(
        middle,
        slider.mapToGlobal(middle),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(slider, event)


def test_names_and_badges_have_room(window: MainWindow, session: FakeSession, qtbot: QtBot) -> None:
    rows = track(window, session, qtbot, 2)
    for number in (1, 2):
        window.parts.looks.rename(number, "Wolfhound 12")
    session.emit(LostChanged(frozenset({1, 2})))
    qtbot.waitUntil(lambda: all(row.badge.isVisible() for row in rows))
    QApplication.processEvents()
    for row in rows:  # the first is chosen, so its buttons are open
        name = row.name
        assert name.text() == "Wolfhound 12" and name.cursorPositionAt(QPoint(0, 5)) == 0
        needed = name.fontMetrics().horizontalAdvance(name.text())
        assert needed + 8 <= name.width(), f"{name.width()} px for {needed}"
        assert row.badge.sizeHint().width() <= row.badge.width()
    assert rows[0].remove.width() > 0 and rows[1].remove.width() == 0


def test_buttons_open_under_the_mouse_and_for_the_keyboard(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    _, row = track(window, session, qtbot, 2)
    spot = QPointF(4, 4)
    QApplication.sendEvent(row, QEnterEvent(spot, spot, spot))
    assert row.lock.width() > 0
    QApplication.sendEvent(row, QEvent(QEvent.Type.Leave))
    assert row.lock.width() == 0 and row.lock.isVisible(), "there for screen readers"
    row.name.setFocus(Qt.FocusReason.TabFocusReason)
    reached = []
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert reached == [row.eye, row.solo, row.lock, row.remove]
    assert row.remove.width() > 0
    window.parts.view.setFocus()
    assert row.remove.width() == 0


def test_what_is_not_as_usual_stays_visible(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    _, row = track(window, session, qtbot, 2)
    window.parts.looks.set_visible(2, False)
    assert row.eye.width() > 0 and row.lock.width() == 0
    window.parts.looks.set_visible(2, True)
    assert row.eye.width() == 0
