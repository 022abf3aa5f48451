"""Pictures made harder for the click network: pasted objects that are small, and look-alikes."""

from dataclasses import dataclass

import cv2
import numpy as np

from swem_core.train.colour import random_colour, recoloured
from swem_core.train.compose import CutOut, Moving, cut_out, paste
from swem_core.train.motion import OBJECT, bends
from swem_core.train.warp import Pose
from swem_core.types import Image, Labels, Mask

_OTHERS = 0.6  # probability that another picture's object is pasted, and not one's own again
_WANTED = 0.7  # probability that such an object is the one to be marked
_TWIN = 0.5  # probability of a second copy
_SMALL, _LARGE = 0.08, 0.5  # longer side of a pasted object, of the picture's shorter side
_PASTED, _BESIDE = 128, 129  # labels above those of pictures: to be marked, and not


@dataclass(frozen=True, slots=True)
class Scene:
    """``image``: H x W x 3 BGR. ``labels``: H x W. ``wanted``: the label of the object to mark."""

    image: Image
    labels: Labels
    wanted: int


def crowded(scene: Scene, other: Scene, rng: np.random.Generator) -> Scene:
    """``scene`` with the object of ``other``, or its own, pasted in once or twice.

    May hide all of the wanted object.
    """
    labels = scene.labels
    wanted = scene.wanted
    if rng.random() < _OTHERS:
        thing = cut_out(other.image, other.labels, other.wanted)
        thing = CutOut(recoloured(thing.image, random_colour(rng)), thing.alpha)
        wanted = _PASTED if rng.random() < _WANTED else wanted
        first = _PASTED if wanted == _PASTED else _BESIDE
    else:
        thing = cut_out(scene.image, scene.labels, scene.wanted)
        first = _BESIDE
    size = labels.shape
    extent = min(size) * float(np.exp(rng.uniform(np.log(_SMALL), np.log(_LARGE))))
    things = [_placed(thing, first, extent, size, rng)]
    if rng.random() < _TWIN:
        alike = extent * float(np.exp(rng.uniform(-0.2, 0.2)))
        things.append(_placed(thing, _BESIDE, alike, size, rng))
    rng.shuffle(things)
    images, found = [scene.image.copy()], [labels.copy()]
    paste(images, found, things)
    return Scene(images[0], found[0], wanted)


def damaged(truth: Mask, rng: np.random.Generator) -> Mask:
    """H x W: an object's mask as a tracker may leave it: loose or tight, parts gone, parts of the
    surroundings taken in."""
    _, _, width, height = cv2.boundingRect(truth.astype(np.uint8))
    extent = max(min(width, height), 4)
    plane = truth.astype(np.uint8)
    for _ in range(int(rng.integers(1, 4))):
        ys, xs = np.nonzero(cv2.morphologyEx(plane, cv2.MORPH_GRADIENT, np.ones((3, 3))))
        if not len(xs):
            break
        near = int(rng.integers(len(xs)))
        axes = [round(float(r)) for r in rng.uniform(0.06, 0.25, 2) * extent]
        where = (int(xs[near]), int(ys[near]))
        cv2.ellipse(plane, where, axes, rng.uniform(0, 180), 0, 360, int(rng.integers(2)), -1)
    kernel = np.ones((int(rng.integers(1, 2 + extent // 12)),) * 2, np.uint8)
    change = cv2.erode if rng.random() < 0.5 else cv2.dilate
    return np.asarray(change(plane, kernel) > 0)


def _placed(
    thing: CutOut, label: int, extent: float, size: tuple[int, ...], rng: np.random.Generator
) -> Moving:
    """Anywhere in a picture of ``size`` (h, w), its longer side ``extent`` pixels."""
    scale = extent / max(thing.alpha.shape)
    if scale < 1:
        thing, scale = thing.shrunk(scale), 1.0
    height, width = thing.alpha.shape
    pose = Pose(
        anchor=((width - 1) / 2, (height - 1) / 2),
        centre=(float(rng.uniform(0, size[1])), float(rng.uniform(0, size[0]))),
        scale=scale,
        angle=float(np.radians(rng.normal(0, 12))),
        stretch=float(np.exp(rng.uniform(-0.2, 0.2))),
        mirrored=bool(rng.random() < 0.5),
    )
    return Moving(thing, (pose,), tuple(bends(1, OBJECT.bend, rng, rim=True)), label)
