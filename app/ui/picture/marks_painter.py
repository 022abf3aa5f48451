"""Draws what was marked, and what is being marked, in the colours of the objects."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QColor, QPainter

from app.pipeline.frames import Frame
from app.pipeline.palettes import Color
from app.ui.picture import overlay
from app.ui.picture.tools import Stroke, Tool
from app.ui.picture.viewport import Viewport
from swem_core.segment.prompts import Prompt
from swem_core.types import ObjectId


@dataclass(frozen=True, slots=True)
class MarksPainter:
    """For one painting of the view.

    ``opacity``: 0..1. ``bare``: the frame as it came, which shows where a brush takes away; None
    where it must not be seen.
    """

    painter: QPainter
    viewport: Viewport
    color_of: Callable[[ObjectId], Color]
    opacity: float
    bare: Frame | None

    def draw_prompt(self, object_id: ObjectId, prompt: Prompt) -> None:
        """A finished prompt."""
        color = QColor(*self.color_of(object_id))
        overlay.draw_prompt(self.painter, self.viewport, self.bare, color, self.opacity, prompt)

    def draw_stroke(self, object_id: ObjectId, stroke: Stroke) -> None:
        """The stroke under way: as the prompt it would be now, a lasso still open."""
        if stroke.tool is not Tool.LASSO:
            return self.draw_prompt(object_id, stroke.prompt())
        color = QColor(*self.color_of(object_id))
        overlay.draw_open_lasso(
            self.painter, self.viewport, color, stroke.points, positive=stroke.positive
        )
