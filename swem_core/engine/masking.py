"""From decoder logits to the inputs of the memory and the value encoder, all on one device."""

from collections.abc import Sequence
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

from swem_core.engine.result import PROBABILITY_EPS
from swem_core.model.blocks import resize
from swem_core.model.network import STRIDE

ABSENT_LOGIT = -20.0
"""Logit of an object on a frame, or at a position, where it certainly is not."""


class ObjectMasks(NamedTuple):
    """Masks of N objects at network input size, in the forms in which they are learnt.

    ``masks``: N x 1 x H x W probabilities. ``others``: N x 1 x H x W, sum of the other objects'.
    ``soft``, ``hard``: N x P at stride 16, for the class weights (METHOD B3).
    """

    masks: Tensor
    others: Tensor
    soft: Tensor
    hard: Tensor

    def select(self, rows: Tensor | None) -> "ObjectMasks":
        """The objects ``rows`` only (None: all); the rest still count in ``others``."""
        return self if rows is None else ObjectMasks(*(t[rows] for t in self))


def aggregate(logits: Tensor, alive: Tensor | None = None) -> Tensor:
    """N x H x W logits -> (N+1) x H x W probabilities, background first (METHOD A5).

    Computed as odds, p / (1 - p): an object's are exp(logit); the background's, of
    p0 = prod(1 - p), are 1 / (prod(1 + odds) - 1).
    ``alive``: N bool; planes where it is False belong to no object and become exactly 0. None: all
    are alive.
    """
    nobody = None if alive is None else ~alive[:, None, None]
    odds = logits.new_empty(len(logits) + 1, *logits.shape[1:])
    background, own = odds[:1], odds[1:]
    torch.exp(logits, out=own)
    if nobody is not None:
        own.masked_fill_(nobody, 0)
    torch.prod(own + 1, 0, keepdim=True, out=background)
    background.sub_(1).reciprocal_()
    odds.clamp_(PROBABILITY_EPS / (1 - PROBABILITY_EPS), (1 - PROBABILITY_EPS) / PROBABILITY_EPS)
    if nobody is not None:  # the clamp has raised these planes
        own.masked_fill_(nobody, 0)
    return odds.div_(odds.sum(0))


def predicted_masks(
    logits: Tensor, size: tuple[int, int], alive: Tensor | None = None
) -> ObjectMasks:
    """Masks of a tracked frame. ``logits``: N x h4 x w4; ``size``: network input (H, W)."""
    return object_masks(aggregate(_at_full_size(logits, size), alive))


def marked_masks(
    logits: Tensor, size: tuple[int, int], marked: Sequence[int], given: list[Tensor]
) -> ObjectMasks:
    """Masks of a frame on which the user marked some objects, of indices ``marked`` (0..N-1).

    ``given``: one H x W coverage in [0, 1] for each of them. Else as :func:`predicted_masks`.
    """
    probs = aggregate(_at_full_size(logits, size))
    return object_masks(override(probs, [number + 1 for number in marked], given))


def _at_full_size(logits: Tensor, size: tuple[int, int]) -> Tensor:
    """N x h4 x w4 -> N x H x W, as a batch: on a CPU 2.5 times faster for three planes than as
    channels."""
    return resize(logits[:, None], size)[:, 0]


def object_masks(probs: Tensor) -> ObjectMasks:
    """Masks from (N+1) x H x W probabilities, background first; H and W are multiples of 16.

    ``hard`` is the nearest-neighbour sample of the most probable class, i.e. each cell's top-left
    pixel, so only those are compared.
    """
    masks = probs[1:, None]
    others = (1 - probs[0]) - masks
    grid = (probs.shape[1] // STRIDE, probs.shape[2] // STRIDE)
    soft = resize(masks, grid).flatten(1)
    winner = probs[:, ::STRIDE, ::STRIDE].argmax(0).flatten()
    ids = torch.arange(1, len(probs), device=probs.device)
    return ObjectMasks(masks, others, soft, (winner == ids[:, None]).to(soft.dtype))


def override(probs: Tensor, channels: list[int], given: list[Tensor]) -> Tensor:
    """Probabilities with the user's masks put in place of the predicted ones.

    ``probs``: (N+1) x H x W, background first. ``given``: one H x W coverage in [0, 1] for each of
    ``channels`` (1..N). What a given mask leaves is shared among the others in proportion; what
    the object held outside its new mask goes to the background.
    """
    probs = probs.clone()
    for channel, mask in zip(channels, given, strict=True):
        probs[0] += probs[channel]
        probs[channel] = 0
        probs *= 1 - mask
        probs[channel] = mask
    return probs


def shares_inside(logits: Tensor) -> Tensor:
    """N x H/4 x W/4 logits -> N x P: share of each stride-16 cell that lies inside the mask."""
    return F.avg_pool2d((logits > 0).to(logits.dtype), STRIDE // 4).flatten(1)


def confidence(logits: Tensor) -> Tensor:
    """N scores in 0..1: mean probability inside the predicted mask, 0 for an empty one."""
    probs = torch.sigmoid(logits).flatten(1)
    inside = (probs > 0.5).to(probs.dtype)
    return (probs * inside).sum(1) / inside.sum(1).clamp_min(1)
