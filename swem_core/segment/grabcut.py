"""A predictor without a network: GrabCut (Rother, Kolmogorov and Blake, SIGGRAPH 2004)."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from swem_core.segment.areas import allowed, as_marks, last_area
from swem_core.segment.finish import finished, within
from swem_core.segment.prompt_maps import Crop, draw_prompts, whole, zoomed
from swem_core.segment.prompts import Hint, Mark, points_of
from swem_core.types import Alpha, Image, Mask

_SHORT_SIDE = 320  # pixels of the picture that is cut: about 0.1 s
_ROUNDS = 3
_REACH = 6  # a first mark makes a disc probable; radius: the crop's shorter side over this


class GrabCutPredictor:
    """A :class:`MaskPredictor` by colour models of object and background and a graph cut.

    A box or lasso is the best first prompt: a click says little about the object's extent.
    Thread: any, but one at a time.
    """

    def __init__(self) -> None:
        self._image: Image | None = None

    def begin(self, image: Image) -> None:
        """See :class:`MaskPredictor`."""
        self._image = image

    def predict(self, prompts: Sequence[Hint], previous: Alpha | None) -> Alpha:
        """See :class:`MaskPredictor`."""
        if self._image is None:
            raise RuntimeError("begin(image) comes before predict().")
        return cut_out(self._image, prompts, previous)


def cut_out(
    image: Image, prompts: Sequence[Hint], previous: Alpha | None, likely: Alpha | None = None
) -> Alpha:
    """The object's HxW mask. ``likely``: HxW mask from which the cut starts; by default
    ``previous``, or if that is None what the prompts alone make probable."""
    size = image.shape[:2]
    limits, marks = allowed(prompts, size), as_marks(prompts, size)
    area = last_area(prompts)
    if previous is None or prompts[-1] is area:
        previous = np.zeros(size, np.uint8)
    if not marks:
        return within(previous, limits)
    crop = whole(size)
    if area is not None or (previous > 127).any():
        around = [*prompts, area] if area is not None else prompts
        points = [point for prompt in around for point in points_of(prompt)]
        crop = zoomed(points, previous) or crop
    crop = crop.at(_SHORT_SIDE, enlarge=False)
    inside = limits if area is not None else None
    seeds = _seeds(crop, marks, previous if likely is None else likely, inside)
    result = previous.copy()
    found = _cut(image, crop, seeds)
    full = (crop.width, crop.height)
    crop.cut(result)[:] = cv2.resize(found, full, interpolation=cv2.INTER_LINEAR)
    return finished(result, crop, marks, limits)


def near_marks(positive: Mask) -> Mask:
    """What first marks on an object (h x w) make probable: all within reach of them."""
    reach = 2 * (min(positive.shape) // _REACH) + 1
    return np.asarray(cv2.dilate(positive.astype(np.uint8), _disc(reach)) > 0)


def _seeds(
    crop: Crop, marks: Sequence[Mark], start: Alpha, inside: Mask | None
) -> NDArray[np.uint8]:
    """GrabCut's initial labels, h x w. ``inside``: HxW limits of the area in force, if any."""
    positive, negative = draw_prompts(marks, crop) > 0
    likely = _shrunk(start, crop) > 127
    if not likely.any():
        likely = near_marks(positive)
        if inside is not None:
            likely = _shrunk(inside.astype(np.uint8), crop) > 0
    seeds = np.where(likely, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    if inside is not None:
        seeds[_shrunk(inside.astype(np.uint8), crop) == 0] = cv2.GC_BGD
    seeds[positive], seeds[negative] = cv2.GC_FGD, cv2.GC_BGD
    return seeds


def _cut(image: Image, crop: Crop, seeds: NDArray[np.uint8]) -> Alpha:
    """h x w, 255 where the object is."""
    is_object = np.isin(seeds, (cv2.GC_FGD, cv2.GC_PR_FGD))
    if is_object.any() and not is_object.all():  # GrabCut insists on samples of both
        small = cv2.resize(crop.cut(image), crop.size[::-1], interpolation=cv2.INTER_AREA)
        models = np.zeros((1, 65)), np.zeros((1, 65))
        cv2.setRNGSeed(0)  # its k-means starts at random; the same prompts give the same mask
        unused = (0, 0, 1, 1)  # the rectangle
        cv2.grabCut(small, seeds, unused, *models, _ROUNDS, cv2.GC_INIT_WITH_MASK)
        is_object = np.isin(seeds, (cv2.GC_FGD, cv2.GC_PR_FGD))
    return is_object.astype(np.uint8) * np.uint8(255)


def _shrunk(plane: NDArray[np.uint8], crop: Crop) -> NDArray[np.uint8]:
    small = cv2.resize(crop.cut(plane), crop.size[::-1], interpolation=cv2.INTER_NEAREST)
    return small.astype(np.uint8, copy=False)


def _disc(diameter: int) -> NDArray[np.uint8]:
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (diameter, diameter)).astype(np.uint8)
