"""Colour jitter as affine maps of BGR colours."""

import cv2
import numpy as np
from numpy.typing import NDArray

from swem_core.types import Image

_GREY = np.array([0.114, 0.587, 0.299])  # of B, G, R


def random_colour(
    rng: np.random.Generator,
    *,
    brightness: float = 0.1,
    contrast: float = 0.1,
    saturation: float = 0.15,
    hue: float = 0.05,
    grey: float = 0.05,
) -> NDArray[np.float64]:
    """A random affine map of BGR colours: 3 x 4.

    ``brightness``, ``contrast``, ``saturation``: largest relative changes. ``hue``: largest
    rotation, in turns. ``grey``: probability of removing all colour.
    """
    light = 1 + rng.uniform(-brightness, brightness)
    strength = 1 + rng.uniform(-contrast, contrast)
    vivid = 0.0 if rng.random() < grey else 1 + rng.uniform(-saturation, saturation)
    matrix = vivid * _hue_turn(rng.uniform(-hue, hue)) + (1 - vivid) * np.tile(_GREY, (3, 1))
    offset = np.full((3, 1), 128 * (1 - strength))
    joined: NDArray[np.float64] = np.concatenate((light * strength * matrix, offset), 1)
    return joined


def recoloured(image: Image, matrix: NDArray[np.float64]) -> Image:
    """``image`` (H x W x 3 BGR) mapped by a matrix from :func:`random_colour`."""
    return cv2.transform(image, matrix).astype(np.uint8, copy=False)


def _hue_turn(turns: float) -> NDArray[np.float64]:
    """3 x 3 rotation of colours around the grey axis."""
    angle = 2 * np.pi * turns
    axis = np.full((3, 3), 1 / 3)
    cross = np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]]) / np.sqrt(3)
    turned: NDArray[np.float64] = (
        np.cos(angle) * np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * axis
    )
    return turned
