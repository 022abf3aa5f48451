"""Preparing a network for inference: fewer and faster layers, the same function."""

from itertools import pairwise
from typing import TypeVar

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_weights

from swem_core.model.conv import Conv2d
from swem_core.model.joined import HasFastForm

M = TypeVar("M", bound=nn.Module)


def for_inference(network: M) -> M:
    """Convert ``network`` to its fastest form, in place, and return it.

    Folds batch norms into their convolutions (every network here declares a norm right after its
    convolution, in the same module), replaces modules that have a fast form, lays weights out
    channels-last and enables the fast convolutions. Afterwards the network is in eval mode,
    without gradients, and no longer trainable. Outputs change by rounding only.
    """
    network.eval().requires_grad_(False)
    for parent in network.modules():
        for (_, conv), (name, bn) in pairwise(list(parent.named_children())):
            if isinstance(conv, nn.Conv2d) and isinstance(bn, nn.BatchNorm2d):
                _fold(conv, bn)
                setattr(parent, name, nn.Identity())
    for parent in list(network.modules()):
        for name, child in parent.named_children():
            if isinstance(child, HasFastForm):
                setattr(parent, name, child.fast_form())
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    for module in network.modules():
        if isinstance(module, Conv2d):
            module.accelerate()
    return network


def release_weights(network: nn.Module) -> None:
    """Drop the weights for which the fast convolutions keep prepared ones, after a first pass.

    Outputs do not change. The network can no longer be moved, converted or saved.
    """
    for module in network.modules():
        if isinstance(module, Conv2d):
            module.release_weight()


def _fold(conv: nn.Conv2d, bn: nn.BatchNorm2d) -> None:
    assert bn.running_mean is not None and bn.running_var is not None
    conv.weight, conv.bias = fuse_conv_bn_weights(
        conv.weight, conv.bias, bn.running_mean, bn.running_var, bn.eps, bn.weight, bn.bias
    )
    conv.requires_grad_(False)
