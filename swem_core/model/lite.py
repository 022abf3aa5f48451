"""The ``lite`` network: SWEM with an EfficientNet-Lite0 encoder, for CPUs.

2.7 M parameters; 1.9 GMAC per frame and object at 240 x 432. Attribute names are the names in the
weight file.
"""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from swem_core.memory.em import MemorySpec
from swem_core.model.blocks import (
    ConvBnAct,
    InvertedResidual,
    JoinedConvBnAct,
    Residual,
    UpBlock,
)
from swem_core.model.conv import Conv2d
from swem_core.model.joined import GatedFusion, HasFastForm, JoinedConv, conv_of, side_by_side
from swem_core.model.network import KeyFeatures, SwemNetwork

KEY_DIM = 64
QUERY_DIM = 128
VALUE_DIM = 128
TOP_L = 32
S4_DIM, S8_DIM, S16_DIM = 24, 40, 112

_MEAN, _STD = 0.498, 0.502  # of EfficientNet-Lite's training, for all channels
_ENCODER_EPS = 1e-3
_VALUE_EPS = 1e-5


class _Stage(NamedTuple):
    """A stage of ``blocks`` inverted residuals, the first of them with the stride."""

    c_in: int
    c_out: int
    kernel: int
    stride: int
    expansion: int
    blocks: int

    def build(self, eps: float) -> nn.Sequential:
        first = InvertedResidual(
            self.c_in,
            self.c_out,
            self.kernel,
            stride=self.stride,
            expansion=self.expansion,
            eps=eps,
        )
        rest = (
            InvertedResidual(
                self.c_out, self.c_out, self.kernel, stride=1, expansion=self.expansion, eps=eps
            )
            for _ in range(self.blocks - 1)
        )
        return nn.Sequential(first, *rest)


_KEY_STAGES = (
    _Stage(32, 16, 3, 1, 1, 1),
    _Stage(16, S4_DIM, 3, 2, 6, 2),
    _Stage(S4_DIM, S8_DIM, 5, 2, 6, 2),
    _Stage(S8_DIM, 80, 3, 2, 6, 3),
    _Stage(80, S16_DIM, 5, 1, 6, 3),
)
_VALUE_STAGES = (
    _Stage(32, 48, 3, 2, 4, 1),
    _Stage(48, 48, 3, 1, 3, 1),
    _Stage(48, 96, 3, 2, 4, 1),
    _Stage(96, 96, 5, 1, 3, 1),
)


def normalise(image: Tensor) -> Tensor:
    """[0, 1] -> the range on which the encoders were trained, about -1..1: (x - mean) / std."""
    return torch.rsub(image, -_MEAN / _STD, alpha=-1 / _STD)


class KeyEncoder(nn.Module):
    """Stem and first five stages of EfficientNet-Lite0: normalised image -> (s4, s8, s16)."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = ConvBnAct(3, 32, stride=2, eps=_ENCODER_EPS)
        self.stages = nn.ModuleList(stage.build(_ENCODER_EPS) for stage in _KEY_STAGES)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """B x 3 x H x W -> B x 24 x H/4, B x 40 x H/8, B x 112 x H/16 (and likewise W)."""
        x = self.stages[0](self.stem(x))
        s4 = self.stages[1](x)
        s8 = self.stages[2](s4)
        s16 = self.stages[4](self.stages[3](s8))
        return s4, s8, s16


class ValueEncoder(nn.Module):
    """Encodes an object's appearance on a frame (METHOD A2)."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.ModuleList(
            (
                JoinedConvBnAct(2, 3, 24, stride=2, eps=_VALUE_EPS, shared_first=True),
                ConvBnAct(24, 24, stride=2, groups=24, eps=_VALUE_EPS),
                ConvBnAct(24, 32, 1, eps=_VALUE_EPS),
            )
        )
        # One block per stage, so that names in the weight file have no block index here.
        self.stages = nn.ModuleList(stage.build(_VALUE_EPS)[0] for stage in _VALUE_STAGES)
        self.fuse = JoinedConv(96, S16_DIM, VALUE_DIM, 1)
        self.res1 = Residual(VALUE_DIM, VALUE_DIM)
        self.res2 = Residual(VALUE_DIM, VALUE_DIM)

    def forward(self, image: Tensor, masks: Tensor, s16: Tensor) -> Tensor:
        """N x 128 x H/16 x W/16.

        ``image``: 1 x 3 x H x W, normalised; ``masks``: N x 2 x H x W, the object and the others;
        ``s16``: 1 x 112 x H/16 x W/16.
        """
        joined, *stem = self.stem
        x = joined(masks, image)
        for layer in (*stem, *self.stages):
            x = layer(x)
        return self.res2(self.res1(self.fuse(x, s16)))  # type: ignore[no-any-return]


