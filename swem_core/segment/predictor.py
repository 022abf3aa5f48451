"""From prompts for one object to its soft mask, by the click network.

Thread: the one that owns the networks.
"""

from collections.abc import Sequence
from typing import Any, Protocol

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from swem_core.engine.preprocess import to_tensor
from swem_core.model.click import ClickNetwork, ImageFeatures
from swem_core.segment.areas import allowed, as_marks, last_area
from swem_core.segment.finish import finished, within
from swem_core.segment.prompt_maps import Crop, draw_prompts, whole, zoomed
from swem_core.segment.prompts import Hint, Mark, Point, points_of
from swem_core.types import Alpha, Image, Mask

# The best of four pairs tried on the development sets. _EARLY and _KEPT were not tuned.
_LOOKS = ((256, False), (320, True))
"""Test-time augmentation: (pixels of the network input's shorter side, mirrored), whose logits are
averaged. Two scales and both orientations in two runs: their errors rarely coincide.
"""
_FIRST_PASSES = 2  # times that the mask of a first prompt is refined, zoomed in on it
_EARLY = 4  # up to this many prompts, one outside everything seen so far starts afresh
_KEPT = 0.7  # share of the previous mask that a fresh start must find again to be used
_CACHED = 2 * len(_LOOKS)  # the whole picture and one zoom are enough


class MaskPredictor(Protocol):
    """Makes a mask from all prompts given so far, except brush strokes."""

    def begin(self, image: Image) -> None:
        """Start on a new picture (HxWx3 BGR), dropping what was cached for the last one."""
        ...

    def predict(self, prompts: Sequence[Hint], previous: Alpha | None) -> Alpha:
        """HxW uint8 soft mask. ``previous``: the mask before the last prompt, if any."""
        ...


class ClickPredictor:
    """The click network, first on the whole picture or the area, then zoomed in on what it found.

    Image features are computed once per crop, so that another prompt in the same crop costs only
    the small rest of the network.
    """

    def __init__(self, network: ClickNetwork, device: torch.device) -> None:
        self._network = network.to(device)
        self._device = device
        self._image: Image | None = None
        self._features: dict[tuple[Crop, bool], ImageFeatures] = {}

    def begin(self, image: Image) -> None:
        """See :class:`MaskPredictor`."""
        self._image = image
        self._features.clear()

    def predict(self, prompts: Sequence[Hint], previous: Alpha | None) -> Alpha:
        """See :class:`MaskPredictor`."""
        if self._image is None:
            raise RuntimeError("begin(image) comes before predict().")
        size = self._image.shape[:2]
        limits, marks = allowed(prompts, size), as_marks(prompts, size)
        nothing = np.zeros(size, np.uint8)
        if not marks:  # everything drawn lies outside the picture
            return within(nothing if previous is None else previous, limits)
        area = last_area(prompts)
        if previous is None or prompts[-1] is area or not (previous > 127).any():
            start = zoomed(points_of(area), nothing) if area is not None else None
            return self._find(start or whole(size), marks, limits)
        if self._surprising(marks, previous):
            found = self._find(whole(size), marks, limits)
            if (found[previous > 127] > 127).mean() > _KEPT:
                return found
        return self._run(zoomed(_points(marks), previous) or whole(size), marks, previous, limits)

    def _find(self, crop: Crop, marks: Sequence[Mark], limits: Mask | None) -> Alpha:
        """The object from its marks alone, first in ``crop``, then zooming in on the result."""
        assert self._image is not None
        size = self._image.shape[:2]
        # one run is enough to know where to zoom in
        found = self._run(crop, marks, np.zeros(size, np.uint8), limits, count=1)
        for _ in range(_FIRST_PASSES):
            crop = zoomed(_points(marks), found) or whole(size)
            found = self._run(crop, marks, found, limits)
        return found

    def _surprising(self, marks: Sequence[Mark], previous: Alpha) -> bool:
        """Whether an early positive mark lies outside everything seen so far: then only a part of
        the object was found, which would mislead the network as its previous mask."""
        last = marks[-1]
        if not 1 < len(marks) <= _EARLY or not last.positive:
            return False
        crop = zoomed(_points(marks[:-1]), previous)
        return crop is not None and not all(crop.holds(point) for point in points_of(last))

    def _run(
        self,
        crop: Crop,
        marks: Sequence[Mark],
        previous: Alpha,
        limits: Mask | None,
        count: int = len(_LOOKS),
    ) -> Alpha:
        """``previous`` with the crop replaced by the prediction of the first ``count`` looks."""
        looks = [self._look(crop, *look, marks, previous) for look in _LOOKS[:count]]
        across, down = max(look.shape[::-1] for look in looks)
        logits = np.mean([cv2.resize(look, (across, down)) for look in looks], axis=0)
        probs = np.rint(255 / (1 + np.exp(-logits.clip(-20, 20)))).astype(np.uint8)
        result = previous.copy()
        crop.cut(result)[:] = cv2.resize(probs, (crop.width, crop.height))
        return finished(result, crop, marks, limits)

    def _look(
        self,
        crop: Crop,
        short_side: int,
        mirrored: bool,
        marks: Sequence[Mark],
        previous: Alpha,
    ) -> NDArray[np.float32]:
        """The network's logits for the crop, in network pixels."""
        crop = crop.at(short_side)
        before = cv2.resize(crop.cut(previous), crop.size[::-1], interpolation=cv2.INTER_AREA)
        maps = np.concatenate((draw_prompts(marks, crop), before[None].astype(np.float32) / 255))
        with torch.inference_mode():
            tensor = torch.from_numpy(_turned(maps, mirrored))[None].to(self._device)
            logits = self._network(self._encoded(crop, mirrored), tensor).cpu().numpy()
        return _turned(logits, mirrored)

    def _encoded(self, crop: Crop, mirrored: bool) -> ImageFeatures:
        assert self._image is not None
        key = (crop, mirrored)
        if key not in self._features:
            if len(self._features) >= _CACHED:
                self._features.pop(next(iter(self._features)))
            cut = crop.cut(self._image)
            cut = np.ascontiguousarray(cut[:, ::-1] if mirrored else cut)
            tensor = to_tensor(cut, crop.size, self._device)
            self._features[key] = self._network.encode(tensor)
        return self._features[key]


def _points(marks: Sequence[Mark]) -> list[Point]:
    return [point for mark in marks for point in points_of(mark)]


def _turned(array: NDArray[Any], mirrored: bool) -> NDArray[Any]:
    """``array`` flipped left to right if ``mirrored``."""
    return np.ascontiguousarray(array[..., ::-1]) if mirrored else array
