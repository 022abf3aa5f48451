"""The click network under simulated use: a first mark, or a mask that was tracked wrongly; then
corrections where it was most wrong, and second looks without one."""

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
from swem_core.train.click_scene import damaged
from swem_core.types import Mask

_CORRECTIONS = 3
_FIRST_CLICKS = 3
_STROKE = 0.35  # probability that the first marks are a stroke instead of clicks
_NEGATIVE = 0.3  # probability of a first click on the background as well
_FORGET = 0.15  # probability that a round sees no previous mask, as after a fresh start
_AGAIN = 0.25  # probability of a second look before the next correction, as after zooming in
_COARSE = 0.5  # probability that the previous mask was found at another scale
_TRACKED = 0.15  # probability that there is a mask already, which is wrong
_OFF = 3  # pixels by which people miss
_WRONG = 20  # pixels: less is not worth a click


class Clicker(nn.Module):
    """The click network on one picture, marked in several rounds."""

    def __init__(self, network: ClickNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, batch: ClipBatch) -> Tensor:
        """B x rounds x 2 x H x W logits (background, object) of 1 to 4 rounds of marking."""
        images = images_of(batch.frames[:, 0])
        features = self.network.encode(images)
        people = [_Person(labels, seed) for labels, seed in _pairs(batch)]
        rng = np.random.default_rng(batch.seeds.tolist())
        rounds = 1 + int(rng.integers(_CORRECTIONS + 1))
        begun = np.stack([person.begun for person in people])
        previous = torch.from_numpy(begun)[:, None].to(images.device)
        logits = []
        for _ in range(rounds):
            drawn = np.stack([person.maps for person in people])
            maps = torch.cat((torch.from_numpy(drawn).to(images.device), previous), 1)
            found = self.network.logits(features, maps).float()
            logits.append(torch.cat((-found, found), 1))
            probs = torch.sigmoid(found.detach())
            for person, prob in zip(people, probs[:, 0].cpu().numpy(), strict=True):
                person.correct(prob > 0.5)
            kept = torch.tensor([not person.forgets() for person in people], device=probs.device)
            previous = _rescaled(probs, rng) * kept[:, None, None, None]
        return torch.stack(logits, 1) / 2  # of which the softmax is the network's own sigmoid


def _pairs(batch: ClipBatch) -> list[tuple[Mask, int]]:
    labels = batch.labels[:, 0].cpu().numpy() > 0
    return list(zip(labels, batch.seeds.tolist(), strict=True))


def _rescaled(probs: Tensor, rng: np.random.Generator) -> Tensor:
    """Often as coarse as the mask of a crop that shows more."""
    if rng.random() >= _COARSE:
        return probs
    small = [max(side // int(rng.integers(2, 5)), 1) for side in probs.shape[-2:]]
    return resize(F.interpolate(probs, size=small, mode="area"), probs.shape[-2:])


class _Person:
    """Marks one object. ``maps``: 2 x H x W float32, positive and negative marks so far.
    ``begun``: H x W float32, the mask there was before."""

    def __init__(self, truth: Mask, seed: int) -> None:
        self._truth, self._rng = truth, np.random.default_rng(seed)
        self.maps: NDArray[np.float32] = np.zeros((2, *truth.shape), np.float32)
        self.begun: NDArray[np.float32] = np.zeros(truth.shape, np.float32)
        if self._rng.random() < _TRACKED:
            wrong = damaged(truth, self._rng)
            if (wrong != truth).sum() >= _WRONG:
                self.begun = wrong.astype(np.float32)
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
        """Click about the middle of the largest wrong region, or look once more."""
        if self._rng.random() >= _AGAIN and (mask != self._truth).sum() >= _WRONG:
            self._click_where_wrong(mask)

    def _click_where_wrong(self, mask: Mask) -> None:
        click: Click = next_click(mask, self._truth)
        x, y = (round(v + self._rng.normal(0, _OFF)) for v in (click.x, click.y))
        height, width = self._truth.shape
        x, y = min(max(x, 0), width - 1), min(max(y, 0), height - 1)
        if self._truth[y, x] != click.positive:  # slipped off: the middle is certain
            x, y = round(click.x), round(click.y)
        self._disc(x, y, click.positive)

    def forgets(self) -> bool:
        """Whether the next round sees no previous mask."""
        return bool(self._rng.random() < _FORGET)

    def _inside(self, region: Mask) -> tuple[int, int]:
        """A point of a region, rarely at its very edge."""
        depth = cv2.distanceTransform(region.astype(np.uint8), cv2.DIST_L2, 3)
        ys, xs = np.nonzero(depth >= self._rng.uniform(0.1, 0.7) * depth.max())
        chosen = int(self._rng.integers(len(xs)))
        return int(xs[chosen]), int(ys[chosen])

    def _disc(self, x: int, y: int, positive: bool) -> None:
        cv2.circle(self.maps[0 if positive else 1], (x, y), CLICK_RADIUS, 1.0, -1)

    def _stroke(self) -> None:
        """A broken line between points of the object, kept inside it, 3 to 7 pixels wide."""
        points = [self._inside(self._truth) for _ in range(int(self._rng.integers(2, 4)))]
        line = np.zeros(self._truth.shape, np.float32)
        width = int(self._rng.integers(3, 8))
        cv2.polylines(line, [np.array(points, np.int32)], False, 1.0, width)
        self.maps[0] = np.where(self._truth, line, 0)
        if not self.maps[0].any():
            self._disc(*points[0], True)
