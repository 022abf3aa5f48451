"""From parsed arguments to what the pipeline takes."""

import argparse

from app.pipeline.loading import EngineChoice
from app.pipeline.style import ObjectStyle, ViewStyle
from app.prompts_file import PromptsFile
from app.settings import Settings


def engine_choice(arguments: argparse.Namespace, settings: Settings | None = None) -> EngineChoice:
    """The engine options that all commands share; ``settings`` for what was not given."""
    usual = settings or Settings()
    return EngineChoice(
        arguments.model,
        arguments.device or usual.device,
        arguments.weights,
        arguments.size or usual.short_side,
        arguments.precision or usual.precision,
    )


def style_of(prompts: PromptsFile, style: ViewStyle) -> ViewStyle:
    """``style`` with the names and colours a prompts file gives its objects."""
    for entry in prompts.objects:
        known = style.of(entry.object_id)
        color = entry.color or known.color
        style = style.with_object(
            entry.object_id, ObjectStyle(entry.name or known.name, color, known.visible)
        )
    return style
