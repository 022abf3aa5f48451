"""A predictor without weights of its own: the tracker's memory, fitted to the prompts alone.

SWEM's EM (see :mod:`swem_core.memory.em`) fits bases to the key features of what was marked as
object and as background; every other pixel goes to the class that explains its key better. A key
covers 16 x 16 pixels, so GrabCut refines the edge from there.
Thread: the one that owns the networks.
"""

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from swem_core.engine.preprocess import mask_to_tensor, to_tensor
from swem_core.memory.em import empty_bank, memorise, random_kappa, unit
from swem_core.model.grid import rows_of
from swem_core.model.network import SwemNetwork
from swem_core.segment.areas import allowed, as_marks, last_area
from swem_core.segment.finish import finished, within
from swem_core.segment.grabcut import cut_out, near_marks
from swem_core.segment.prompt_maps import Crop, draw_prompts, whole, zoomed
from swem_core.segment.prompts import Hint, points_of
from swem_core.types import Alpha, Image

_SHORT_SIDE = 384  # pixels the features are taken at: keys have a sixteenth of that
_BASES = 32  # per class: a few marks hold no more
_LIKELY = 0.3  # weight of what is only probable, a mark's being 1


class EmPredictor:
    """A :class:`MaskPredictor`; best after a box or lasso, as a click says little about the
    background."""

    def __init__(self, network: SwemNetwork, device: torch.device) -> None:
        self._network = network.to(device)
        self._device = device
        self._spec = replace(network.memory, value_dim=1, bases=_BASES)
        self._image: Image | None = None

    def begin(self, image: Image) -> None:
        """See :class:`MaskPredictor`."""
        self._image = image

    def predict(self, prompts: Sequence[Hint], previous: Alpha | None) -> Alpha:
        """See :class:`MaskPredictor`."""
        if self._image is None:
            raise RuntimeError("begin(image) comes before predict().")
        return cut_out(self._image, prompts, previous, self._likely(self._image, prompts, previous))

    def _likely(self, image: Image, prompts: Sequence[Hint], previous: Alpha | None) -> Alpha:
        """HxW soft mask by the evidence of the keys alone, before GrabCut."""
        size = image.shape[:2]
        limits, marks = allowed(prompts, size), as_marks(prompts, size)
        area = last_area(prompts)
        if previous is None or prompts[-1] is area:
            previous = np.zeros(size, np.uint8)
        if not marks:
            return within(previous, limits)
        crop = whole(size)
        if area is not None:
            crop = zoomed([*points_of(area), *points_of(marks[-1])], previous) or crop
        crop = crop.at(_SHORT_SIDE)
        # earlier results, or else the area, are probably the object; the rest probably is not
        likely = previous > 127
        if area is not None and limits is not None and not likely.any():
            likely = limits
        coverage = mask_to_tensor(crop.cut(likely.astype(np.uint8)) > 0, crop.size, self._device)
        drawn = draw_prompts(marks, crop)
        if not likely.any():  # a click covers one key: too little to tell an object by
            coverage = torch.from_numpy(near_marks(drawn[0] > 0)).to(coverage)
        foreground = self._foreground(image, crop, drawn, coverage)
        result = np.zeros(size, np.uint8)
        full = (crop.width, crop.height)
        found = cv2.resize(foreground, full, interpolation=cv2.INTER_CUBIC)
        crop.cut(result)[:] = np.rint(255 * np.clip(found, 0, 1)).astype(np.uint8)
        return finished(result, crop, marks, limits)

    def _foreground(
        self, picture: Image, crop: Crop, drawn: NDArray[np.float32], likely: Tensor
    ) -> NDArray[np.float32]:
        """The object's share of the evidence on the key grid. ``drawn``: 2 x h x w maps."""
        generator = torch.Generator().manual_seed(0)  # the same prompts give the same mask
        with torch.inference_mode():
            image = to_tensor(np.ascontiguousarray(crop.cut(picture)), crop.size, self._device)
            key = self._network.encode_key(image).key
            grid = (key.shape[2], key.shape[3])
            keys = rows_of(key)[0].contiguous()
            marked = torch.from_numpy(drawn).to(self._device)
            marked = torch.nn.functional.adaptive_max_pool2d(marked, grid)
            likely = torch.nn.functional.adaptive_avg_pool2d(likely[None], grid)[0]
            soft = torch.stack((1 - likely, likely)) * _LIKELY * (1 - marked.amax(0))
            weights = (soft + marked.flip(0)).flatten(1).T[None]
            kappa = random_kappa(self._spec, generator)[None].to(self._device)
            values = keys.new_zeros(1, len(keys), 1)
            bank = memorise(empty_bank(kappa, 1), keys, values, weights, self._spec)
            cosine = torch.einsum("pc,kjc->pkj", unit(keys), unit(bank.kappa[0]))
            evidence = torch.logsumexp(cosine / self._spec.tau, -1)
            share: NDArray[np.float32] = torch.softmax(evidence, -1)[:, 1].view(grid).cpu().numpy()
        return share
