"""Brush strokes as pixels."""

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from swem_core.segment.prompts import Brush, Point

_SUBPIXEL = 4  # fractional bits of OpenCV's drawing coordinates
_SCALE = 1 << _SUBPIXEL


def draw_stroke(plane: NDArray[np.uint8], brush: Brush, value: int) -> None:
    """Draw a brush's round-capped stroke, exactly its radius wide or varying with pressure."""
    if brush.pressures:
        _draw_uneven(
            plane, brush.points, [brush.radius * share for share in brush.pressures], value
        )
        return
    path = np.rint(np.array(brush.points) * _SCALE).astype(np.int32)
    if len(brush.points) > 1:
        thickness = max(1, round(2 * brush.radius))
        cv2.polylines(plane, [path], False, value, thickness, cv2.LINE_8, _SUBPIXEL)
    for point in path:
        _disc(plane, (int(point[0]), int(point[1])), brush.radius, value)


def _between(
    start: Point, end: Point, radii: tuple[float, float]
) -> tuple[Point, Point, Point, Point] | None:
    """The quadrilateral between a disc at ``start`` and one at ``end``, clockwise on the screen;
    None if both have the same centre."""
    across = np.hypot(end[0] - start[0], end[1] - start[1])
    if across == 0:
        return None
    x, y = (end[1] - start[1]) / across, (start[0] - end[0]) / across
    first, last = radii
    return (
        (start[0] + x * first, start[1] + y * first),
        (end[0] + x * last, end[1] + y * last),
        (end[0] - x * last, end[1] - y * last),
        (start[0] - x * first, start[1] - y * first),
    )


def _draw_uneven(
    plane: NDArray[np.uint8], points: Sequence[Point], radii: Sequence[float], value: int
) -> None:
    for (start, first), (end, last) in pairwise(zip(points, radii, strict=True)):
        corners = _between(start, end, (first, last))
        if corners is not None:
            fixed = np.rint(np.array(corners) * _SCALE).astype(np.int32)
            cv2.fillConvexPoly(plane, fixed, value, cv2.LINE_8, _SUBPIXEL)
    for (x, y), radius in zip(points, radii, strict=True):
        _disc(plane, (round(x * _SCALE), round(y * _SCALE)), radius, value)


def _disc(plane: NDArray[np.uint8], centre: tuple[int, int], radius: float, value: int) -> None:
    cv2.circle(plane, centre, round(radius * _SCALE), value, -1, cv2.LINE_8, _SUBPIXEL)
