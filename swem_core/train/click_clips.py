"""Single pictures for the click network: a crop around one object, as the program zooms in."""

from dataclasses import dataclass

import cv2
import numpy as np

from swem_core.errors import DatasetError, TrainingError
from swem_core.train.batch import Clip
from swem_core.train.colour import random_colour, recoloured, worsened
from swem_core.train.corpus import Corpus
from swem_core.train.motion import SHAKE, bend_at, bends
from swem_core.train.warp import Pose, Window, inverse_map
from swem_core.types import Image, Labels

_ATTEMPTS = 20
_WHOLE = 0.25  # probability of the whole picture: what a first click sees
_SMALLEST = 0.004  # of the picture
_VISIBLE = 0.01  # of the crop


@dataclass(frozen=True, slots=True)
class ClickMaker:
    """Makes clips of one frame with one object. ``size``: side in pixels."""

    corpus: Corpus
    size: int
    seed: int

    def make(self, number: int, progress: float = 1.0) -> Clip:
        """Crop ``number`` of the training. Raises TrainingError if no object is to be found."""
        rng = np.random.default_rng([self.seed, number])
        for _ in range(_ATTEMPTS):
            try:
                image, labels = self.corpus.draw_still(rng)
            except DatasetError:
                continue
            clip = self._crop(image, labels, rng)
            if clip is not None:
                return clip
        raise TrainingError(
            "The training data hold hardly any object that can be seen: check them with --dry-run."
        )

    def _crop(self, image: Image, labels: Labels, rng: np.random.Generator) -> Clip | None:
        sizes = np.bincount(labels.ravel(), minlength=2)
        sizes[0] = 0
        seen = np.flatnonzero(sizes >= _SMALLEST * labels.size)
        if not len(seen):
            return None
        mask = (labels == rng.choice(seen)).astype(np.uint8)
        half = (self.size / 2, self.size / 2)
        bend = bend_at(bends(1, SHAKE.bend, rng, rim=False)[0], half, half)
        field = inverse_map(self._pose(mask, rng), bend, Window(0, 0, self.size, self.size))
        border = cv2.BORDER_REFLECT_101
        frame = cv2.remap(image, field, None, cv2.INTER_LINEAR, borderMode=border)  # type: ignore[call-overload]
        target = cv2.remap(mask, field, None, cv2.INTER_NEAREST, borderMode=border)  # type: ignore[call-overload]
        if not _VISIBLE < target.mean() < 0.95:
            return None
        frame = worsened([recoloured(frame, random_colour(rng))], rng)[0]
        return Clip(frame[None], target[None], int(rng.integers(2**31)), "crop")

    def _pose(self, mask: Labels, rng: np.random.Generator) -> Pose:
        """The object with some margin, or the whole picture."""
        height, width = mask.shape
        x, y, w, h = cv2.boundingRect(mask)
        if rng.random() < _WHOLE:
            x, y, w, h = 0, 0, width, height
            margin = rng.uniform(0.9, 1.1)
        else:
            margin = rng.uniform(1.1, 2.2)
        extent = np.array([max(w, 0.6 * h), max(h, 0.6 * w)]) * margin
        sides = np.array([width, height])
        extent = np.minimum(extent, sides)  # as the program's crops, which lie in the picture
        shift = rng.uniform(-0.12, 0.12, 2) * extent
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
