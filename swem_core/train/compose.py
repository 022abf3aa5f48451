"""Clips from pictures: a backdrop under a moving camera, cut-outs that move over it and hide each
other, some of them tracked, the others there to mislead (SWEM section E, stage 0, with motion that
is smooth over the frames instead of drawn anew for each)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from swem_core.train.motion import Vigour, bend_at, bends, path
from swem_core.train.warp import Points, Pose, Window, inverse_map
from swem_core.types import Image, Labels

_SHRINK_BELOW = 0.7  # scale under which a cut-out is shrunk by area first, against aliasing


@dataclass(frozen=True, slots=True)
class CutOut:
    """One object cut out of a picture: H x W x 3 BGR and H x W uint8 coverage, 0..255."""

    image: Image
    alpha: NDArray[np.uint8]

    def shrunk(self, share: float) -> "CutOut":
        """At ``share`` of its size, by area averaging."""
        parts = (
            cv2.resize(part, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
            for part in (self.image, self.alpha)
        )
        return CutOut(*(part.astype(np.uint8, copy=False) for part in parts))


@dataclass(frozen=True, slots=True)
class Moving:
    """A cut-out and its pose and bend on every frame. ``label``: what its pixels get."""

    cut_out: CutOut
    poses: tuple[Pose, ...]
    bends: tuple[Points, ...]
    label: int


def cut_out(image: Image, labels: Labels, object_id: int) -> CutOut:
    """The object's bounding box and a little more. Its edge is softened by a pixel."""
    mask = (labels == object_id).astype(np.uint8)
    x, y, w, h = cv2.boundingRect(mask)
    top, left = max(y - 2, 0), max(x - 2, 0)
    rows, columns = slice(top, y + h + 2), slice(left, x + w + 2)
    alpha = cv2.GaussianBlur(mask[rows, columns] * np.uint8(255), (3, 3), 0)
    return CutOut(image[rows, columns].copy(), alpha.astype(np.uint8, copy=False))


def moving(
    what: CutOut, label: int, frames: int, size: int, vigour: Vigour, rng: np.random.Generator
) -> Moving:
    """``what`` on a random way over a square canvas of side ``size``."""
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
    poses = path(start, frames, size, vigour, rng)
    return Moving(what, tuple(poses), tuple(bends(frames, vigour.bend, rng, rim=True)), label)


def backdrop(
    pictures: Sequence[tuple[Image, Labels]], size: int, vigour: Vigour, rng: np.random.Generator
) -> tuple[list[Image], list[Labels]]:
    """What the camera sees of pictures of one size (the same still, or frames of a video).

    Past a picture's border it is mirrored, together with its labels.
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
    poses = path(start, len(pictures), size, vigour, rng)
    offsets = bends(len(pictures), vigour.bend, rng, rim=False)
    whole, half = Window(0, 0, size, size), (size / 2, size / 2)
    images, labels = [], []
    for (image, ids), pose, offset in zip(pictures, poses, offsets, strict=True):
        field = inverse_map(pose, bend_at(offset, half, half), whole)
        images.append(_sampled(image, field, cv2.INTER_LINEAR, cv2.BORDER_REFLECT_101))
        labels.append(_sampled(ids, field, cv2.INTER_NEAREST, cv2.BORDER_REFLECT_101))
    return images, labels


def paste(images: list[Image], labels: list[Labels], things: Sequence[Moving]) -> None:
    """Put cut-outs on the frames, in place, later ones in front."""
    for thing in things:
        for frame, (image, ids) in enumerate(zip(images, labels, strict=True)):
            _paste_one(image, ids, thing, frame)


def _paste_one(image: Image, labels: Labels, thing: Moving, frame: int) -> None:
    pose = thing.poses[frame]
    box = _canvas_box(thing.cut_out, pose)
    low, high = box
    centre = ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2)
    bend = bend_at(thing.bends[frame], centre, ((high[0] - low[0]) / 2, (high[1] - low[1]) / 2))
    margin = 0.25 * (high - low) + 1
    window = _window(low - margin, high + margin, image.shape[:2])
    if window is None:
        return
    field = inverse_map(pose, bend, window)
    colour = _sampled(thing.cut_out.image, field, cv2.INTER_LINEAR, cv2.BORDER_REPLICATE)
    alpha = _sampled(thing.cut_out.alpha, field, cv2.INTER_LINEAR, cv2.BORDER_CONSTANT)
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
    """The part of a rectangle that lies on the canvas; None where that is not even 2 pixels."""
    left, top = (int(max(np.floor(v), 0)) for v in low)
    right, bottom = (int(min(np.ceil(v), side)) for v, side in zip(high, size[::-1], strict=True))
    if right - left < 2 or bottom - top < 2:
        return None
    return Window(left, top, right - left, bottom - top)


def _sampled(
    array: NDArray[np.uint8], field: NDArray[np.float32], how: int, border: int
) -> NDArray[np.uint8]:
    return cv2.remap(array, field, None, how, borderMode=border).astype(np.uint8, copy=False)  # type: ignore[call-overload,no-any-return]


def lookalike(
    thing: Moving, label: int, size: int, vigour: Vigour, rng: np.random.Generator
) -> Moving:
    """The same cut-out on another way."""
    centre = rng.uniform(0.1, 0.9, 2) * size
    start = replace(
        thing.poses[0],
        centre=(float(centre[0]), float(centre[1])),
        scale=thing.poses[0].scale * float(np.exp(rng.uniform(-0.2, 0.2))),
        mirrored=bool(rng.random() < 0.5),
    )
    frames = len(thing.poses)
    poses = path(start, frames, size, vigour, rng)
    offsets = bends(frames, vigour.bend, rng, rim=True)
    return Moving(thing.cut_out, tuple(poses), tuple(offsets), label)
