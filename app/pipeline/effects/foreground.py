"""Putting the objects over another background without the old one's colour on their edges."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.pipeline.effects.guided import sample
from app.pipeline.effects.matte import Matte
from app.pipeline.effects.picture import (
    Picture,
    Pixels,
    Plane,
    averaged,
    opaque,
    partly,
    pixels_in,
    where,
)
from app.pipeline.effects.scene import Scene

_WINDOW = (9, 9)  # grid pixels


@dataclass(frozen=True, slots=True)
class EdgePixels:
    """The half transparent pixels of a matte: where in its box, and the object's own colours.

    ``colors``: Nx3 float32 BGR 0..255. ``alpha``: Nx1, 0..1.
    """

    at: Pixels
    colors: NDArray[np.float32]
    alpha: NDArray[np.float32]


def edge_of(scene: Scene, matte: Matte) -> EdgePixels:
    """Estimate the object's colours on its edge.

    A pixel there is alpha of the object and the rest of what is behind. Means of both near the
    pixel give a first estimate, which is corrected by what the pixel shows beyond them (Forte,
    *Approximate fast foreground colour estimation*, ICIP 2021).
    """
    assert scene.mattes is not None
    at = pixels_in(partly(matte.alpha))
    shown = at.of(scene.image, matte.box).astype(np.float32)
    alpha = matte.alpha[at.rows, at.columns].astype(np.float32)[:, None] * np.float32(1 / 255)
    if len(alpha) == 0:
        return EdgePixels(at, shown, alpha)
    inside, outside = _mean_colors(scene)
    points = scene.mattes.on_grid(at, matte.box)
    near, far = sample(inside, *points), sample(outside, *points)
    beyond = shown - alpha * near - (1 - alpha) * far
    return EdgePixels(at, np.clip(near + alpha * beyond, 0, 255), alpha)


def put_over(scene: Scene, matte: Matte | None, background: Picture) -> Picture:
    """The objects of ``matte`` over ``background``, which is changed in place and given back."""
    if matte is None:
        return background
    part = background[matte.box]
    where(matte.alpha == 255, opaque(scene.image[matte.box]), part)
    edge = edge_of(scene, matte)
    mixed = edge.at.of(background, matte.box)
    behind = mixed[:, :3].astype(np.float32)
    mixed[:, :3] = np.rint(behind + edge.alpha * (edge.colors - behind))
    edge.at.put(background, matte.box, mixed)
    return background


def _mean_colors(scene: Scene) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Mean colours (0..255) of the objects, and of all else, around every pixel of the grid."""
    assert scene.mattes is not None
    small = averaged(scene.reduced_alpha, scene.mattes.grid)
    alpha = small.astype(np.float32) * np.float32(1 / 255)
    image = scene.mattes.guide.image * np.float32(255)
    # Squared: pixels that are mostly the one or the other say more about it.
    return _weighted(image, alpha * alpha), _weighted(image, (1 - alpha) * (1 - alpha))


def _weighted(image: NDArray[np.float32], weight: Plane) -> NDArray[np.float32]:
    total = np.asarray(cv2.blur(weight, _WINDOW), np.float32) + np.float32(1e-4)
    color = np.asarray(cv2.blur(image * weight[..., None], _WINDOW), np.float32)
    return color / total[..., None]
