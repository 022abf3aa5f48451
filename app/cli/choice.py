"""From parsed arguments to what the pipeline takes."""

import argparse

from app.pipeline.loading import EngineChoice
from app.pipeline.style import ObjectStyle, ViewStyle, default_color
from app.prompts_file import PromptsFile


def engine_choice(arguments: argparse.Namespace) -> EngineChoice:
    """The engine options that all commands share."""
    return EngineChoice(
        arguments.model, arguments.device, arguments.weights, arguments.size, arguments.precision
    )


def style_of(prompts: PromptsFile, style: ViewStyle) -> ViewStyle:
    """``style`` with the names and colours a prompts file gives its objects."""
    for entry in prompts.objects:
        known = style.of(entry.object_id)
        color = entry.color or default_color(entry.object_id)
        style = style.with_object(
            entry.object_id, ObjectStyle(entry.name or known.name, color, known.visible)
        )
    return style
