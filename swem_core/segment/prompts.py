"""Prompts: the ways in which a user can mark an object on a frozen frame."""

from dataclasses import dataclass
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Click:
    """A point. ``x, y`` in source pixels. ``positive``: whether it belongs to the object."""

    x: float
    y: float
    positive: bool = True


@dataclass(frozen=True, slots=True)
class Scribble:
    """A rough stroke on the object (negative: beside it), which the click network completes.

    ``points``: at least one (x, y) in source pixels.
    """

    points: tuple[Point, ...]
    positive: bool = True


@dataclass(frozen=True, slots=True)
class Brush:
    """An exact stroke, whose pixels are added to the object or (``add=False``, eraser) removed.

    ``points``: at least one (x, y) in source pixels; ``radius`` in source pixels, > 0.
    ``pressures``: a pen's, one per point, as shares of the radius in (0, 1]; empty: the full
    radius throughout.
    """

    points: tuple[Point, ...]
    radius: float
    add: bool = True
    pressures: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle around the object (negative: around something that is not the object).

    Source pixels, ``left < right`` and ``top < bottom``; it may extend beyond the picture.
    """

    left: float
    top: float
    right: float
    bottom: float
    positive: bool = True


@dataclass(frozen=True, slots=True)
class Lasso:
    """A closed line around the object (negative: around something that is not the object).

    ``points``: at least three (x, y) in source pixels.
    """

    points: tuple[Point, ...]
    positive: bool = True


Mark: TypeAlias = Click | Scribble
"""Lies on the object or, negative, beside it."""
Area: TypeAlias = Box | Lasso
"""Goes around the object or, negative, around something else."""
Hint: TypeAlias = Mark | Area
"""A prompt from which a predictor makes a mask."""
Prompt: TypeAlias = Hint | Brush
"""Any prompt; brush strokes are painted without a predictor."""


def points_of(prompt: Prompt) -> tuple[Point, ...]:
    """All points of a prompt in source pixels; for a box two opposite corners."""
    match prompt:
        case Click(x, y):
            return ((x, y),)
        case Box(left, top, right, bottom):
            return (left, top), (right, bottom)
        case _:
            return prompt.points


def outline_of(area: Area) -> tuple[Point, ...]:
    """The corners of an area, in order, in source pixels."""
    if isinstance(area, Lasso):
        return area.points
    left, top, right, bottom = area.left, area.top, area.right, area.bottom
    return (left, top), (right, top), (right, bottom), (left, bottom)
