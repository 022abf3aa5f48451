"""What a person can say about an object on a frozen frame."""

from dataclasses import dataclass
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Click:
    """A point. ``x, y`` in source pixels; ``positive``: it belongs to the object, or does not."""

    x: float
    y: float
    positive: bool = True


@dataclass(frozen=True, slots=True)
class Scribble:
    """A rough stroke through (or, negative, beside) the object; the click network completes it.

    ``points``: at least one (x, y) in source pixels.
    """

    points: tuple[Point, ...]
    positive: bool = True


@dataclass(frozen=True, slots=True)
class Brush:
    """An exact stroke: its pixels become the object, or with ``add=False`` (eraser) stop being it.

    ``points``: at least one (x, y) in source pixels; ``radius`` in source pixels, > 0.
    """

    points: tuple[Point, ...]
    radius: float
    add: bool = True


Prompt: TypeAlias = Click | Scribble | Brush


def points_of(prompt: Prompt) -> tuple[Point, ...]:
    """All points of a prompt, in source pixels."""
    return ((prompt.x, prompt.y),) if isinstance(prompt, Click) else prompt.points
