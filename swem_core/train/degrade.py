"""Degrading clips as cameras and codecs do."""

import cv2
import numpy as np
from numpy.typing import NDArray

from swem_core.types import Image

_CHANCES = {"none": 0.5, "blur": 0.15, "low resolution": 0.15, "jpeg": 0.1, "noise": 0.1}


def degraded(frames: list[Image], rng: np.random.Generator) -> list[Image]:
    """A clip with the same kind of degradation on every frame, or unchanged.

    Motion blur, low resolution, JPEG artefacts or noise, with the probabilities ``_CHANCES``.
    """
    kind = rng.choice(list(_CHANCES), p=list(_CHANCES.values()))
    if kind == "blur":
        kernel = _blur_kernel(rng)
        return [cv2.filter2D(frame, -1, kernel).astype(np.uint8, copy=False) for frame in frames]
    if kind == "low resolution":
        share = rng.uniform(0.4, 0.8)
        return [_low_resolution(frame, share) for frame in frames]
    if kind == "jpeg":
        quality = int(rng.integers(20, 60))
        return [_through_jpeg(frame, quality) for frame in frames]
    if kind == "noise":
        deviation = rng.uniform(2, 10)
        return [_noisy(frame, deviation, rng) for frame in frames]
    return frames


def _blur_kernel(rng: np.random.Generator) -> NDArray[np.float32]:
    """Motion blur: a line of random direction, 3 to 9 pixels long."""
    length = int(rng.integers(1, 5)) * 2 + 1
    kernel = np.zeros((length, length), np.float32)
    angle, half = rng.uniform(0, np.pi), length // 2
    across, down = half * np.cos(angle), half * np.sin(angle)
    ends = [(round(half + s * across), round(half + s * down)) for s in (-1, 1)]
    cv2.line(kernel, ends[0], ends[1], 1.0)
    kernel /= kernel.sum()
    return kernel


def _low_resolution(frame: Image, share: float) -> Image:
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
