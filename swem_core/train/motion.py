"""Smooth random motion of the camera and of pasted objects over the frames of a clip."""

from dataclasses import dataclass, replace

import numpy as np

from swem_core.train.geometry import ANCHORS, IS_INNER, Points, Pose, ThinPlateSpline


@dataclass(frozen=True, slots=True)
class MotionLimits:
    """Largest change per frame. ``shift``: share of the canvas side. ``turn``, ``shear``: degrees.
    ``zoom``: natural logarithm of the scale. ``bend``: of the whole clip, largest displacement as
    a share of half the bent square's side."""

    shift: float
    turn: float
    shear: float
    zoom: float
    bend: float


CAMERA = MotionLimits(shift=0.05, turn=3, shear=1.5, zoom=0.04, bend=0.06)
OBJECT = MotionLimits(shift=0.14, turn=10, shear=5, zoom=0.09, bend=0.2)
SHAKE = MotionLimits(shift=0.015, turn=2, shear=2, zoom=0.02, bend=0.05)
"""For real videos, which have motion of their own."""


def random_path(
    start: Pose, frames: int, size: int, limits: MotionLimits, rng: np.random.Generator
) -> list[Pose]:
    """Poses of one thing over a clip, at nearly constant and mostly moderate velocities.

    ``size``: side of the canvas in pixels.
    """
    strength = rng.beta(1.2, 1.8)
    direction = rng.uniform(0, 2 * np.pi)
    speed = strength * limits.shift * size * np.array([np.cos(direction), np.sin(direction)])
    turn, shear, zoom = (
        rng.uniform(-1, 1) * limit
        for limit in (np.radians(limits.turn), np.radians(limits.shear), limits.zoom)
    )
    poses = [start]
    for _ in range(frames - 1):
        last = poses[-1]
        unsteady = rng.normal(1, 0.35, 5)
        speed = speed * unsteady[0] + rng.normal(0, 0.1, 2) * strength * limits.shift * size
        poses.append(
            replace(
                last,
                centre=(last.centre[0] + float(speed[0]), last.centre[1] + float(speed[1])),
                scale=last.scale * float(np.exp(zoom * unsteady[1])),
                angle=last.angle + float(turn * unsteady[2]),
                shear=last.shear + float(shear * unsteady[3]),
            )
        )
    return poses


def random_bends(
    frames: int, strength: float, rng: np.random.Generator, *, rim: bool
) -> list[Points]:
    """Per frame the 16 x 2 offsets of a spline's anchors, moving from one random bend to another.

    ``strength``: largest offset, in the square [-1, 1]^2. ``rim``: anchors on the border move too.
    """
    ends = rng.uniform(-strength, strength, (2, *ANCHORS.shape))
    if not rim:
        ends[:, ~IS_INNER] = 0
    return [ends[0] + (ends[1] - ends[0]) * t for t in np.linspace(0, 1, frames)]


def spline_over(
    offsets: Points, centre: tuple[float, float], half: tuple[float, float]
) -> ThinPlateSpline:
    """A spline over the canvas rectangle with this centre and half width and height."""
    return ThinPlateSpline(offsets, centre, (max(half[0], 1.0), max(half[1], 1.0)))
