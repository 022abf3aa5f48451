"""Composing clips from pictures: a backdrop under a moving camera, and cut-outs that move over it
and occlude each other, some of them tracked, the others distractors (METHOD E, stage 0; but motion
is smooth over the frames, not drawn independently for each)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from swem_core.train.geometry import Points, Pose, Window, inverse_map, resampled
from swem_core.train.motion import MotionLimits, random_bends, random_path, spline_over
from swem_core.types import Image, Labels

_SHRINK_BELOW = 0.7  # scale under which a cut-out is shrunk by area first, against aliasing


@dataclass(frozen=True, slots=True)
class CutOut:
    """An object cut out of a picture. ``image``: H x W x 3 BGR. ``alpha``: H x W uint8 coverage."""

    image: Image
    alpha: NDArray[np.uint8]

    def shrunk(self, share: float) -> "CutOut":
        """Resized by the factor ``share`` < 1, by area averaging."""
        parts = (
            cv2.resize(part, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
            for part in (self.image, self.alpha)
        )
        return CutOut(*(part.astype(np.uint8, copy=False) for part in parts))


@dataclass(frozen=True, slots=True)
class MovingCutOut:
    """A cut-out with its pose and bend (16 x 2 offsets) per frame. ``label``: its object id."""

    cut_out: CutOut
    poses: tuple[Pose, ...]
    bends: tuple[Points, ...]
    label: int


def cut_out(image: Image, labels: Labels, object_id: int) -> CutOut:
    """Cut out an object with its bounding box and a margin; its edge is softened by a pixel."""
    mask = (labels == object_id).astype(np.uint8)
    x, y, w, h = cv2.boundingRect(mask)
    top, left = max(y - 2, 0), max(x - 2, 0)
    rows, columns = slice(top, y + h + 2), slice(left, x + w + 2)
    alpha = cv2.GaussianBlur(mask[rows, columns] * np.uint8(255), (3, 3), 0)
    return CutOut(image[rows, columns].copy(), alpha.astype(np.uint8, copy=False))


def moving_cut_out(
    what: CutOut, label: int, frames: int, size: int, limits: MotionLimits, rng: np.random.Generator
) -> MovingCutOut:
    """``what`` on a random path over a square canvas of side ``size``."""
    height, width = what.alpha.shape
    extent = rng.uniform(0.18, 0.7) * size
    scale = extent / max(height, width)
    if scale < _SHRINK_BELOW:
        what, scale = what.shrunk(scale), 1.0
        height, width = what.alpha.shape
    centre = rng.uniform(0.15, 0.85, 2) * size
    start = Pose(
        anchor=((width - 1) / 2, (height - 1) / 2),
        centre=(float(centre[0]), float(centre[1])),
        scale=scale,
        angle=float(np.radians(rng.normal(0, 12))),
        stretch=float(np.exp(rng.uniform(-0.2, 0.2))),
        mirrored=bool(rng.random() < 0.5),
    )
    poses = random_path(start, frames, size, limits, rng)
    return MovingCutOut(
        what, tuple(poses), tuple(random_bends(frames, limits.bend, rng, rim=True)), label
    )


def backdrop(
    pictures: Sequence[tuple[Image, Labels]],
    size: int,
    limits: MotionLimits,
    rng: np.random.Generator,
) -> tuple[list[Image], list[Labels]]:
    """The camera's view, side ``size``, of pictures of equal size: one still, or a video's frames.

    Beyond its border a picture is mirrored, together with its labels.
    """
    height, width = pictures[0][0].shape[:2]
    zoom = size / min(height, width) * np.exp(rng.uniform(-0.05, 0.45))
    slack = [max(side - size / zoom, 0) / 2 for side in (width, height)]
    anchor = ((width - 1) / 2, (height - 1) / 2)
    centre = [(size - 1) / 2 + rng.uniform(-room, room) * zoom for room in slack]
    start = Pose(
        anchor=anchor,
        centre=(centre[0], centre[1]),
        scale=float(zoom),
        angle=float(np.radians(rng.normal(0, 4))),
        stretch=float(np.exp(rng.uniform(-0.2, 0.2))),
        mirrored=bool(rng.random() < 0.5),
    )
    poses = random_path(start, len(pictures), size, limits, rng)
    offsets = random_bends(len(pictures), limits.bend, rng, rim=False)
    whole, half = Window(0, 0, size, size), (size / 2, size / 2)
    images, labels = [], []
    for (image, ids), pose, offset in zip(pictures, poses, offsets, strict=True):
        field = inverse_map(pose, spline_over(offset, half, half), whole)
        images.append(resampled(image, field, cv2.INTER_LINEAR, cv2.BORDER_REFLECT_101))
        labels.append(resampled(ids, field, cv2.INTER_NEAREST, cv2.BORDER_REFLECT_101))
    return images, labels


def paste(images: list[Image], labels: list[Labels], things: Sequence[MovingCutOut]) -> None:
    """Paste cut-outs onto the frames and their labels, in place; later ones are in front."""
    for thing in things:
        for frame, (image, ids) in enumerate(zip(images, labels, strict=True)):
            _paste_one(image, ids, thing, frame)


def _paste_one(image: Image, labels: Labels, thing: MovingCutOut, frame: int) -> None:
    pose = thing.poses[frame]
    box = _canvas_box(thing.cut_out, pose)
    low, high = box
    centre = ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2)
    bend = spline_over(thing.bends[frame], centre, ((high[0] - low[0]) / 2, (high[1] - low[1]) / 2))
    margin = 0.25 * (high - low) + 1
    window = _window(low - margin, high + margin, image.shape[:2])
    if window is None:
        return
    field = inverse_map(pose, bend, window)
    colour = resampled(thing.cut_out.image, field, cv2.INTER_LINEAR, cv2.BORDER_REPLICATE)
    alpha = resampled(thing.cut_out.alpha, field, cv2.INTER_LINEAR, cv2.BORDER_CONSTANT)
    region = window.of(image)
    region[:] = _blended(colour, region, alpha)
    window.of(labels)[alpha > 127] = thing.label


def _blended(front: Image, back: Image, alpha: NDArray[np.uint8]) -> Image:
    share = alpha.astype(np.float32) / 255
    return cv2.blendLinear(front, back, share, 1 - share).astype(np.uint8, copy=False)


def _canvas_box(what: CutOut, pose: Pose) -> tuple[Points, Points]:
    height, width = what.alpha.shape
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]], np.float64)
    placed = pose.to_canvas(corners)
    return placed.min(0), placed.max(0)


def _window(low: Points, high: Points, size: tuple[int, ...]) -> Window | None:
    """The part of a rectangle that lies on the canvas; None if it is narrower than 2 pixels."""
    left, top = (int(max(np.floor(v), 0)) for v in low)
    right, bottom = (int(min(np.ceil(v), side)) for v, side in zip(high, size[::-1], strict=True))
    if right - left < 2 or bottom - top < 2:
        return None
    return Window(left, top, right - left, bottom - top)


def distractor(
    thing: MovingCutOut, label: int, size: int, limits: MotionLimits, rng: np.random.Generator
) -> MovingCutOut:
    """The same cut-out again, on another path."""
    centre = rng.uniform(0.1, 0.9, 2) * size
    start = replace(
        thing.poses[0],
        centre=(float(centre[0]), float(centre[1])),
        scale=thing.poses[0].scale * float(np.exp(rng.uniform(-0.2, 0.2))),
        mirrored=bool(rng.random() < 0.5),
    )
    frames = len(thing.poses)
    poses = random_path(start, frames, size, limits, rng)
    offsets = random_bends(frames, limits.bend, rng, rim=True)
    return MovingCutOut(thing.cut_out, tuple(poses), tuple(offsets), label)
