"""The objects sharp before their blurred surroundings, without a halo of their own colour."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from app.pipeline.effects.foreground import put_over
from app.pipeline.effects.picture import Picture, Plane, averaged, opaque, to_bytes
from app.pipeline.effects.scene import Scene
from swem_core.types import Image, Size

_MAX_SMALL_SIGMA = 4.0  # wider blurs are made of a smaller picture, which shows no difference
_MARGIN = 2  # small pixels around the object that may still carry its colour
_LITTLE = np.float32(0.05)  # share of background below which a wider blur takes over
_FAR = 8  # times smaller: the picture from which what no blur reaches is filled
_TRACE = np.float32(1e-3)


def blur_background(scene: Scene) -> Picture:
    """Blur what is not object with the objects' pixels left out, and put the objects over it."""
    return put_over(scene, scene.matte, blurred_surroundings(scene))


def blurred_surroundings(scene: Scene) -> Picture:
    """The frame blurred as if the objects were not there."""
    sigma = max(scene.style.blur * scene.short_side, 0.5)
    shrink = max(int(np.ceil(sigma / _MAX_SMALL_SIGMA)), 1)
    height, width = scene.size
    grid = (max(height // shrink, 1), max(width // shrink, 1))
    small = averaged(scene.reduced if shrink >= scene.reduction else scene.image, grid)
    small = _normalised_blur(small, _background(scene, grid), sigma / shrink)
    # With four channels it is enlarged faster than with three.
    return np.asarray(cv2.resize(opaque(small), (width, height)), np.uint8)


def _background(scene: Scene, grid: Size) -> Plane:
    """1 where a small pixel is surely background, 0 elsewhere."""
    if scene.matte is None:
        return np.ones(grid, np.float32)
    alpha = averaged(scene.reduced_alpha, grid)
    # Averaging rounds a few faint pixels to nothing; the margin covers them.
    near = cv2.dilate(alpha, np.ones((2 * _MARGIN + 1, 2 * _MARGIN + 1), np.uint8))
    return np.asarray(near == 0, np.float32)


def _normalised_blur(image: Image, weight: Plane, sigma: float) -> Image:
    """sum(w I) / sum(w); where no weight is in reach, that of a wider blur of a smaller picture."""
    parts = [plane * weight for plane in cv2.split(image)]
    total = _gauss(weight, sigma)
    scale = 1 / np.maximum(total, _LITTLE * _LITTLE)
    means = [_gauss(part, sigma) * scale for part in parts]
    known = np.clip(total / _LITTLE, 0, 1)
    if known.min() < 1:
        far = _far_colors(parts, weight)
        means = [mean + (1 - known) * (wide - mean) for mean, wide in zip(means, far, strict=True)]
    return to_bytes(np.dstack(means))


def _far_colors(parts: Sequence[Plane], weight: Plane) -> Sequence[Plane]:
    """Mean colours of a wide neighbourhood, mixed with that of the whole picture."""
    size = (max(weight.shape[1] // _FAR, 1), max(weight.shape[0] // _FAR, 1))
    few = cv2.resize(cv2.merge([*parts, weight]), size, interpolation=cv2.INTER_AREA)
    few = _gauss(np.asarray(few + _TRACE * few.mean((0, 1)), np.float32), _FAR / 2)
    far = few[..., :3] / np.maximum(few[..., 3:], _TRACE * _TRACE)
    wide = np.asarray(cv2.resize(far, weight.shape[::-1]), np.float32)
    return [np.ascontiguousarray(wide[..., channel]) for channel in range(3)]


def _gauss(values: NDArray[np.float32], sigma: float) -> NDArray[np.float32]:
    return np.asarray(cv2.GaussianBlur(values, (0, 0), sigma), np.float32)
