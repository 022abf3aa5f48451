"""The click network unrolled over several rounds of simulated marking.

A first mark, or a wrong mask as from tracking, is followed by corrections where the result is most
wrong; some rounds add no mark, as when the program zooms in.
"""

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from swem_core.eval.clicks import next_click
from swem_core.model.blocks import resize
from swem_core.model.click import CLICK_RADIUS, ClickNetwork
from swem_core.segment.prompts import Click
from swem_core.train.batch import ClipBatch, images_of
from swem_core.train.mask_errors import corrupted
from swem_core.types import Mask

_CORRECTIONS = 3
_FIRST_CLICKS = 3
_STROKE = 0.35  # probability that the first mark is a stroke instead of clicks
_NEGATIVE = 0.3  # probability of an additional first click on the background
_FORGET = 0.15  # probability that a round sees no previous mask, as after a fresh start
_AGAIN = 0.25  # probability of a round without a new mark, as after zooming in
_COARSE = 0.5  # probability that the previous mask has a lower resolution
_TRACKED = 0.15  # probability of starting from a wrong mask
_OFF = 3  # pixels: standard deviation of clicks
_WRONG = 20  # pixels: fewer wrong ones are not worth a click


class UnrolledClicks(nn.Module):
    """The click network on single pictures, marked in several rounds by a simulated annotator."""

    def __init__(self, network: ClickNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, batch: ClipBatch) -> Tensor:
        """B x rounds x 2 x H x W logits (background, object) of 1 to 4 rounds of marking."""
        images = images_of(batch.frames[:, 0])
        features = self.network.encode(images)
        annotators = [_Annotator(labels, seed) for labels, seed in _pairs(batch)]
        rng = np.random.default_rng(batch.seeds.tolist())
        rounds = 1 + int(rng.integers(_CORRECTIONS + 1))
        start = np.stack([annotator.start for annotator in annotators])
        previous = torch.from_numpy(start)[:, None].to(images.device)
        logits = []
        for _ in range(rounds):
            drawn = np.stack([annotator.maps for annotator in annotators])
            maps = torch.cat((torch.from_numpy(drawn).to(images.device), previous), 1)
            found = self.network.logits(features, maps).float()
            logits.append(torch.cat((-found, found), 1))
            probs = torch.sigmoid(found.detach())
            for annotator, prob in zip(annotators, probs[:, 0].cpu().numpy(), strict=True):
                annotator.correct(prob > 0.5)
            kept = torch.tensor([not one.forgets() for one in annotators], device=probs.device)
            previous = _rescaled(probs, rng) * kept[:, None, None, None]
        return torch.stack(logits, 1) / 2  # so that the softmax over (-x, x) is sigmoid(x)


def _pairs(batch: ClipBatch) -> list[tuple[Mask, int]]:
    labels = batch.labels[:, 0].cpu().numpy() > 0
    return list(zip(labels, batch.seeds.tolist(), strict=True))


def _rescaled(probs: Tensor, rng: np.random.Generator) -> Tensor:
    """``probs``, often at a lower resolution, like a mask predicted in a larger crop."""
    if rng.random() >= _COARSE:
        return probs
    small = [max(side // int(rng.integers(2, 5)), 1) for side in probs.shape[-2:]]
    return resize(F.interpolate(probs, size=small, mode="area"), probs.shape[-2:])


class _Annotator:
    """Marks one object. ``maps``: 2 x H x W float32, positive and negative marks so far.
    ``start``: H x W float32, the mask before the first mark."""

    def __init__(self, truth: Mask, seed: int) -> None:
        self._truth, self._rng = truth, np.random.default_rng(seed)
        self.maps: NDArray[np.float32] = np.zeros((2, *truth.shape), np.float32)
        self.start: NDArray[np.float32] = np.zeros(truth.shape, np.float32)
        if self._rng.random() < _TRACKED:
            wrong = corrupted(truth, self._rng)
            if (wrong != truth).sum() >= _WRONG:
                self.start = wrong.astype(np.float32)
                self._click_where_wrong(wrong)
                return
        if self._rng.random() < _STROKE:
            self._stroke()
        else:
            for _ in range(int(self._rng.integers(1, _FIRST_CLICKS + 1))):
                self._disc(*self._inside(truth), True)
        if self._rng.random() < _NEGATIVE and not truth.all():
            self._disc(*self._inside(~truth), False)

    def correct(self, mask: Mask) -> None:
        """Click near the middle of the largest wrong region, or do nothing this round."""
        if self._rng.random() >= _AGAIN and (mask != self._truth).sum() >= _WRONG:
            self._click_where_wrong(mask)

    def _click_where_wrong(self, mask: Mask) -> None:
        click: Click = next_click(mask, self._truth)
        x, y = (round(v + self._rng.normal(0, _OFF)) for v in (click.x, click.y))
        height, width = self._truth.shape
        x, y = min(max(x, 0), width - 1), min(max(y, 0), height - 1)
        if self._truth[y, x] != click.positive:  # missed: take the middle itself
            x, y = round(click.x), round(click.y)
        self._disc(x, y, click.positive)

    def forgets(self) -> bool:
        """Whether the next round sees no previous mask."""
        return bool(self._rng.random() < _FORGET)

    def _inside(self, region: Mask) -> tuple[int, int]:
        """A random point of a region, away from its edge."""
        depth = cv2.distanceTransform(region.astype(np.uint8), cv2.DIST_L2, 3)
        ys, xs = np.nonzero(depth >= self._rng.uniform(0.1, 0.7) * depth.max())
        chosen = int(self._rng.integers(len(xs)))
        return int(xs[chosen]), int(ys[chosen])

    def _disc(self, x: int, y: int, positive: bool) -> None:
        cv2.circle(self.maps[0 if positive else 1], (x, y), CLICK_RADIUS, 1.0, -1)

    def _stroke(self) -> None:
        """A polyline between points of the object, cut to it, 3 to 7 pixels wide."""
        points = [self._inside(self._truth) for _ in range(int(self._rng.integers(2, 4)))]
        line = np.zeros(self._truth.shape, np.float32)
        width = int(self._rng.integers(3, 8))
        cv2.polylines(line, [np.array(points, np.int32)], False, 1.0, width)
        self.maps[0] = np.where(self._truth, line, 0)
        if not self.maps[0].any():
            self._disc(*points[0], True)
