"""Convolution, sum and activation, in the fastest form for the processor.

Weights are those of ``nn.Conv2d``. Fast forms exist for float32 and bfloat16 on a CPU, and are
enabled only by :func:`swem_core.model.fold.for_inference`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Literal, TypeAlias

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from swem_core.model import winograd

Activation: TypeAlias = Literal["none", "relu", "relu6"]

_WINOGRAD_MIN_WEIGHTS = 128 * 128
"""Input times output channels from which Winograd's transforms can cost less than they save.
Measured for three objects at 240 x 432: 2.27 -> 1.29 ms for 160 -> 256 channels, 0.92 -> 0.74 ms
for 128 -> 128, 1.8 -> 2.0 ms for 128 -> 64."""

_WINOGRAD_ANY_TILES_WEIGHTS = 256 * 256
_WINOGRAD_MIN_TILES = 56
"""Fewer tiles do not pay for fetching four times the weights: with one object (28 tiles) the
layers above take 0.4 ms longer."""

_ONEDNN_NAMES = {"none": "none", "relu": "relu", "relu6": "hardtanh"}


class Conv2d(nn.Conv2d):
    """``act(conv(x) + add)``: B x c_in x H x W -> B x c_out x H/stride x W/stride.

    Weights have nn.Conv2d's names and shapes. After ``accelerate()`` the first call on a device
    chooses a fast form, and the weights must not change any more.
    """

    _fast = False
    _form: "_Form | None" = None

    def accelerate(self) -> None:
        """Compute in the fastest form from now on, without gradients."""
        self._fast, self._form = True, None

    def release_weight(self) -> None:
        """Drop the weight if the chosen form never reads it again; see ``fold.release_weights``."""
        if self._form is not None and self._form.replaces_weight:
            self.weight = nn.Parameter(self.weight.new_empty(0), requires_grad=False)

    def _apply(self, fn: Callable[[Tensor], Tensor], recurse: bool = True) -> "Conv2d":
        if not self.weight.numel():
            raise RuntimeError("This network's weights were released: load it again to move it.")
        self._form = None  # prepared weights are stale: device or dtype changes
        super()._apply(fn, recurse)  # type: ignore[no-untyped-call]
        return self

    def forward(self, x: Tensor, add: Tensor | None = None, act: Activation = "none") -> Tensor:
        """``add``: of the result's shape, or of batch 1; not modified."""
        if not self._fast:
            return _finished(super().forward(x), add, act)
        if self._form is None:
            self._form = self._choose(x)
        return self._form(x, add, act)

    @property
    def prepared_bytes(self) -> int:
        """Bytes of the prepared weights that the fast form keeps in addition."""
        return 0 if self._form is None else self._form.nbytes

    def _choose(self, x: Tensor) -> "_Form":
        if self.weight.device.type != "cpu" or not _has_onednn(self.weight.dtype):
            return _Direct(self)
        if self._suits_taps():
            return _Taps(self)
        if not self._suits_winograd():
            return _OneDnn(self, x)
        if self.in_channels * self.out_channels >= _WINOGRAD_ANY_TILES_WEIGHTS:
            return _Winograd(self)
        return _BySize(self, x)

    def _suits_winograd(self) -> bool:
        enough = self.in_channels * self.out_channels >= _WINOGRAD_MIN_WEIGHTS
        return enough and self._is_plain_3x3()

    def _suits_taps(self) -> bool:
        return self.out_channels == 1 and self._is_plain_3x3()

    def _is_plain_3x3(self) -> bool:
        shape = (self.kernel_size, self.stride, self.padding, self.dilation, self.groups)
        plain = shape == ((3, 3), (1, 1), (1, 1), (1, 1), 1)
        return plain and self.weight.dtype == torch.float32


class _Form(ABC):
    """A way to compute ``act(conv(x) + add)``.

    ``nbytes``: of its prepared weights. ``replaces_weight``: it reads no others.
    """

    nbytes = 0
    replaces_weight = True

    @abstractmethod
    def __call__(self, x: Tensor, add: Tensor | None, act: Activation) -> Tensor:
        """See :meth:`Conv2d.forward`."""


class _Direct(_Form):
    """Convolution, sum and activation as separate operations."""

    replaces_weight = False

    def __init__(self, conv: Conv2d) -> None:
        self._plain = super(Conv2d, conv).forward

    def __call__(self, x: Tensor, add: Tensor | None, act: Activation) -> Tensor:
        return _finished(self._plain(x), add, act)


class _Winograd(_Form):
    """A quarter of the multiplications; see :mod:`swem_core.model.winograd`."""

    def __init__(self, conv: Conv2d) -> None:
        self._kernels, self._bias = winograd.transformed(conv.weight), conv.bias
        self.nbytes = self._kernels.numel() * self._kernels.element_size()

    def __call__(self, x: Tensor, add: Tensor | None, act: Activation) -> Tensor:
        return _finished(winograd.convolve(x, self._kernels, self._bias), add, act)


