"""Convolutions of per-object maps concatenated with maps that all objects share.

A convolution is a sum over its input channels. The plain modules are what is trained and loaded;
their fast forms convolve the shared channels once per frame instead of once per object (METHOD F).
"""

import torch
from torch import Tensor, nn

from swem_core.model.conv import Activation, Conv2d


class HasFastForm(nn.Module):
    """A module that can be replaced for inference by other layers computing the same function."""

    def fast_form(self) -> nn.Module:
        """The replacement. Called after batch norms are folded; shares no weights with this one."""
        raise NotImplementedError


class JoinedConv(HasFastForm, Conv2d):
    """A convolution of per-object maps concatenated with shared ones along the channels.

    ``shared_first``: order of the input channels in the weight file. ``thin``: few channels of
    large maps, see :class:`ThinConv`.
    """

    def __init__(
        self,
        own: int,
        shared: int,
        c_out: int,
        kernel: int,
        *,
        stride: int = 1,
        bias: bool = True,
        shared_first: bool = False,
        thin: bool = False,
    ) -> None:
        super().__init__(own + shared, c_out, kernel, stride, (kernel - 1) // 2, bias=bias)
        channels = list(range(own + shared))
        self._own, self._shared = channels[:own], channels[own:]
        if shared_first:
            self._own, self._shared = channels[shared:], channels[:shared]
        self._shared_first = shared_first
        self._thin = thin

    def forward(  # type: ignore[override]
        self, own: Tensor, shared: Tensor, act: Activation = "none"
    ) -> Tensor:
        """N x own x H x W and 1 x shared x H x W -> N x c_out x H/stride x W/stride."""
        repeated = shared.expand(len(own), -1, -1, -1)
        parts = (repeated, own) if self._shared_first else (own, repeated)
        return super().forward(torch.cat(parts, 1), act=act)

    def fast_form(self) -> "SplitConv | ThinConv":
        """The same as a :class:`SplitConv` or :class:`ThinConv`."""
        own, shared = self.weight[:, self._own], self.weight[:, self._shared]
        split = SplitConv(conv_of(own, None, self), conv_of(shared, self.bias, self))
        if not self._thin:
            return split
        return ThinConv(split, conv_of(torch.cat((own, shared), 1), self.bias, self))


class SplitConv(nn.Module):
    """A JoinedConv as the sum of two convolutions, the shared one with batch 1."""

    def __init__(self, own: Conv2d, shared: Conv2d) -> None:
        super().__init__()
        self.own, self.shared = own, shared

    def forward(self, own: Tensor, shared: Tensor, act: Activation = "none") -> Tensor:
        """See :meth:`JoinedConv.forward`."""
        return self.own(own, self.shared(shared), act)  # type: ignore[no-any-return]


class ThinConv(nn.Module):
    """A JoinedConv of few channels: ``split`` in float32, ``whole``, of [own, shared], in half
    precision.

    Splitting saves products, but adds a sum and an activation as passes over the map. Where the
    hardware multiplies half precision fast, those passes cost more: measured on one core for the
    value encoder of ``lite`` to stride 16 with three objects, whole instead of split, 8.9 -> 7.4 ms
    in bfloat16, but 12.7 -> 13.3 ms in float32.
    """

    def __init__(self, split: SplitConv, whole: Conv2d) -> None:
        super().__init__()
        self.split, self.whole = split, whole

    def forward(self, own: Tensor, shared: Tensor, act: Activation = "none") -> Tensor:
        """As JoinedConv."""
        if own.dtype == torch.float32:
            return self.split(own, shared, act)  # type: ignore[no-any-return]
        both = torch.cat((own, shared.expand(len(own), -1, -1, -1)), 1)
        return self.whole(both, act=act)  # type: ignore[no-any-return]


class GatedFusion(nn.Module):
    """A gated linear unit over [memory, query, shares] with its two convolutions as one.

    ``own``: of [memory, foreground shares]. ``shared``: of the query. ``constant``: of a map of
    ones, for background shares written as 1 minus the foreground's; None if the network does not
    take background shares.
    """

    def __init__(self, own: Conv2d, shared: Conv2d, constant: Conv2d | None = None) -> None:
        super().__init__()
        self.own, self.shared, self.constant = own, shared, constant

    def forward(self, memory: Tensor, query: Tensor, shares: Tensor) -> Tensor:
        """N x V, 1 x Q and N x L x h x w -> N x V x h x w."""
        common = self.shared(query)
        if self.constant is not None:
            common = common + self.constant(torch.ones_like(query[:, :1]))
        feature, gate = self.own(torch.cat((memory, shares), 1), common).chunk(2, 1)
        return feature * torch.sigmoid(gate)  # type: ignore[no-any-return]


def conv_of(weight: Tensor, bias: Tensor | None, like: nn.Conv2d) -> Conv2d:
    """A convolution with these weights and the stride and padding of ``like``; no gradients."""
    assert not isinstance(like.padding, str) and like.groups == 1
    rows, columns = weight.shape[2:]
    with torch.device("meta"):
        conv = Conv2d(weight.shape[1], weight.shape[0], (rows, columns), bias=bias is not None)
    conv.stride, conv.padding = like.stride, like.padding
    conv.weight = nn.Parameter(weight.detach().clone(), requires_grad=False)
    if bias is not None:
        conv.bias = nn.Parameter(bias.detach().clone(), requires_grad=False)
    return conv


def side_by_side(*convs: nn.Conv2d) -> Conv2d:
    """One convolution whose output channels are those of all ``convs``, in order."""
    weight = torch.cat([conv.weight for conv in convs])
    return conv_of(weight, torch.cat([_bias(conv) for conv in convs]), convs[0])


def _bias(conv: nn.Conv2d) -> Tensor:
    return conv.weight.new_zeros(conv.out_channels) if conv.bias is None else conv.bias
