"""Stores how the window was left, and restores it."""

from PySide6.QtWidgets import QMainWindow

from app.ui.actions.spec import ActionId
from app.ui.panels.side_panel import SidePanel
from app.ui.picture.hud_level import stored_level
from app.ui.window.parts import Parts
from app.ui.window.stored_style import store_style, stored_backdrop

_SHOWN = (ActionId.GRAPH, ActionId.PANEL)


def restore_window(window: QMainWindow, parts: Parts) -> None:
    """Size and place, what is shown, the picture behind the objects; defaults at a first start."""
    window_settings, actions = parts.window_settings, parts.actions
    window.resize(1280, 800)
    window.restoreGeometry(window_settings.blob("window/geometry"))
    for each in _SHOWN:
        actions.check(each, window_settings.flag(f"view/{each}", default=True))
    parts.canvas.set_hud(stored_level(window_settings))
    actions.check(ActionId.HUD, parts.canvas.hud.level.is_shown)
    parts.canvas.set_graph(actions[ActionId.GRAPH].isChecked())
    if path := stored_backdrop(window_settings):
        parts.view_panel.backdrop.load(path)


def remember_window(window: QMainWindow, parts: Parts, side: SidePanel) -> None:
    """Store all that :func:`restore_window` and the panels read at the next start."""
    store_style(parts.window_settings, parts.looks.chosen)
    parts.window_settings.store(
        window__geometry=window.saveGeometry(),
        **{f"view/{each}": parts.actions[each].isChecked() for each in _SHOWN},
        view__hud=parts.canvas.hud.level.value,
        tools__radius=parts.tools.radius,
        tools__correct_live=parts.live.corrects,
        pace__on=parts.pace.switch.isChecked(),
        pace__fps=parts.pace.rate.value(),
        **parts.record_panel.options.to_store(),
        **side.to_store(),
    )
