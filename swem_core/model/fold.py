"""Inference form of a network: fewer, faster layers with the same numbers."""

from typing import TypeVar

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_weights

from swem_core.model.blocks import ConvBnAct

M = TypeVar("M", bound=nn.Module)


def for_inference(network: M) -> M:
    """Fold batch norms into their convolutions and lay weights out channels-last, in place.

    Afterwards the network is in eval mode, without gradients, and no longer trainable. Outputs
    change by rounding only.
    """
    network.eval().requires_grad_(False)
    for module in network.modules():
        if isinstance(module, ConvBnAct):
            _fold(module)
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return network


def _fold(block: ConvBnAct) -> None:
    bn = block.bn
    if not isinstance(bn, nn.BatchNorm2d) or bn.running_mean is None or bn.running_var is None:
        return
    block.conv.weight, block.conv.bias = fuse_conv_bn_weights(
        block.conv.weight, None, bn.running_mean, bn.running_var, bn.eps, bn.weight, bn.bias
    )
    block.conv.requires_grad_(False)
    block.bn = nn.Identity()
