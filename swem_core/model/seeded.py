"""Untrained weights, for measuring the speed of a network that ships without any."""

from typing import TypeVar

import torch
from torch import nn

M = TypeVar("M", bound=nn.Module)

_GAIN = 1.6  # He initialisation would be 2; less, because residual branches add up
_KEY_SCALE = 0.25  # keys short enough for exponentials in the normal range
_LAST_NORM = 0.3  # scale of a residual unit's last norm, so that many units do not add up too far


def seed_weights(network: M, seed: int = 0) -> M:
    """Fill ``network`` in place with random weights that depend on ``seed`` alone, and return it.

    Activations stay in a trained network's range, so that no denormal or infinite number distorts
    timings. Afterwards the network is in eval mode, without gradients.
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
