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
    ``pressures``: of a pen, one per point, the share of the radius it draws with, above 0 and at
    most 1; empty: all of it throughout.
    """

    points: tuple[Point, ...]
    radius: float
    add: bool = True
    pressures: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle around the object, or, negative, around what is not it.

    Source pixels, ``left < right`` and ``top < bottom``; it may reach beyond the picture.
    """

    left: float
    top: float
    right: float
    bottom: float
    positive: bool = True


@dataclass(frozen=True, slots=True)
class Lasso:
    """A closed line around the object, or, negative, around what is not it.

    ``points``: at least three (x, y) in source pixels.
    """

    points: tuple[Point, ...]
    positive: bool = True


Mark: TypeAlias = Click | Scribble
"""What lies on the object, or beside it."""
Area: TypeAlias = Box | Lasso
"""What goes around the object, or around what is not it."""
Hint: TypeAlias = Mark | Area
"""What a predictor completes to a mask."""
Prompt: TypeAlias = Hint | Brush


def points_of(prompt: Prompt) -> tuple[Point, ...]:
    """All points of a prompt, in source pixels; of a box two opposite corners."""
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
