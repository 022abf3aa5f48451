"""Puts the objects over another background, without the old one's colour on their edges."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.pipeline.effects.guided_filter import sample
from app.pipeline.effects.matte import Matte
from app.pipeline.effects.picture import Picture, Plane, averaged, blend, partly, to_bytes, where
from app.pipeline.effects.pixels import Pixels, pixels_in
from app.pipeline.effects.scene import Scene

_WINDOW = (9, 9)  # grid pixels


@dataclass(frozen=True, slots=True)
class EdgePixels:
    """The half transparent pixels of a matte: where in its box, and the object's own colours.

    ``colors``: Nx4 uint8 BGRA, opaque. ``alpha``: N, 0..1.
    """

    at: Pixels
    colors: NDArray[np.uint8]
    alpha: Plane


def edge_of(scene: Scene, matte: Matte) -> EdgePixels:
    """Estimate the object's colours on its edge.

    A pixel there is alpha of the object and the rest of what is behind. Means of both near the
    pixel give a first estimate, which is corrected by what the pixel shows beyond them (Forte,
    *Approximate fast foreground colour estimation*, ICIP 2021).
    """
    assert scene.mattes is not None
    at = pixels_in(partly(matte.alpha))
    shown = at.of(scene.pyramid.opaque, matte.box)
    alpha = matte.alpha.reshape(-1).take(at.inside(matte.alpha)) * np.float32(1 / 255)
    if len(alpha) == 0:
        return EdgePixels(at, shown, alpha)
    inside, outside = _mean_colors(scene)
    points = scene.mattes.on_grid(at, matte.box)
    near, far = sample(inside, *points), sample(outside, *points)
    return EdgePixels(at, _beyond_means(shown, near, far, alpha), alpha)


def _beyond_means(
    shown: NDArray[np.uint8], near: NDArray[np.uint8], far: NDArray[np.uint8], alpha: Plane
) -> NDArray[np.uint8]:
    """The object's colours (Nx4) from means of both. One channel at a time: numpy is slow on
    rows of three."""
    colors = np.full_like(shown, 255)
    for channel in range(3):
        front, back, seen = (
            np.ascontiguousarray(each[:, channel]).astype(np.float32) for each in (near, far, shown)
        )
        beyond = seen - back - alpha * (front - back)
        colors[:, channel] = to_bytes(front + alpha * beyond).ravel()
    return colors


def put_over(scene: Scene, matte: Matte | None, background: Picture) -> Picture:
    """Draw the objects of ``matte`` over ``background``, in place, and return it."""
    if matte is None:
        return background
    where(matte.alpha == 255, scene.pyramid.opaque[matte.box], background[matte.box])
    edge = edge_of(scene, matte)
    if len(edge.alpha):
        behind = edge.at.of(background, matte.box)
        edge.at.put(background, matte.box, blend(edge.colors[None], behind[None], edge.alpha[None]))
    return background


def _mean_colors(scene: Scene) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Mean colours of the objects, and of the background, around each grid pixel: HxWx4."""
    assert scene.mattes is not None
    alpha = averaged(scene.reduced_alpha, scene.mattes.grid) * np.float32(1 / 255)
    channels = scene.mattes.guide.channels
    # Squared: pixels that are mostly the one or the other say more about it.
    return _weighted(channels, alpha * alpha), _weighted(channels, (1 - alpha) * (1 - alpha))


def _weighted(channels: Sequence[Plane], weight: Plane) -> NDArray[np.uint8]:
    scale = 255 / (np.asarray(cv2.blur(weight, _WINDOW), np.float32) + np.float32(1e-4))
    means = [np.asarray(cv2.blur(channel * weight, _WINDOW)) * scale for channel in channels]
    # With a fourth channel it is read from faster.
    return to_bytes(np.asarray(cv2.merge([*means, weight]), np.float32))
