"""Training data of the click network: crops around one object, as the program zooms in."""

from dataclasses import dataclass

import cv2
import numpy as np

from swem_core.errors import DatasetError, TrainingError
from swem_core.train.batch import Clip
from swem_core.train.click_scene import ClickScene, paste_objects
from swem_core.train.colour import random_colour, recoloured
from swem_core.train.corpus import Corpus
from swem_core.train.degrade import degraded
from swem_core.train.geometry import Pose, Window, inverse_map, resampled
from swem_core.train.motion import SHAKE, random_bends, spline_over
from swem_core.types import Labels

_ATTEMPTS = 20
_CROWDED = 0.3  # probability of pasted objects
_SMALLEST = 0.002  # share of the picture that an object must cover
_NARROWEST = 40  # picture pixels of a crop's sides: smaller ones would be nothing but blur
_VISIBLE = 0.003  # share of the crop that the object must cover
_NEAR, _FAR, _PART = (1.1, 2.2), (2.2, 4.5), (0.6, 1.1)
"""Extent of the crop over the object's: around the object; too wide, as after too much was found;
too narrow, as after too little was."""
_VIEWS = (_NEAR, _FAR, _PART, None)  # None: the whole picture, as for a first click
_CHANCES = (0.5, 0.15, 0.1, 0.25)


@dataclass(frozen=True, slots=True)
class ClickClipMaker:
    """A :class:`ClipMaker` of single frames with one object. ``size``: side in pixels."""

    corpus: Corpus
    size: int
    seed: int

    def make(self, number: int, progress: float = 1.0) -> Clip:
        """Crop ``number`` of the training. Raises TrainingError if no object can be found."""
        rng = np.random.default_rng([self.seed, number])
        for _ in range(_ATTEMPTS):
            try:
                scene = self._scene(rng)
                other = self._scene(rng) if rng.random() < _CROWDED else None
            except DatasetError:
                continue
            if scene is None:
                continue
            clip = self._crop(scene if other is None else paste_objects(scene, other, rng), rng)
            if clip is not None:
                return clip
        raise TrainingError(
            "The training data hold hardly any object that can be seen: check them with --dry-run."
        )

    def _scene(self, rng: np.random.Generator) -> ClickScene | None:
        """A random picture and one of its objects; None if all are tiny."""
        image, labels = self.corpus.draw_still(rng)
        seen = _large_enough(labels)
        return ClickScene(image, labels, int(rng.choice(seen))) if len(seen) else None

    def _crop(self, scene: ClickScene, rng: np.random.Generator) -> Clip | None:
        if scene.wanted not in _large_enough(scene.labels):  # something was pasted over it
            return None
        mask = (scene.labels == scene.wanted).astype(np.uint8)
        half = (self.size / 2, self.size / 2)
        bend = spline_over(random_bends(1, SHAKE.bend, rng, rim=False)[0], half, half)
        field = inverse_map(self._pose(mask, rng), bend, Window(0, 0, self.size, self.size))
        border = cv2.BORDER_REFLECT_101
        frame = resampled(scene.image, field, cv2.INTER_LINEAR, border)
        target = resampled(mask, field, cv2.INTER_NEAREST, border)
        if not _VISIBLE < target.mean() < 0.95:
            return None
        frame = degraded([recoloured(frame, random_colour(rng))], rng)[0]
        return Clip(frame[None], target[None], int(rng.integers(2**31)), "crop")

    def _pose(self, mask: Labels, rng: np.random.Generator) -> Pose:
        """A crop of the object with some margin, of a part of it, or of the whole picture."""
        height, width = mask.shape
        x, y, w, h = cv2.boundingRect(mask)
        view = _VIEWS[int(rng.choice(len(_VIEWS), p=_CHANCES))]
        if view is None:
            x, y, w, h = 0, 0, width, height
        margin = rng.uniform(*(view or (0.9, 1.1)))
        loose = 0.3 if view is _PART else 0.12
        extent = np.array([max(w, 0.6 * h), max(h, 0.6 * w)]) * margin
        extent = np.maximum(extent, _NARROWEST)
        sides = np.array([width, height])
        extent = np.minimum(extent, sides)  # the program's crops do not exceed the picture either
        shift = rng.uniform(-loose, loose, 2) * extent
        middle = np.array([x + w / 2, y + h / 2]) + shift
        middle = np.clip(middle, extent / 2, sides - extent / 2)
        stretch = float(np.clip(extent[1] / extent[0], 0.6, 1 / 0.6))
        return Pose(
            anchor=(float(middle[0]), float(middle[1])),
            centre=(self.size / 2, self.size / 2),
            scale=float(self.size / np.sqrt(extent.prod())),
            angle=float(np.radians(rng.normal(0, 8))),
            stretch=stretch,
            mirrored=bool(rng.random() < 0.5),
        )


def _large_enough(labels: Labels) -> np.ndarray:
    """Ids of the objects that are large enough to be marked."""
    sizes = np.bincount(labels.ravel(), minlength=2)
    sizes[0] = 0
    return np.flatnonzero(sizes >= _SMALLEST * labels.size)