class Fusion(HasFastForm):
    """Gated linear unit over [memory, query, shares] (METHOD A3)."""

    def __init__(self) -> None:
        super().__init__()
        c_in = VALUE_DIM + QUERY_DIM + TOP_L
        self.feature = Conv2d(c_in, VALUE_DIM, 3, padding=1)
        self.gate = Conv2d(c_in, VALUE_DIM, 3, padding=1)

    def forward(self, memory: Tensor, query: Tensor, shares: Tensor) -> Tensor:
        """N x 128, 1 x 128 and N x 32 x h x w -> N x 128 x h x w."""
        query = query.expand(len(memory), -1, -1, -1)
        x = torch.cat((memory, query, shares), 1)
        return self.feature(x) * torch.sigmoid(self.gate(x))  # type: ignore[no-any-return]

    def fast_form(self) -> GatedFusion:
        """One convolution instead of two, with the query's part computed once for all objects."""
        both = side_by_side(self.feature, self.gate)
        sizes = [VALUE_DIM, QUERY_DIM, TOP_L]
        memory, query, shares = both.weight.split_with_sizes(sizes, 1)
        own = torch.cat((memory, shares), 1)
        return GatedFusion(conv_of(own, None, both), conv_of(query, both.bias, both))


class Decoder(nn.Module):
    """Context at stride 16 -> logits at stride 4 (METHOD A4)."""

    def __init__(self) -> None:
        super().__init__()
        self.compress = Residual(VALUE_DIM, VALUE_DIM)
        self.up8 = UpBlock(S8_DIM, VALUE_DIM, 64)
        self.up4 = UpBlock(S4_DIM, 64, 32)
        self.head = Conv2d(32, 1, 3, padding=1)

    def forward(self, x: Tensor, features: KeyFeatures) -> Tensor:
        """N x 128 x h x w -> N x 1 x 4h x 4w."""
        x = self.up8(self.compress(x), features.s8)
        return self.head(self.up4(x, features.s4, act="relu"))  # type: ignore[no-any-return]


class LiteNetwork(SwemNetwork):
    """See the module. Stateless; eval mode for inference."""

    name = "lite"
    memory = MemorySpec(
        key_dim=KEY_DIM, value_dim=VALUE_DIM, top_l=TOP_L, normalise_keys=True, share_eps=1e-9
    )

    def __init__(self) -> None:
        super().__init__()
        self.key_encoder = KeyEncoder()
        self.key_proj = Conv2d(S16_DIM, KEY_DIM, 3, padding=1)
        self.key_comp = Conv2d(S16_DIM, QUERY_DIM, 1)
        self.value_encoder = ValueEncoder()
        self.fusion = Fusion()
        self.decoder = Decoder()

    def encode_key(self, image: Tensor) -> KeyFeatures:
        """See :meth:`SwemNetwork.encode_key`."""
        s4, s8, s16 = self.key_encoder(normalise(image))
        return KeyFeatures(s4, s8, s16, self.key_proj(s16), self.key_comp(s16))

    def encode_value(
        self, image: Tensor, masks: Tensor, others: Tensor, features: KeyFeatures
    ) -> Tensor:
        """See :meth:`SwemNetwork.encode_value`."""
        seen = torch.cat((masks, others.clamp(0, 1)), 1)
        return self.value_encoder(normalise(image), seen, features.s16)  # type: ignore[no-any-return]

    def decode(self, memory: Tensor, shares: Tensor, features: KeyFeatures) -> Tensor:
        """See :meth:`SwemNetwork.decode`."""
        context = self.fusion(memory, features.query, shares)
        return self.decoder(context, features).squeeze(1)  # type: ignore[no-any-return]
