"""The click network: prompts on a frozen frame -> one object's mask.

Its image encoder has the architecture of ``lite``'s key encoder (0.7 M parameters) and runs once
per frozen frame, so that a prompt costs only the rest (0.8 M).
"""

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from swem_core.model.blocks import ConvBnAct, Residual, UpBlock, resize
from swem_core.model.conv import Conv2d
from swem_core.model.lite import S4_DIM, S8_DIM, S16_DIM, KeyEncoder, normalise

CLICK_RADIUS = 5
"""Radius in network pixels of the disc drawn for a click."""
STROKE_WIDTH = 5
"""Width in network pixels of the line drawn for a scribble (trained on 3 to 7)."""


class ImageFeatures(NamedTuple):
    """Encoder outputs for a picture: B x c x H/stride x W/stride."""

    s4: Tensor
    s8: Tensor
    s16: Tensor


class PromptEncoder(nn.Module):
    """1 x 3 x H x W prompt maps -> features at strides 4, 8, 16 (24, 32, 64 channels)."""

    def __init__(self) -> None:
        super().__init__()
        self.s4 = nn.Sequential(ConvBnAct(3, 16, stride=2), ConvBnAct(16, 24, stride=2))
        self.s8 = ConvBnAct(24, 32, stride=2)
        self.s16 = ConvBnAct(32, 64, stride=2)

    def forward(self, maps: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """See the class."""
        s4 = self.s4(maps)
        s8 = self.s8(s4)
        return s4, s8, self.s16(s8)


class ClickNetwork(nn.Module):
    """Image features and prompt maps -> logits; positive = object."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = KeyEncoder()
        self.prompt = PromptEncoder()
        self.fuse = Conv2d(S16_DIM + 64, 128, 1)
        self.res1 = Residual(128, 128)
        self.context = nn.Linear(128, 128)
        self.res2 = Residual(128, 128)
        self.up8 = UpBlock(S8_DIM + 32, 128, 64)
        self.up4 = UpBlock(S4_DIM + 24, 64, 32)
        self.head = Conv2d(32, 1, 3, padding=1)

    def encode(self, images: Tensor) -> ImageFeatures:
        """B x 3 x H x W RGB in [0, 1], sides multiples of 16 -> features of batch B."""
        return ImageFeatures(*self.encoder(normalise(images)))

    def forward(self, features: ImageFeatures, maps: Tensor) -> Tensor:
        """H x W logits.

        ``maps``: 1 x 3 x H x W in [0, 1]: positive prompts, negative prompts, previous mask
        (probability, 0 where there is none).
        """
        return self.logits(features, maps)[0, 0]

    def logits(self, features: ImageFeatures, maps: Tensor) -> Tensor:
        """B x 1 x H x W logits; features and maps of batch B, see :meth:`forward`."""
        p4, p8, p16 = self.prompt(maps)
        x = self.res1(self.fuse(torch.cat((features.s16, p16), 1)))
        gate = torch.sigmoid(self.context(x.mean((2, 3))))
        x = self.res2(x * gate[:, :, None, None])
        x = self.up8(x, torch.cat((features.s8, p8), 1))
        x = self.up4(x, torch.cat((features.s4, p4), 1))
        return resize(self.head(F.relu(x)), maps.shape[-2:])
