"""Bootstrapped cross-entropy and soft IoU (METHOD E)."""

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

from swem_core.train.config import Loss

_EPS = 1e-6


class ClipLoss(NamedTuple):
    """Scalars, means over clips. ``total``: to be minimised. ``entropy``: its cross-entropy part.
    ``iou``: soft IoU of the objects, 0..1, for logging."""

    total: Tensor
    entropy: Tensor
    iou: Tensor


def hardest_share(progress: float, loss: Loss) -> float:
    """Share of pixels that are averaged: 1 until ``hard_from``, ``hardest`` after ``hard_to``."""
    if progress <= loss.hard_from:
        return 1.0
    if progress >= loss.hard_to:
        return loss.hardest
    passed = (progress - loss.hard_from) / (loss.hard_to - loss.hard_from)
    return 1 - (1 - loss.hardest) * passed


def clip_loss(logits: Tensor, labels: Tensor, hardest: float, iou_weight: float) -> ClipLoss:
    """Loss of B clips with F predicted frames.

    ``logits``: B x F x (1+N) x H x W, background first, whose softmax gives the probabilities.
    ``labels``: B x F x H x W uint8, 0..N. ``hardest``: share of each frame's pixels, those with the
    largest cross-entropy, that are averaged. ``iou_weight``: of the soft IoU loss.
    """
    labels = labels.long()
    entropy = F.cross_entropy(logits.flatten(0, 1), labels.flatten(0, 1), reduction="none")
    entropy = entropy.flatten(1)
    if hardest < 1:
        count = max(1, round(hardest * entropy.shape[1]))
        entropy = entropy.topk(count, 1, sorted=False).values
    mean_entropy = entropy.mean()
    overlaps, present = soft_overlaps(logits, labels)
    per_clip = (overlaps * present).flatten(1).sum(1) / present.flatten(1).sum(1)
    total = mean_entropy + iou_weight * (1 - per_clip).mean()
    seen = present[:, :, 1:]
    objects = (overlaps.detach()[:, :, 1:] * seen).sum() / seen.sum().clamp_min(1)
    return ClipLoss(total, mean_entropy.detach(), objects)


def soft_overlaps(logits: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
    """Soft IoU of every class, and 1 where the class is present: B x F x (1+N) each.

    Absent classes, which have IoU 0 whatever is predicted, would only add a constant to the loss.
    """
    probs = torch.softmax(logits, 2).flatten(3)
    ids = torch.arange(logits.shape[2], device=logits.device)
    truth = (labels[:, :, None] == ids[:, None, None]).to(probs.dtype).flatten(3)
    inside, area = (probs * truth).sum(3), truth.sum(3)
    union = probs.sum(3) + area - inside
    return inside / (union + _EPS), (area > 0).to(probs.dtype)
