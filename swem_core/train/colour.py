"""Changing how pictures look without moving anything."""

import cv2
import numpy as np
from numpy.typing import NDArray

from swem_core.types import Image

_GREY = np.array([0.114, 0.587, 0.299])  # of B, G, R

_FAULTS = {"nothing": 0.5, "blur": 0.15, "few pixels": 0.15, "blocks": 0.1, "noise": 0.1}


def random_colour(
    rng: np.random.Generator,
    *,
    brightness: float = 0.1,
    contrast: float = 0.1,
    saturation: float = 0.15,
    hue: float = 0.05,
    grey: float = 0.05,
) -> NDArray[np.float64]:
    """3 x 4 affine map of BGR colours.

    Strengths are the largest relative changes (``hue`` in turns); ``grey``: probability of none.
    """
    light = 1 + rng.uniform(-brightness, brightness)
    strength = 1 + rng.uniform(-contrast, contrast)
    vivid = 0.0 if rng.random() < grey else 1 + rng.uniform(-saturation, saturation)
    matrix = vivid * _hue_turn(rng.uniform(-hue, hue)) + (1 - vivid) * np.tile(_GREY, (3, 1))
    offset = np.full((3, 1), 128 * (1 - strength))
    joined: NDArray[np.float64] = np.concatenate((light * strength * matrix, offset), 1)
    return joined


def recoloured(image: Image, matrix: NDArray[np.float64]) -> Image:
    """``image`` under a map of :func:`random_colour`."""
    return cv2.transform(image, matrix).astype(np.uint8, copy=False)


def _hue_turn(turns: float) -> NDArray[np.float64]:
    """3 x 3 rotation of colours about the grey axis."""
    angle = 2 * np.pi * turns
    axis = np.full((3, 3), 1 / 3)
    cross = np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]]) / np.sqrt(3)
    turned: NDArray[np.float64] = (
        np.cos(angle) * np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * axis
    )
    return turned


def worsened(frames: list[Image], rng: np.random.Generator) -> list[Image]:
    """What cameras and codecs do to a whole clip: blur, few pixels, blocks, noise, or nothing."""
    kind = rng.choice(list(_FAULTS), p=list(_FAULTS.values()))
    if kind == "blur":
        kernel = _blur_kernel(rng)
        return [cv2.filter2D(frame, -1, kernel).astype(np.uint8, copy=False) for frame in frames]
    if kind == "few pixels":
        share = rng.uniform(0.4, 0.8)
        return [_coarse(frame, share) for frame in frames]
    if kind == "blocks":
        quality = int(rng.integers(20, 60))
        return [_through_jpeg(frame, quality) for frame in frames]
    if kind == "noise":
        deviation = rng.uniform(2, 10)
        return [_noisy(frame, deviation, rng) for frame in frames]
    return frames


def _blur_kernel(rng: np.random.Generator) -> NDArray[np.float32]:
    """A line of random length and direction (motion), 3 to 9 pixels."""
    length = int(rng.integers(1, 5)) * 2 + 1
    kernel = np.zeros((length, length), np.float32)
    angle, half = rng.uniform(0, np.pi), length // 2
    across, down = half * np.cos(angle), half * np.sin(angle)
    ends = [(round(half + s * across), round(half + s * down)) for s in (-1, 1)]
    cv2.line(kernel, ends[0], ends[1], 1.0)
    kernel /= kernel.sum()
    return kernel


def _coarse(frame: Image, share: float) -> Image:
    small = cv2.resize(frame, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    size = (frame.shape[1], frame.shape[0])
    return cv2.resize(small, size, interpolation=cv2.INTER_LINEAR).astype(np.uint8, copy=False)


def _through_jpeg(frame: Image, quality: int) -> Image:
    _, data = cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, quality])
    decoded = cv2.imdecode(data, cv2.IMREAD_COLOR)
    assert decoded is not None
    return decoded.astype(np.uint8, copy=False)


def _noisy(frame: Image, deviation: float, rng: np.random.Generator) -> Image:
    noise = rng.normal(0, deviation, frame.shape).astype(np.float32)
    noisy: Image = np.clip(frame + noise, 0, 255).astype(np.uint8)
    return noisy
