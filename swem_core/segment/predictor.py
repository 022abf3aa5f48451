"""From clicks and scribbles on one object to its soft mask, by the click network.

Thread: the one that owns the networks.
"""

from collections.abc import Sequence
from typing import Protocol

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from swem_core.engine.preprocess import inference_size, to_tensor
from swem_core.model.click import ClickNetwork, ImageFeatures
from swem_core.model.lite import KeyEncoder, normalise
from swem_core.segment.prompt_maps import Crop, bounds, draw_prompts
from swem_core.segment.prompts import Click, Scribble, points_of
from swem_core.types import Alpha, Image

SHORT_SIDE = 256
"""Pixels of the shorter side of what the click network sees."""

# Found with `swem-live eval-clicks`; each changes the number of clicks by a few tenths.
_MARGIN = 0.3  # of the object's extent, left on every side in a zoomed crop
_SMALLEST_EXTENT = 64  # source pixels: less has no detail left to find
_NARROWEST = 0.6  # of the crop's longer side
_WORTHWHILE = 0.9  # zoom only if the crop has at most this share of the picture's area
_FIRST_PASSES = 2  # looks again at what a first prompt found, with that as the previous mask


class MaskPredictor(Protocol):
    """Proposes a mask for what was clicked and scribbled so far."""

    def begin(self, image: Image) -> None:
        """Take a new picture (HxWx3 BGR); whatever was cached of the last one is dropped."""
        ...

    def predict(self, prompts: Sequence[Click | Scribble], previous: Alpha | None) -> Alpha:
        """HxW uint8 soft mask. ``previous``: the mask before the last prompt, if any."""
        ...


class ClickPredictor:
    """The click network on the whole picture first, then zoomed in on what it found.

    The picture's features are computed once per crop; a further prompt inside the same crop costs
    only the small prompt network.
    """

    def __init__(self, encoder: KeyEncoder, network: ClickNetwork, device: torch.device) -> None:
        self._encoder = encoder
        self._network = network.to(device)
        self._device = device
        self._image: Image | None = None
        self._features: dict[Crop, ImageFeatures] = {}

    def begin(self, image: Image) -> None:
        """See :class:`MaskPredictor`."""
        self._image = image
        self._features.clear()

    def predict(self, prompts: Sequence[Click | Scribble], previous: Alpha | None) -> Alpha:
        """See :class:`MaskPredictor`."""
        if self._image is None:
            raise RuntimeError("begin(image) comes before predict().")
        passes = 1
        if previous is None or not (previous > 127).any():
            nothing = np.zeros(self._image.shape[:2], np.uint8)
            previous = _reachable(self._run(self._whole(), prompts, nothing), prompts)
            passes = _FIRST_PASSES
        for _ in range(passes):
            crop = self._zoomed(prompts, previous) or self._whole()
            previous = _reachable(self._run(crop, prompts, previous), prompts)
        return previous

    def _run(self, crop: Crop, prompts: Sequence[Click | Scribble], previous: Alpha) -> Alpha:
        """``previous`` with the crop's rectangle replaced by a fresh prediction."""
        assert self._image is not None
        before = cv2.resize(crop.cut(previous), crop.size[::-1], interpolation=cv2.INTER_AREA)
        maps = np.concatenate((draw_prompts(prompts, crop), before[None].astype(np.float32) / 255))
        with torch.inference_mode():
            tensor = torch.from_numpy(maps)[None].to(self._device)
            logits = self._network(self._encoded(crop), tensor)
            probs: NDArray[np.float32] = torch.sigmoid(logits).cpu().numpy()
        full = cv2.resize(probs, (crop.width, crop.height), interpolation=cv2.INTER_LINEAR)
        result = previous.copy()
        crop.cut(result)[:] = np.rint(full * 255).astype(np.uint8)
        return result

    def _encoded(self, crop: Crop) -> ImageFeatures:
        assert self._image is not None
        if crop not in self._features:
            if len(self._features) > 1:  # the whole picture and one zoom are enough
                self._features.popitem()
            cut = np.ascontiguousarray(crop.cut(self._image))
            tensor = to_tensor(cut, crop.size, self._device)
            self._features[crop] = ImageFeatures(*self._encoder(normalise(tensor)))
        return self._features[crop]

    def _whole(self) -> Crop:
        assert self._image is not None
        height, width = self._image.shape[:2]
        size = inference_size((height, width), SHORT_SIDE, enlarge=True)
        return Crop(0, 0, height, width, size)

    def _zoomed(self, prompts: Sequence[Click | Scribble], mask: Alpha) -> Crop | None:
        """A crop around the mask and all prompts, or None where zooming would gain nothing."""
        x, y, w, h = cv2.boundingRect((mask > 127).astype(np.uint8))
        left, top, right, bottom = bounds(prompts)
        if w and h:
            left, top = min(left, x), min(top, y)
            right, bottom = max(right, x + w), max(bottom, y + h)
        height, width = mask.shape
        extents = [
            max(e, _SMALLEST_EXTENT) * (1 + 2 * _MARGIN) for e in (bottom - top, right - left)
        ]
        extents = [max(extent, _NARROWEST * max(extents)) for extent in extents]
        crop_h, crop_w = min(round(extents[0]), height), min(round(extents[1]), width)
        if crop_h * crop_w > _WORTHWHILE * height * width:
            return None
        crop_top = _place((top + bottom) / 2, crop_h, height)
        crop_left = _place((left + right) / 2, crop_w, width)
        size = inference_size((crop_h, crop_w), SHORT_SIDE, enlarge=True)
        return Crop(crop_top, crop_left, crop_h, crop_w, size)


def _place(centre: float, extent: int, limit: int) -> int:
    """Start of an interval of ``extent`` around ``centre`` that lies within 0..limit."""
    return int(min(max(centre - extent / 2, 0), limit - extent))


def _reachable(mask: Alpha, prompts: Sequence[Click | Scribble]) -> Alpha:
    """The mask without patches that no positive prompt touches; all of it if none touches any."""
    _, patches = cv2.connectedComponents((mask > 127).astype(np.uint8))
    height, width = mask.shape
    touched = {
        int(patches[min(max(round(y), 0), height - 1), min(max(round(x), 0), width - 1)])
        for prompt in prompts
        if prompt.positive
        for x, y in points_of(prompt)
    } - {0}
    if not touched:
        return mask
    kept = np.isin(patches, [0, *touched])
    return np.where(kept, mask, 0).astype(np.uint8)
