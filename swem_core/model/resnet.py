"""ResNets to stride 16, the trunks of the paper's network (METHOD A1 and A2).

Attribute names are those of the official checkpoints. Images are in [0, 1]; each encoder
normalises them with constants that are part of its weights.
"""

from collections.abc import Mapping
from typing import ClassVar, Literal, NamedTuple, TypeAlias

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from swem_core.model.conv import Conv2d, conv_norm

Backbone: TypeAlias = Literal["resnet50", "resnet18"]

STEM_DIM = 64
_MEAN, _STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # of ImageNet


class BasicBlock(nn.Module):
    """The block of ResNet-18: two 3x3 convolutions and a skip connection."""

    expansion: ClassVar[int] = 1

    def __init__(self, c_in: int, width: int, *, stride: int = 1, bias: bool = False) -> None:
        super().__init__()
        self.conv1 = Conv2d(c_in, width, 3, stride, 1, bias=bias)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = Conv2d(width, width, 3, padding=1, bias=bias)
        self.bn2 = nn.BatchNorm2d(width)
        self.downsample = _shortcut(c_in, width, stride, bias)

    def forward(self, x: Tensor) -> Tensor:
        """B x c_in x H x W -> B x width x H/stride x W/stride."""
        skip = x if self.downsample is None else self.downsample(x)
        x = conv_norm(self.conv1, self.bn1, x, act="relu")
        return conv_norm(self.conv2, self.bn2, x, add=skip, act="relu")


class Bottleneck(nn.Module):
    """The block of ResNet-50: 1x1, 3x3 with the stride, 1x1 to four times the width."""

    expansion: ClassVar[int] = 4

    def __init__(self, c_in: int, width: int, *, stride: int = 1, bias: bool = False) -> None:
        super().__init__()
        c_out = width * self.expansion
        self.conv1 = Conv2d(c_in, width, 1, bias=bias)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = Conv2d(width, width, 3, stride, 1, bias=bias)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = Conv2d(width, c_out, 1, bias=bias)
        self.bn3 = nn.BatchNorm2d(c_out)
        self.downsample = _shortcut(c_in, c_out, stride, bias)

    def forward(self, x: Tensor) -> Tensor:
        """B x c_in x H x W -> B x 4 width x H/stride x W/stride."""
        skip = x if self.downsample is None else self.downsample(x)
        x = conv_norm(self.conv1, self.bn1, x, act="relu")
        x = conv_norm(self.conv2, self.bn2, x, act="relu")
        return conv_norm(self.conv3, self.bn3, x, add=skip, act="relu")


def _shortcut(c_in: int, c_out: int, stride: int, bias: bool) -> nn.Sequential | None:
    """A projection of the block's input to its output's shape; None if they are equal."""
    if stride == 1 and c_in == c_out:
        return None
    return nn.Sequential(Conv2d(c_in, c_out, 1, stride, bias=bias), nn.BatchNorm2d(c_out))


class _Layout(NamedTuple):
    """Block type and blocks per stage."""

    block: type[BasicBlock] | type[Bottleneck]
    depths: tuple[int, int, int]


_LAYOUTS: Mapping[Backbone, _Layout] = {
    "resnet50": _Layout(Bottleneck, (3, 4, 6)),
    "resnet18": _Layout(BasicBlock, (2, 2, 2)),
}


def widths(backbone: Backbone) -> tuple[int, int, int]:
    """Channels at strides 4, 8 and 16."""
    expansion = _LAYOUTS[backbone].block.expansion
    return 64 * expansion, 128 * expansion, 256 * expansion


def stages(backbone: Backbone, *, bias: bool = False) -> tuple[nn.Sequential, ...]:
    """The first three stages, ending at strides 4, 8 and 16. ``bias``: of the convolutions."""
    block, depths = _LAYOUTS[backbone]
    c_in, result = STEM_DIM, []
    for width, c_out, depth in zip((64, 128, 256), widths(backbone), depths, strict=True):
        first = block(c_in, width, stride=1 if width == STEM_DIM else 2, bias=bias)
        rest = (block(c_out, width, bias=bias) for _ in range(depth - 1))
        result.append(nn.Sequential(first, *rest))
        c_in = c_out
    return tuple(result)


class ImageEncoder(nn.Module):
    """The common start of both encoders: normalisation and the stem, to stride 4.

    ``conv1``: the first convolution, 7x7 with stride 2, to 64 channels.
    """

    mean: Tensor
    std: Tensor

    def __init__(self, conv1: nn.Module) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor(_MEAN).view(1, 3, 1, 1))
        self.register_buffer("std", torch.tensor(_STD).view(1, 3, 1, 1))
        self.conv1 = conv1
        self.bn1: nn.Module = nn.BatchNorm2d(STEM_DIM)

    def normalise(self, image: Tensor) -> Tensor:
        """[0, 1] -> zero mean and unit standard deviation over ImageNet."""
        return (image - self.mean) / self.std

    def stem(self, *inputs: Tensor) -> Tensor:
        """The inputs of ``conv1``, B x c x H x W each -> B x 64 x H/4 x W/4."""
        return F.max_pool2d(conv_norm(self.conv1, self.bn1, *inputs, act="relu"), 3, 2, 1)


class KeyEncoder(ImageEncoder):
    """Image features of c, 2c and 4c channels; c is 256 for ResNet-50, 64 for ResNet-18."""

    def __init__(self, backbone: Backbone) -> None:
        super().__init__(Conv2d(3, STEM_DIM, 7, 2, 3, bias=False))
        self.res2, self.layer2, self.layer3 = stages(backbone)

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """1 x 3 x H x W in [0, 1] -> s4, s8, s16 of 1 x channels x H/stride x W/stride."""
        s4 = self.res2(self.stem(self.normalise(image)))
        s8 = self.layer2(s4)
        return s4, s8, self.layer3(s8)
