"""Stores the view style between runs, and restores it."""

from dataclasses import replace

from PySide6.QtGui import QColor

from app.pipeline.effect import Effect
from app.pipeline.palettes import Color, Palette
from app.pipeline.style import Edge, ViewStyle
from app.ui.actions.action_set import translated
from app.ui.panels.view_controls import MAX_FEATHER, MAX_GROW
from app.ui.state.looks import MAX_OUTLINE
from app.ui.state.window_settings import WindowSettings


def stored_style(window_settings: WindowSettings) -> ViewStyle:
    """The style of the last run; what makes no sense is as it is by default."""
    usual, number = ViewStyle(), window_settings.number
    edge = Edge(
        grow=round(number("view/grow", 0, -MAX_GROW, MAX_GROW)),
        feather=round(number("view/feather", 0, 0, MAX_FEATHER)),
        smooth=number("view/smooth", usual.edge.smooth, 0.0, 1.0),
    )
    return replace(
        usual,
        effect=_effect(window_settings.text("view/effect", usual.effect.value)),
        opacity=number("view/opacity", usual.opacity, 0.0, 1.0),
        outline=round(number("view/outline", usual.outline, 0, MAX_OUTLINE)),
        blur=number("view/blur", usual.blur, 0.0, 1.0),
        blocks=number("view/blocks", usual.blocks, 0.0, 1.0),
        edge=edge,
        palette=Palette(window_settings.file.settings.palette),
        usual_name=translated(usual.usual_name, "%1"),
        color=_color(window_settings.text("view/color", ""), usual.color),
        side_by_side=window_settings.flag("view/side_by_side", default=False),
        mirrored=window_settings.flag("view/mirrored", default=False),
        turns=round(number("view/turns", 0, 0, 3)),
    )


def store_style(window_settings: WindowSettings, style: ViewStyle) -> None:
    """Remember ``style``."""
    window_settings.store(
        view__effect=style.effect.value,
        view__opacity=style.opacity,
        view__outline=style.outline,
        view__blur=style.blur,
        view__blocks=style.blocks,
        view__grow=style.edge.grow,
        view__feather=style.edge.feather,
        view__smooth=style.edge.smooth,
        view__color=QColor(*style.color).name(),
        view__backdrop=style.backdrop.path if style.backdrop else "",
        view__side_by_side=style.side_by_side,
        view__mirrored=style.mirrored,
        view__turns=style.turns,
    )


def stored_backdrop(window_settings: WindowSettings) -> str:
    """The file of the picture behind the objects, "" for none."""
    return window_settings.text("view/backdrop", "")


def _color(name: str, usual: Color) -> Color:
    color = QColor(name)
    return (color.red(), color.green(), color.blue()) if color.isValid() else usual


def _effect(name: str) -> Effect:
    try:
        return Effect(name)
    except ValueError:
        return Effect.OVERLAY
