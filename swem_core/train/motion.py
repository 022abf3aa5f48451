"""Smooth random motion: how the camera and the pasted objects move over a clip's frames."""

from dataclasses import dataclass, replace

import numpy as np

from swem_core.train.warp import GRID, INNER, Bend, Points, Pose


@dataclass(frozen=True, slots=True)
class Vigour:
    """Largest change per frame. ``shift``: share of the canvas; ``turn``, ``shear``: degrees;
    ``zoom``: log of the scale; ``bend``: share of the bent square's half side, over the clip."""

    shift: float
    turn: float
    shear: float
    zoom: float
    bend: float


CAMERA = Vigour(shift=0.05, turn=3, shear=1.5, zoom=0.04, bend=0.06)
OBJECT = Vigour(shift=0.14, turn=10, shear=5, zoom=0.09, bend=0.2)
SHAKE = Vigour(shift=0.015, turn=2, shear=2, zoom=0.02, bend=0.05)
"""For real videos, which move by themselves."""


def path(
    start: Pose, frames: int, size: int, vigour: Vigour, rng: np.random.Generator
) -> list[Pose]:
    """Poses of one thing over a clip: constant velocities, slightly unsteady; most things do not
    move as fast as they could. ``size``: side of the canvas."""
    strength = rng.beta(1.2, 1.8)
    direction = rng.uniform(0, 2 * np.pi)
    speed = strength * vigour.shift * size * np.array([np.cos(direction), np.sin(direction)])
    turn, shear, zoom = (
        rng.uniform(-1, 1) * limit
        for limit in (np.radians(vigour.turn), np.radians(vigour.shear), vigour.zoom)
    )
    poses = [start]
    for _ in range(frames - 1):
        last = poses[-1]
        unsteady = rng.normal(1, 0.35, 5)
        speed = speed * unsteady[0] + rng.normal(0, 0.1, 2) * strength * vigour.shift * size
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


def bends(frames: int, strength: float, rng: np.random.Generator, *, rim: bool) -> list[Points]:
    """Offsets of the spline's anchors per frame, moving from one random bend to another.

    ``rim``: anchors on the border move, too. ``strength``: largest offset, over [-1, 1]^2.
    """
    ends = rng.uniform(-strength, strength, (2, *GRID.shape))
    if not rim:
        ends[:, ~INNER] = 0
    return [ends[0] + (ends[1] - ends[0]) * t for t in np.linspace(0, 1, frames)]


def bend_at(offsets: Points, centre: tuple[float, float], half: tuple[float, float]) -> Bend:
    """A spline over a rectangle of the canvas."""
    return Bend(offsets, centre, (max(half[0], 1.0), max(half[1], 1.0)))
