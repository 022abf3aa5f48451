"""Building blocks of the networks. Attribute names are the names in the weight files."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from swem_core.model.conv import Activation, Conv2d, conv_norm
from swem_core.model.joined import JoinedConv


class ConvBnAct(nn.Module):
    """Convolution without bias, batch norm, and ReLU6 unless ``act=False``.

    B x c_in x H x W -> B x c_out x ceil(H/stride) x ceil(W/stride).
    """

    def __init__(
        self,
        c_in: int,
        c_out: int,
        kernel: int = 3,
        *,
        stride: int = 1,
        groups: int = 1,
        act: bool = True,
        eps: float = 1e-5,
    ) -> None:
        super().__init__()
        self.conv: nn.Module = Conv2d(
            c_in, c_out, kernel, stride, (kernel - 1) // 2, groups=groups, bias=False
        )
        self.bn: nn.Module = nn.BatchNorm2d(c_out, eps=eps)
        self._act: Activation = "relu6" if act else "none"

    def forward(self, x: Tensor, add: Tensor | None = None) -> Tensor:
        """See the class; ``add`` is added before the activation."""
        return conv_norm(self.conv, self.bn, x, add=add, act=self._act)


class JoinedConvBnAct(nn.Module):
    """ConvBnAct of a few per-object maps joined with shared maps; see :class:`JoinedConv`."""

    def __init__(
        self, own: int, shared: int, c_out: int, *, stride: int, eps: float, shared_first: bool
    ) -> None:
        super().__init__()
        self.conv: nn.Module = JoinedConv(
            own, shared, c_out, 3, stride=stride, bias=False, shared_first=shared_first, thin=True
        )
        self.bn: nn.Module = nn.BatchNorm2d(c_out, eps=eps)

    def forward(self, own: Tensor, shared: Tensor) -> Tensor:
        """N x own x H x W and 1 x shared x H x W -> N x c_out x H/stride x W/stride."""
        return conv_norm(self.conv, self.bn, own, shared, act="relu6")


class InvertedResidual(nn.Module):
    """MobileNetV2 block: 1x1 expand, k x k depthwise, 1x1 project; a skip where shapes allow."""

    def __init__(
        self, c_in: int, c_out: int, kernel: int, *, stride: int, expansion: int, eps: float
    ) -> None:
        super().__init__()
        hidden = c_in * expansion
        self.expand = ConvBnAct(c_in, hidden, 1, eps=eps) if expansion > 1 else None
        self.depthwise = ConvBnAct(hidden, hidden, kernel, stride=stride, groups=hidden, eps=eps)
        self.project = ConvBnAct(hidden, c_out, 1, act=False, eps=eps)
        self.has_skip = stride == 1 and c_in == c_out

    def forward(self, x: Tensor) -> Tensor:
        """B x c_in x H x W -> B x c_out x H/stride x W/stride."""
        y = x if self.expand is None else self.expand(x)
        return self.project(self.depthwise(y), x if self.has_skip else None)  # type: ignore[no-any-return]


class Residual(nn.Module):
    """x' + conv(relu(conv(relu(x)))), 3x3, no norm. x' is x, or its 1x1 projection to c_out."""

    def __init__(self, c_in: int, c_out: int) -> None:
        super().__init__()
        self.conv1 = Conv2d(c_in, c_out, 3, padding=1)
        self.conv2 = Conv2d(c_out, c_out, 3, padding=1)
        self.project = Conv2d(c_in, c_out, 1) if c_in != c_out else None

    def forward(self, x: Tensor, act: Activation = "none") -> Tensor:
        """B x c_in x H x W -> B x c_out x H x W. ``act``: applied to the sum."""
        skip = x if self.project is None else self.project(x)
        return self.conv2(self.conv1(F.relu(x), act="relu"), skip, act)  # type: ignore[no-any-return]


class UpBlock(nn.Module):
    """Doubles the resolution: bilinear x plus a 1x1 ``skip`` of finer features, then ``res``.

    Skip features that all objects share have batch 1: they are convolved once and broadcast.
    """

    def __init__(self, c_skip: int, c_in: int, c_out: int) -> None:
        super().__init__()
        self.skip = Conv2d(c_skip, c_in, 1)
        self.res = Residual(c_in, c_out)

    def forward(self, x: Tensor, skip: Tensor, act: Activation = "none") -> Tensor:
        """N x c_in x h x w and (1 or N) x c_skip x H x W -> N x c_out x H x W."""
        return self.res(resize(x, skip.shape[-2:]).add_(self.skip(skip)), act)  # type: ignore[no-any-return]


def resize(x: Tensor, size: tuple[int, int] | torch.Size) -> Tensor:
    """Bilinear, ``align_corners=False``, no antialiasing: the method's only resize of features."""
    return F.interpolate(x, size=tuple(size), mode="bilinear", align_corners=False)
