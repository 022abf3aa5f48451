"""Everything can be reached by keyboard and has a name that a screen reader can say."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QMenu,
    QScrollBar,
    QWidget,
)

from app.ui.actions.table import ALL_SPECS
from app.ui.picture.view import VideoView
from app.ui.window.main_window import MainWindow

_INTERACTIVE = (
    QAbstractButton,
    QLineEdit,
    QAbstractSlider,
    QComboBox,
    QAbstractSpinBox,
    QKeySequenceEdit,
    QAbstractItemView,
    VideoView,
)


def controls(window: QWidget) -> list[QWidget]:
    """What a person can act on; the inner parts of Qt's own controls aside."""
    return [
        each
        for each in window.findChildren(QWidget)
        if isinstance(each, _INTERACTIVE)
        and not isinstance(each, QScrollBar | QHeaderView)
        and not each.objectName().startswith("qt_")
        and not is_inside(each, QAbstractSpinBox, QKeySequenceEdit, QComboBox)
    ]


def is_inside(widget: QWidget, *kinds: type[QWidget]) -> bool:
    parent = widget.parentWidget()
    return parent is not None and (isinstance(parent, kinds) or is_inside(parent, *kinds))


def name(control: QWidget) -> str:
    text = control.text() if isinstance(control, QAbstractButton) else ""
    return control.accessibleName() or text


def test_every_control_has_a_name(window: MainWindow) -> None:
    found = controls(window)
    assert len(found) > 40
    nameless = [f"{type(c).__name__} in {type(c.parent()).__name__}" for c in found if not name(c)]
    assert nameless == []


def test_every_control_can_be_reached_with_the_tab_key(window: MainWindow) -> None:
    window.dialogs.preferences.show()
    window.dialogs.shortcuts.show()
    mute = [
        f"{type(each).__name__} {name(each)}"
        for each in controls(window)
        if each.isEnabled() and not each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert mute == []


def keeps(control: QWidget, key: Qt.Key) -> bool:
    """Whether a control that has the keyboard gets ``key``, and not a shortcut of the window."""
    question = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
    question.ignore()
    QApplication.sendEvent(control, question)
    return question.isAccepted()


def test_controls_keep_the_keys_that_work_them(window: MainWindow) -> None:
    pressed = [each for each in controls(window) if isinstance(each, QAbstractButton | QComboBox)]
    inside = [each for each in pressed if each.window() is window]
    assert len(inside) > 40
    assert [name(each) for each in inside if not keeps(each, Qt.Key.Key_Space)] == []
    assert not keeps(window.parts.view, Qt.Key.Key_Space), "there it freezes the picture"
    box = window.parts.record_panel.options.data["masks"]
    assert not keeps(box, Qt.Key.Key_R), "and other keys stay shortcuts"


def test_the_tab_key_goes_all_around_the_window(window: MainWindow) -> None:
    start = window.parts.view
    seen, widget = [start], start.nextInFocusChain()
    while widget is not start:
        seen.append(widget)
        widget = widget.nextInFocusChain()
    reachable = [each for each in controls(window) if each.window() is window]
    assert [name(each) for each in reachable if each not in seen] == []


def test_every_action_has_a_key_or_a_menu(window: MainWindow) -> None:
    in_menus: set[QAction] = set()
    for menu in window.menuBar().findChildren(QMenu):
        in_menus.update(menu.actions())
    actions = window.parts.actions
    for spec in ALL_SPECS:
        assert actions[spec.id] in in_menus or actions.keys[spec.id], spec.id
        assert actions[spec.id].text() and actions[spec.id].statusTip(), spec.id
