"""Harder pictures for the click network: small pasted objects, and look-alikes of the target."""

from dataclasses import dataclass

import numpy as np

from swem_core.train.colour import random_colour, recoloured
from swem_core.train.compose import CutOut, MovingCutOut, cut_out, paste
from swem_core.train.geometry import Pose
from swem_core.train.motion import OBJECT, random_bends
from swem_core.types import Image, Labels

_OTHERS = 0.6  # probability that the pasted object comes from the other picture
_WANTED = 0.7  # probability that such an object becomes the target
_TWIN = 0.5  # probability of a second copy
_SMALL, _LARGE = 0.08, 0.5  # longer side of a pasted object over the picture's shorter side
_PASTED, _BESIDE = 128, 129  # labels of a pasted target and of distractors


@dataclass(frozen=True, slots=True)
class ClickScene:
    """``image``: H x W x 3 BGR. ``labels``: H x W. ``wanted``: label of the target."""

    image: Image
    labels: Labels
    wanted: int


def paste_objects(scene: ClickScene, other: ClickScene, rng: np.random.Generator) -> ClickScene:
    """``scene`` with the target of ``other``, or a copy of its own, pasted in once or twice.

    The pasted objects may hide the target completely.
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
    return ClickScene(images[0], found[0], wanted)


def _placed(
    thing: CutOut, label: int, extent: float, size: tuple[int, ...], rng: np.random.Generator
) -> MovingCutOut:
    """``thing`` anywhere in a picture of ``size`` (h, w), its longer side ``extent`` pixels."""
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
    return MovingCutOut(thing, (pose,), tuple(random_bends(1, OBJECT.bend, rng, rim=True)), label)