class _Taps(_Form):
    """A single output channel: one matrix product for the kernel's nine taps, summed shifted.

    The usual kernels compute 16 output channels at a time, needed or not. Measured for 32 -> 1
    channels of three objects: 1.07 -> 0.37 ms.
    """

    def __init__(self, conv: Conv2d) -> None:
        # fold() scatters a pixel to its neighbours, where a convolution gathers: hence mirrored.
        self._taps = conv.weight[0].flip(1, 2).flatten(1).T.contiguous()  # 9 x c_in
        self._bias = conv.bias

    def __call__(self, x: Tensor, add: Tensor | None, act: Activation) -> Tensor:
        size = (x.shape[2], x.shape[3])
        y = F.fold(self._taps @ x.flatten(2), size, 3, padding=1)
        return _finished(y if self._bias is None else y.add_(self._bias), add, act)


class _OneDnn(_Form):
    """One oneDNN call for convolution, sum and activation, with weights reordered in advance.

    Otherwise every call reorders the weights and the activation is a pass of its own, which
    takes 15 to 50 % of the time of a mobile network's layers.
    """

    def __init__(self, conv: Conv2d, x: Tensor) -> None:
        assert not isinstance(conv.padding, str)
        self._bias = conv.bias
        self._place = (list(conv.padding), list(conv.stride), list(conv.dilation), conv.groups)
        order = torch._C._nn.mkldnn_reorder_conv2d_weight
        self._weight: Tensor = order(conv.weight.to_mkldnn(), *self._place, list(x.shape))  # type: ignore[call-arg]
        self.nbytes = conv.weight.numel() * conv.weight.element_size()

    def __call__(self, x: Tensor, add: Tensor | None, act: Activation) -> Tensor:
        call, name = torch.ops.mkldnn._convolution_pointwise, _ONEDNN_NAMES[act]
        scalars = [0.0, 6.0] if act == "relu6" else []
        if add is not None and len(add) == len(x) and act != "relu6":
            place, unary = self._place, None if act == "none" else act
            return call.binary(  # type: ignore[no-any-return]
                x, add, self._weight, self._bias, *place, "add", 1.0, unary, [], None
            )
        fused = add is None
        y = call(
            x,
            self._weight,
            self._bias,
            *self._place,
            name if fused else "none",
            scalars if fused else [],
            "",
        )
        return y if fused else _finished(y, add, act)


class _BySize(_Form):
    """Winograd if there are enough tiles, i.e. many objects or a large picture; else oneDNN.

    Winograd's weights are prepared on first use: with a single object they may never be needed.
    """

    replaces_weight = False

    def __init__(self, conv: Conv2d, x: Tensor) -> None:
        self._conv, self._few = conv, _OneDnn(conv, x)
        self._many: _Winograd | None = None
        self.nbytes = self._few.nbytes

    def __call__(self, x: Tensor, add: Tensor | None, act: Activation) -> Tensor:
        if winograd.tile_count(x) < _WINOGRAD_MIN_TILES:
            return self._few(x, add, act)
        if self._many is None:
            self._many = _Winograd(self._conv)
            self.nbytes += self._many.nbytes
        return self._many(x, add, act)


def _finished(y: Tensor, add: Tensor | None, act: Activation) -> Tensor:
    """In place: a second buffer per layer costs more in page faults than the convolution."""
    if add is not None:
        y = y.add_(add)
    if act == "relu":
        return F.relu(y, inplace=True)
    return F.relu6(y, inplace=True) if act == "relu6" else y


def conv_norm(
    conv: nn.Module,
    norm: nn.Module,
    *inputs: Tensor,
    add: Tensor | None = None,
    act: Activation = "none",
) -> Tensor:
    """``act(norm(conv(*inputs)) + add)``, in one pass if the norm is folded into ``conv``.

    ``conv``: a Conv2d, or a module of several inputs that takes no ``add`` (JoinedConv).
    """
    if not isinstance(norm, nn.Identity):
        return _finished(norm(conv(*inputs)), add, act)
    if add is None:
        return conv(*inputs, act=act)  # type: ignore[no-any-return]
    return conv(*inputs, add, act)  # type: ignore[no-any-return]


def _has_onednn(dtype: torch.dtype) -> bool:
    # Private operations of torch's compiler: where they are missing, the direct form is correct.
    if not torch.backends.mkldnn.is_available():  # type: ignore[no-untyped-call]
        return False
    operations = torch.ops.mkldnn
    needed = ("_convolution_pointwise", "_is_mkldnn_bf16_supported")
    if not all(hasattr(operations, name) for name in needed):
        return False
    if not hasattr(torch._C._nn, "mkldnn_reorder_conv2d_weight"):
        return False
    return dtype == torch.float32 or (
        dtype == torch.bfloat16 and bool(operations._is_mkldnn_bf16_supported())
    )
