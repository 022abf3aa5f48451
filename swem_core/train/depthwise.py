"""Keeping depthwise convolutions in float32 under bf16 autocast on a CPU."""

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F


def keep_depthwise_fp32(network: nn.Module) -> None:
    """Exclude the depthwise convolutions of ``network`` from CPU autocast; their outputs are bf16.

    oneDNN has no fast backward pass for them in bf16: strided or with 5x5 kernels they took four to
    eight times as long as in float32, and half of a training step. No effect on float32 inputs.
    """
    for module in network.modules():
        if isinstance(module, nn.Conv2d) and module.groups == module.in_channels > 1:
            module.forward = _Depthwise(module)  # type: ignore[method-assign,assignment]


class _Depthwise:
    def __init__(self, conv: nn.Conv2d) -> None:
        self._conv = conv

    def __call__(self, x: Tensor) -> Tensor:
        conv = self._conv
        if x.dtype != torch.bfloat16:
            return type(conv).forward(conv, x)
        with torch.autocast("cpu", enabled=False):
            y = F.conv2d(
                x.float(),
                conv.weight,
                conv.bias,
                conv.stride,
                cast("tuple[int, int]", conv.padding),
                conv.dilation,
                conv.groups,
            )
        return y.to(x.dtype)
