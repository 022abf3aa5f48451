"""Weights without training, for measuring speed where a network has none that ship."""

from typing import TypeVar

import torch
from torch import nn

M = TypeVar("M", bound=nn.Module)

_GAIN = 1.6  # below 2: residual branches add up
_KEY_SCALE = 0.25  # keys of a length that keeps the memory's exponentials in normal range
_LAST_NORM = 0.3  # of a residual unit, which keeps the sum of many units in range


def seed_weights(network: M, seed: int = 0) -> M:
    """Fill ``network`` in place with numbers that depend on the seed alone; eval mode, no gradient.

    Activations stay in the range of a trained network's, so that no denormal or infinite number
    distorts the time.
    """
    generator = torch.Generator().manual_seed(seed)
    network.eval().requires_grad_(False)
    for path, module in network.named_modules():
        if isinstance(module, nn.Conv2d | nn.Linear):
            fan_in = module.weight[0].numel()
            scale = _KEY_SCALE if "key_proj" in path else 1.0
            module.weight.normal_(0, scale * (_GAIN / fan_in) ** 0.5, generator=generator)
            if module.bias is not None:
                module.bias.normal_(0, 0.05, generator=generator)
        for name, child in module.named_children():
            if isinstance(child, nn.BatchNorm2d):
                child.weight.fill_(_LAST_NORM if name == "bn3" else 0.9)
    return network
