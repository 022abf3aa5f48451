"""Choosing a screen, or a part of one."""

from collections.abc import Sequence

from pytestqt.qtbot import QtBot
from ui_fakes import FakeCamera, Workshop
from window_kit import WindowMaker, banners

from app.errors import SourceError
from app.ui.actions.spec import ActionId


def test_screens_are_offered_and_a_part_can_be_typed(
    make_window: WindowMaker, workshop: Workshop, qtbot: QtBot
) -> None:
    window = make_window()
    window.parts.source_panel.screen_button.click()
    menu = window.parts.screens.menu
    qtbot.waitUntil(menu.isVisible)
    first, _, part = menu.actions()
    assert (first.text(), part.text()) == ("Screen 0", "Part of the screen…")
    menu.hide()
    first.trigger()
    qtbot.waitUntil(lambda: workshop.opened == ["screen:0"])
    part.trigger()
    address = window.parts.source_panel.address
    assert address.isVisible()
    address.setText("screen:10,20,64x48")
    address.confirmed.emit(address.text())
    qtbot.waitUntil(lambda: workshop.opened[-1] == "screen:10,20,64x48")


def test_why_there_is_no_screen_is_said(make_window: WindowMaker, qtbot: QtBot) -> None:
    def refuse() -> Sequence[FakeCamera]:
        raise SourceError("This is a Wayland session.")

    window = make_window(list_screens=refuse)
    window.parts.actions[ActionId.OPEN_SCREEN].trigger()
    qtbot.waitUntil(lambda: banners(window) == ["This is a Wayland session."])
