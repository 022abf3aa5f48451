from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QSlider, QToolButton
from ui_fakes import FakeSession

from app.ui.actions.spec import ActionId
from app.ui.actions.table import OBJECT_SPECS, SPECS
from app.ui.text.figures import duration_text, rate_text, size_text
from app.ui.widgets import icons
from app.ui.window.main_window import MainWindow

ALL = (*SPECS, *OBJECT_SPECS)


def test_every_action_is_listed_once_and_told() -> None:
    assert [spec.id for spec in SPECS] == sorted(
        (spec.id for spec in SPECS), key=[spec.id for spec in SPECS].index
    )
    assert {spec.id for spec in SPECS} == set(ActionId)
    assert all(spec.text and spec.tip for spec in ALL)


def test_no_two_actions_share_a_key() -> None:
    keys = Counter(QKeySequence(key).toString() for spec in ALL for key in spec.keys)
    assert "" not in keys  # Qt knows every one of them
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("name", sorted({spec.icon for spec in SPECS if spec.icon}))
def test_icons_exist_and_take_their_colour(name: str, qapp: object) -> None:
    drawn = icons.tinted(name, "#102030", "#808080", "#ffffff").pixmap(32, 32).toImage()
    colors = {
        drawn.pixelColor(x, y).name()
        for x in range(drawn.width())
        for y in range(drawn.height())
        if drawn.pixelColor(x, y).alpha() == 255
    }
    assert colors == {"#102030"}


def test_tooltips_show_the_key(window: MainWindow) -> None:
    assert "(Space)" in window.parts.actions[ActionId.FREEZE].toolTip()


def test_controls_have_names_for_screen_readers(window: MainWindow, session: FakeSession) -> None:
    for kind in (QAbstractButton, QLineEdit, QSlider):
        for control in window.findChildren(kind):
            if control.objectName().startswith("qt_"):
                continue  # Qt's own
            assert control.accessibleName() or getattr(control, "text", str)(), control


def test_every_action_is_in_a_menu(window: MainWindow) -> None:
    listed = {
        action.objectName()
        for menu in window.menuBar().actions()
        for action in menu.menu().actions()  # type: ignore[attr-defined]
    }
    assert {spec.id for spec in ALL} <= listed


def test_toolbars_do_not_take_the_keyboard(window: MainWindow) -> None:
    from PySide6.QtCore import Qt

    for button in window.findChildren(QToolButton):
        assert not button.focusPolicy() & Qt.FocusPolicy.ClickFocus


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 B"), (999, "999 B"), (1500, "2 kB"), (1_212_416, "1.2 MB"), (3.2e12, "3.2 TB")],
)
def test_sizes(count: float, text: str) -> None:
    assert size_text(count) == text


def test_durations_and_rates() -> None:
    assert [duration_text(s) for s in (7.9, 754, 3723)] == ["0:07", "12:34", "1:02:03"]
    assert [rate_text(r) for r in (0.0, 29.97)] == ["–", "30.0"]
