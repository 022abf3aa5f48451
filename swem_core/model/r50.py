"""The ``r50`` network: the paper's own (METHOD A), 58.6 M parameters.

90 GMAC per frame and 96 per object at 480 x 864. Attribute names are those of the official
checkpoints, which therefore load without conversion.
"""

from collections.abc import Mapping

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from swem_core.memory.em import MemorySpec
from swem_core.model.blocks import resize
from swem_core.model.conv import Conv2d
from swem_core.model.joined import GatedFusion, HasFastForm, JoinedConv, conv_of, side_by_side
from swem_core.model.network import KeyFeatures, SwemNetwork
from swem_core.model.resnet import (
    STEM_DIM,
    Backbone,
    ImageEncoder,
    KeyEncoder,
    stages,
    widths,
)

KEY_DIM = 128
QUERY_DIM = 512
VALUE_DIM = 512
TOP_L = 64

_VALUE_STEM = "value_encoder.conv1.weight"


class ResBlock(nn.Module):
    """x' + conv(relu(conv(relu(x)))), 3x3, no norm. x' is x, or its 3x3 convolution to c_out.

    Differs from ``blocks.Residual`` in the 3x3 skip and in its names.
    """

    def __init__(self, c_in: int, c_out: int) -> None:
        super().__init__()
        self.downsample = Conv2d(c_in, c_out, 3, padding=1) if c_in != c_out else None
        self.conv1 = Conv2d(c_in, c_out, 3, padding=1)
        self.conv2 = Conv2d(c_out, c_out, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        """B x c_in x H x W -> B x c_out x H x W."""
        skip = x if self.downsample is None else self.downsample(x)
        return self.conv2(self.conv1(F.relu(x), act="relu"), skip)  # type: ignore[no-any-return]


class JoinedResBlock(nn.Module):
    """ResBlock of per-object maps joined with shared maps; see :class:`JoinedConv`."""

    def __init__(self, own: int, shared: int, c_out: int) -> None:
        super().__init__()
        self.downsample = JoinedConv(own, shared, c_out, 3) if own + shared != c_out else None
        self.conv1 = JoinedConv(own, shared, c_out, 3)
        self.conv2 = Conv2d(c_out, c_out, 3, padding=1)

    def forward(self, own: Tensor, shared: Tensor) -> Tensor:
        """N x own x h x w and 1 x shared x h x w -> N x c_out x h x w."""
        y = self.conv1(F.relu(own), F.relu(shared), act="relu")
        if self.downsample is not None:
            skip = self.downsample(own, shared)
        else:
            skip = torch.cat((own, shared.expand(len(own), -1, -1, -1)), 1)
        return self.conv2(y, skip)  # type: ignore[no-any-return]


class ChannelGate(nn.Module):
    """Scales channels by a gate computed from their means and maxima over the picture."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        hidden = channels // 16
        self.mlp = nn.Sequential(
            nn.Flatten(), nn.Linear(channels, hidden), nn.ReLU(), nn.Linear(hidden, channels)
        )

    def forward(self, x: Tensor) -> Tensor:
        """B x c x h x w -> the same shape."""
        gate = self.mlp(x.mean((2, 3))) + self.mlp(x.amax((2, 3)))
        return x * torch.sigmoid(gate)[:, :, None, None]


class SpatialGate(nn.Module):
    """Scales positions by a gate computed from the maxima and means over their channels."""

    def __init__(self) -> None:
        super().__init__()
        self.spatial = nn.ModuleDict({"conv": Conv2d(2, 1, 7, padding=3)})

    def forward(self, x: Tensor) -> Tensor:
        """B x c x h x w -> the same shape."""
        pooled = torch.cat((x.amax(1, keepdim=True), x.mean(1, keepdim=True)), 1)
        return x * torch.sigmoid(self.spatial["conv"](pooled))


class Cbam(nn.Module):
    """Channel, then spatial attention (CBAM, Woo et al., ECCV 2018), without batch norm."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.ChannelGate = ChannelGate(channels)
        self.SpatialGate = SpatialGate()

    def forward(self, x: Tensor) -> Tensor:
        """B x c x h x w -> the same shape."""
        return self.SpatialGate(self.ChannelGate(x))  # type: ignore[no-any-return]


class Fuser(nn.Module):
    """Joins an object's features with the frame's (METHOD A2)."""

    def __init__(self, own: int, shared: int) -> None:
        super().__init__()
        self.block1 = JoinedResBlock(own, shared, VALUE_DIM)
        self.attention = Cbam(VALUE_DIM)
        self.block2 = ResBlock(VALUE_DIM, VALUE_DIM)

    def forward(self, x: Tensor, s16: Tensor) -> Tensor:
        """N x own x h x w and 1 x shared x h x w -> N x 512 x h x w."""
        x = self.block1(x, s16)
        return self.block2(x + self.attention(x))  # type: ignore[no-any-return]


class ValueEncoder(ImageEncoder):
    """Encodes an object's appearance on a frame: a ResNet-18 with biases, and the fuser.

    ``channels``: 5 = RGB, mask, other objects; 4 in the single-object variant without the last.
    """

    def __init__(self, channels: int, s16_dim: int) -> None:
        stem = JoinedConv(channels - 3, 3, STEM_DIM, 7, stride=2, shared_first=True)
        super().__init__(stem)
        self.layer1, self.layer2, self.layer3 = stages("resnet18", bias=True)
        self.fuser = Fuser(widths("resnet18")[-1], s16_dim)

    def forward(self, image: Tensor, masks: Tensor, s16: Tensor) -> Tensor:
        """N x 512 x H/16 x W/16.

        ``image``: 1 x 3 x H x W in [0, 1]; ``masks``: N x (channels - 3) x H x W;
        ``s16``: 1 x s16_dim x H/16 x W/16.
        """
        x = self.stem(masks, self.normalise(image))
        x = self.layer3(self.layer2(self.layer1(x)))
        return self.fuser(x, s16)  # type: ignore[no-any-return]


class Fusion(HasFastForm):
    """Gated linear unit over [memory, query, shares] (METHOD A3)."""

    def __init__(self) -> None:
        super().__init__()
        c_in = VALUE_DIM + QUERY_DIM + 2 * TOP_L
        self.layer_f = Conv2d(c_in, VALUE_DIM, 3, padding=1)
        self.layer_a = Conv2d(c_in, VALUE_DIM, 3, padding=1)

    def forward(self, memory: Tensor, query: Tensor, shares: Tensor) -> Tensor:
        """N x 512, 1 x 512 and N x 64 x h x w (foreground shares) -> N x 512 x h x w."""
        query = query.expand(len(memory), -1, -1, -1)
        x = torch.cat((memory, query, 1 - shares, shares), 1)
        return self.layer_f(x) * torch.sigmoid(self.layer_a(x))  # type: ignore[no-any-return]

    def fast_form(self) -> GatedFusion:
        """Background and foreground shares add up to 1, so the former's weights are folded into
        the latter's and a constant map (METHOD F2)."""
        both = side_by_side(self.layer_f, self.layer_a)
        sizes = [VALUE_DIM, QUERY_DIM, TOP_L, TOP_L]
        memory, query, background, foreground = both.weight.split_with_sizes(sizes, 1)
        own = torch.cat((memory, foreground - background), 1)
        return GatedFusion(
            conv_of(own, None, both),
            conv_of(query, both.bias, both),
            conv_of(background.sum(1, keepdim=True), None, both),
        )


class UpBlock(nn.Module):
    """Doubles the resolution: bilinear x plus a 3x3 of finer features, then a ResBlock."""

    def __init__(self, c_skip: int, c_in: int, c_out: int) -> None:
        super().__init__()
        self.skip_conv = Conv2d(c_skip, c_in, 3, padding=1)
        self.out_conv = ResBlock(c_in, c_out)

    def forward(self, x: Tensor, skip: Tensor) -> Tensor:
        """N x c_in x h x w and 1 x c_skip x 2h x 2w, convolved once -> N x c_out x 2h x 2w."""
        return self.out_conv(resize(x, skip.shape[-2:]).add_(self.skip_conv(skip)))  # type: ignore[no-any-return]


class Decoder(nn.Module):
    """Context at stride 16 -> logits at stride 4 (METHOD A4)."""

    def __init__(self, s4_dim: int, s8_dim: int) -> None:
        super().__init__()
        self.compress = ResBlock(VALUE_DIM, 512)
        self.up_16_8 = UpBlock(s8_dim, 512, 256)
        self.up_8_4 = UpBlock(s4_dim, 256, 256)
        self.pred = Conv2d(256, 1, 3, padding=1)

    def forward(self, x: Tensor, features: KeyFeatures) -> Tensor:
        """N x 512 x h x w -> N x 1 x 4h x 4w."""
        x = self.up_16_8(self.compress(x), features.s8)
        x = self.up_8_4(x, features.s4)
        return self.pred(F.relu(x))  # type: ignore[no-any-return]


class R50Network(SwemNetwork):
    """See the module. Stateless; eval mode for inference.

    ``backbone``: of the key encoder; ResNet-50 is the published one. ``single_object``: the
    official variant whose value encoder does not see the other objects.
    """

    name = "r50"
    memory = MemorySpec(key_dim=KEY_DIM, value_dim=VALUE_DIM, top_l=TOP_L)

    def __init__(self, backbone: Backbone = "resnet50", *, single_object: bool = False) -> None:
        super().__init__()
        s4_dim, s8_dim, s16_dim = widths(backbone)
        self.single_object = single_object
        self.key_encoder = KeyEncoder(backbone)
        self.key_proj = nn.ModuleDict({"key_proj": Conv2d(s16_dim, KEY_DIM, 3, padding=1)})
        self.key_comp = Conv2d(s16_dim, QUERY_DIM, 3, padding=1)
        self.value_encoder = ValueEncoder(4 if single_object else 5, s16_dim)
        self.swem_core = nn.ModuleDict({"fusion_layer": Fusion()})
        self.decoder = Decoder(s4_dim, s8_dim)

    def encode_key(self, image: Tensor) -> KeyFeatures:
        """See :meth:`SwemNetwork.encode_key`."""
        s4, s8, s16 = self.key_encoder(image)
        return KeyFeatures(s4, s8, s16, self.key_proj["key_proj"](s16), self.key_comp(s16))

    def encode_value(
        self, image: Tensor, masks: Tensor, others: Tensor, features: KeyFeatures
    ) -> Tensor:
        """See :meth:`SwemNetwork.encode_value`."""
        seen = masks if self.single_object else torch.cat((masks, others), 1)
        return self.value_encoder(image, seen, features.s16)  # type: ignore[no-any-return]

    def decode(self, memory: Tensor, shares: Tensor, features: KeyFeatures) -> Tensor:
        """See :meth:`SwemNetwork.decode`."""
        context = self.swem_core["fusion_layer"](memory, features.query, shares)
        return self.decoder(context, features).squeeze(1)  # type: ignore[no-any-return]

    def adapted(self, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Weights of the single-object variant made to fit a network that sees other objects.

        The value encoder's first convolution, 64 x 4 x 7 x 7, gets an untrained channel for them:
        orthogonal, as in the official release, but always the same.
        """
        stem = tensors.get(_VALUE_STEM)
        if self.single_object or stem is None or stem.shape != (64, 4, 7, 7):
            return dict(tensors)
        block = torch.empty(64, 1, 7, 7)
        nn.init.orthogonal_(block, generator=torch.Generator().manual_seed(0))
        return dict(tensors) | {_VALUE_STEM: torch.cat((stem, block.to(stem.dtype)), 1)}
