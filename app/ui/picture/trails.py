"""Marks as lines and paint in source pixels: what the ink layer draws."""

from dataclasses import dataclass, replace
from enum import Enum

from app.pipeline.palettes import Color
from app.ui.picture.tools import Stroke, Tool
from app.ui.picture.viewport import XY
from swem_core.segment.prompts import Box, Brush, Lasso, Prompt, Scribble, outline_of


class Ink(Enum):
    """How a trail is drawn."""

    PAINT = "paint"
    """As the picture that is to come will show it: the frame as it came, tinted where it adds."""
    BAND = "band"
    OUTLINE = "outline"


@dataclass(frozen=True, slots=True)
class Trail:
    """One mark's line. ``points`` (at least one) and ``radius`` (of paint) in source pixels.

    ``shares``: of the radius at each point; empty for all of it. ``closed``: the end is joined to
    the start.
    """

    ink: Ink
    color: Color
    adds: bool
    points: tuple[XY, ...]
    radius: float = 0.0
    shares: tuple[float, ...] = ()
    closed: bool = False

    def begins(self, other: "Trail") -> bool:
        """Whether ``other`` is this one or continues it: then only the rest has to be drawn."""
        if self.closed:
            return self == other
        count = len(self.points)
        start = replace(
            other, points=other.points[:count], shares=other.shares[:count], closed=False
        )
        return self == start


def trail_of(prompt: Prompt, color: Color) -> Trail | None:
    """Of a finished prompt; None for a click, which is all flag."""
    match prompt:
        case Brush(points, radius, adds, shares):
            return Trail(Ink.PAINT, color, adds, points, radius, shares)
        case Scribble(points, adds):
            return Trail(Ink.BAND, color, adds, points)
        case Box() | Lasso():
            return Trail(Ink.OUTLINE, color, prompt.positive, outline_of(prompt), closed=True)
    return None


def trail_under_way(stroke: Stroke, color: Color) -> Trail | None:
    """Of a stroke while the button is down, such that the finished prompt's continues it; None
    where every movement changes all of it (a box), or nothing is drawn (a click)."""
    if stroke.tool is Tool.LASSO:
        return Trail(Ink.OUTLINE, color, stroke.positive, stroke.points)
    return None if stroke.tool is Tool.BOX else trail_of(stroke.prompt(), color)
