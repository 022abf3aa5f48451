"""Reading the memory for a new frame (METHOD C): pure functions, float32, one device."""

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from swem_core.memory.em import MemorySpec, unit


class Readout(NamedTuple):
    """What the memory says about every pixel of a frame.

    ``memory``: N x P x V softmax-weighted value means. ``shares``: N x P x L, the foreground's
    share of the evidence in the best 1..L bases per class; invariant to the order of the bases.
    """

    memory: Tensor
    shares: Tensor


def read(
    keys: Tensor, bases: Tensor, nu: Tensor, spec: MemorySpec, fresh: Tensor | None = None
) -> Readout:
    """Match a frame with the bases of N objects.

    ``keys``: P x C raw keys of the frame, or N x P x C if each object has its own frame.
    ``bases``: N x 2 x J x C unit bases, J = K or 2K (first bank, then updated bank). ``nu``:
    N x 2 x J x V. ``fresh``: N bool, objects whose updated bank is ignored because it still equals
    the first; None if there is none.
    """
    classed = (len(bases), keys.shape[-2], *bases.shape[1:3])
    scaled = (unit(keys) / spec.tau) @ bases.flatten(1, 2).transpose(1, 2)  # N x P x 2J
    if fresh is not None:
        scaled = _without_second_bank(scaled.view(classed), fresh).flatten(-2)
    portions = torch.softmax(scaled, -1)
    memory = torch.bmm(portions, nu.flatten(1, 2))
    return Readout(memory, _foreground_shares(portions.view(classed), spec))


def likeness(keys: Tensor, bases: Tensor, inside: Tensor, spec: MemorySpec) -> Tensor:
    """How closely N objects resemble what the user marked: N values in -1..1.

    The mean, over an object's pixels, of the cosine with the nearest foreground base of the first
    bank; 0 for an object without pixels. ``keys``, ``bases``: see :func:`read`. ``inside``: N x P
    share of each pixel that the object covers.
    """
    marked = bases[:, 1, : spec.bases]
    nearest = (unit(keys) @ marked.transpose(1, 2)).amax(-1)
    return (nearest * inside).sum(-1) / inside.sum(-1).clamp_min(1e-6)


def _without_second_bank(scaled: Tensor, fresh: Tensor) -> Tensor:
    """Minus infinity for the updated bank of fresh objects: its exponential is exactly 0."""
    first_half = scaled.shape[-1] // 2
    hidden = fresh[:, None] & (torch.arange(scaled.shape[-1], device=scaled.device) >= first_half)
    return scaled.masked_fill(hidden[:, None, None, :], -torch.inf)


def _foreground_shares(portions: Tensor, spec: MemorySpec) -> Tensor:
    """N x P x 2 x J -> N x P x L: T_fg / (T_bg + T_fg) over the best 1..L bases.

    Softmax portions serve as well as the exponentials they are made of: the factor cancels.
    """
    best = _largest(portions, min(spec.top_l, spec.bases)).cumsum(-1)
    background, foreground = best.unbind(2)
    return foreground / (background + foreground + spec.share_eps)


def _largest(values: Tensor, count: int) -> Tensor:
    """The ``count`` largest along the last axis, descending.

    On a CPU, sorting everything with NumPy takes a fifth of the time of torch.topk.
    """
    if values.device.type != "cpu" or values.requires_grad:
        return torch.topk(values, count, -1).values
    ascending = np.sort(values.numpy(), -1)
    return torch.from_numpy(np.ascontiguousarray(ascending[..., : -count - 1 : -1]))
