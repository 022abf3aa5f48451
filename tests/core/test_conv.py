"""The fast forms of convolutions against plain ones in double precision."""

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from swem_core.model import lite, r50
from swem_core.model.conv import Activation, Conv2d
from swem_core.model.fold import for_inference, release_weights
from swem_core.model.joined import JoinedConv, SplitConv
from swem_core.model.winograd import convolve, transformed


def rand(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def error(ours: Tensor, exact: Tensor) -> float:
    """Largest difference, as a share of the largest value."""
    assert ours.shape == exact.shape
    return ((ours - exact).abs().max() / exact.abs().max()).item()


def accelerated(conv: Conv2d) -> Conv2d:
    conv.requires_grad_(False).accelerate()
    return conv


@pytest.mark.parametrize("size", [(3, 3), (4, 8), (15, 27), (60, 41)])
@pytest.mark.parametrize("bias", [True, False])
def test_winograd_equals_a_direct_convolution(size: tuple[int, int], bias: bool) -> None:
    x, weight = rand(2, 40, *size), rand(24, 40, 3, 3, seed=1) / 20
    shift = rand(24, seed=2) if bias else None
    exact = F.conv2d(
        x.double(), weight.double(), shift.double() if shift is not None else None, padding=1
    )
    kernels = transformed(weight)
    assert kernels.shape == (36, 40, 24)
    assert error(convolve(x, kernels, shift), exact) < 2e-5
    columns = x.contiguous(memory_format=torch.channels_last)
    assert error(convolve(columns, kernels, shift), exact) < 2e-5


def test_winograd_in_several_bands_leaves_no_seams() -> None:
    x, weight = rand(2, 8, 150, 70), rand(4, 8, 3, 3, seed=1)  # 38 x 18 tiles
    exact = F.conv2d(x.double(), weight.double(), padding=1)
    assert error(convolve(x, transformed(weight), None), exact) < 2e-5


def test_winograd_of_a_few_small_pictures_at_a_time_mixes_none() -> None:
    x, weight = rand(7, 8, 15, 27), rand(4, 8, 3, 3, seed=1)  # 28 tiles each
    x[3] *= 100
    exact = F.conv2d(x.double(), weight.double(), padding=1)
    ours = convolve(x, transformed(weight), None)
    assert all(error(one, other) < 2e-5 for one, other in zip(ours, exact, strict=True))


@torch.inference_mode()
@pytest.mark.parametrize(
    "conv",
    [
        Conv2d(16, 24, 1),
        Conv2d(16, 24, 3, 2, 1),
        Conv2d(16, 16, 5, 1, 2, groups=16, bias=False),
        Conv2d(2, 64, 7, 2, 3),
        Conv2d(256, 256, 3, padding=1),  # large enough for Winograd
        Conv2d(128, 128, 3, padding=1),  # direct for one of these pictures, Winograd for more
        Conv2d(32, 1, 3, padding=1),
        Conv2d(32, 1, 3, padding=1, bias=False),
    ],
    ids=[
        "1x1",
        "strided",
        "depthwise",
        "stem",
        "winograd",
        "by-size",
        "one-plane",
        "one-plane-no-bias",
    ],
)
@pytest.mark.parametrize("act", ["none", "relu", "relu6"])
@pytest.mark.parametrize("added", [None, 2, 1])
def test_sum_and_activation_in_one_pass_equal_the_plain_steps(
    conv: Conv2d, act: Activation, added: int | None
) -> None:
    x = 3 * rand(2, conv.in_channels, 15, 22)
    weight, bias = conv.weight.double(), conv.bias
    exact = F.conv2d(
        x.double(),
        weight,
        bias.double() if bias is not None else None,
        conv.stride,
        conv.padding,
        1,
        conv.groups,
    )
    add = None if added is None else 4 * rand(added, *exact.shape[1:], seed=1)
    exact = exact if add is None else exact + add
    exact = {"none": exact, "relu": F.relu(exact), "relu6": F.relu6(exact)}[act]
    before = None if add is None else add.clone()
    fast = accelerated(conv)
    for layout in (torch.contiguous_format, torch.channels_last):
        assert error(fast(x.contiguous(memory_format=layout), add, act), exact) < 2e-5
    assert add is None or before is None or torch.equal(add, before)


@torch.inference_mode()
def test_one_convolution_takes_few_and_many_tiles_in_turn() -> None:
    conv = accelerated(Conv2d(128, 128, 3, padding=1))
    for count in (1, 4, 1):
        x = rand(count, 128, 15, 27, seed=count)
        exact = F.conv2d(x.double(), conv.weight.double(), conv.bias.double(), padding=1)
        assert error(conv(x), exact) < 2e-5


@torch.inference_mode()
def test_weights_that_move_to_another_type_are_ordered_anew() -> None:
    conv = accelerated(Conv2d(256, 256, 3, padding=1))
    x = rand(1, 256, 8, 8)
    single = conv(x)
    half = conv.to(torch.bfloat16)(x.bfloat16())
    assert half.dtype == torch.bfloat16 and error(half.float(), single) < 2e-2
    assert error(conv.to(torch.float32)(x), single) < 1e-2


@torch.inference_mode()
@pytest.mark.parametrize(
    ("conv", "needed"),
    [
        (Conv2d(16, 24, 1), False),
        (Conv2d(256, 256, 3, padding=1), False),
        (Conv2d(128, 128, 3, padding=1), True),  # for pictures that are convolved directly
    ],
    ids=["onednn", "winograd", "by-size"],
)
def test_released_weights_are_not_needed_again(conv: Conv2d, needed: bool) -> None:
    fast = accelerated(conv)
    maps = [rand(count, conv.in_channels, 15, 27, seed=count) for count in (1, 4)]
    expected = [F.conv2d(x, conv.weight, conv.bias, 1, conv.padding) for x in maps]
    fast.release_weight()
    assert fast.weight.numel() > 0  # no form is chosen yet
    fast(maps[0])
    fast.release_weight()
    assert (fast.weight.numel() > 0) == needed
    for x, exact in zip(maps, expected, strict=True):
        assert error(fast(x), exact) < 2e-5


@torch.inference_mode()
def test_a_network_without_its_weights_does_not_move() -> None:
    network = for_inference(nn.Sequential(Conv2d(16, 24, 1), Conv2d(24, 8, 3, padding=1)))
    x = rand(1, 16, 8, 8)
    before = network(x)
    release_weights(network)
    assert sum(parameter.numel() for parameter in network.parameters()) == 24 + 8  # biases
    assert torch.equal(network(x), before)
    with pytest.raises(RuntimeError, match="load it again"):
        network.to(torch.bfloat16)


@torch.inference_mode()
@pytest.mark.parametrize("shared_first", [True, False])
@pytest.mark.parametrize("objects", [1, 3])
def test_a_shared_part_is_convolved_once_as_if_repeated(shared_first: bool, objects: int) -> None:
    joined = JoinedConv(5, 2, 4, 3, stride=2, shared_first=shared_first)
    own, shared = rand(objects, 5, 6, 8), rand(1, 2, 6, 8, seed=1)
    repeated = shared.expand(objects, -1, -1, -1)
    parts = (repeated, own) if shared_first else (own, repeated)
    expected = F.conv2d(torch.cat(parts, 1), joined.weight, joined.bias, 2, 1).relu()
    torch.testing.assert_close(joined(own, shared, act="relu"), expected)
    split = joined.fast_form()
    assert isinstance(split, SplitConv)
    assert split.shared.in_channels == 2 and split.own.bias is None
    torch.testing.assert_close(split(own, shared, act="relu"), expected)


@torch.inference_mode()
@pytest.mark.parametrize("shared_first", [True, False])
@pytest.mark.parametrize("objects", [1, 3])
def test_a_thin_convolution_is_split_in_full_precision_only(
    shared_first: bool, objects: int
) -> None:
    joined = JoinedConv(2, 3, 24, 3, stride=2, shared_first=shared_first, thin=True)
    own, shared = rand(objects, 2, 6, 8), rand(1, 3, 6, 8, seed=1)
    expected = joined(own, shared, act="relu6")
    fast = joined.fast_form()
    torch.testing.assert_close(fast(own, shared, act="relu6"), expected)
    half = fast.to(torch.bfloat16)(own.bfloat16(), shared.bfloat16(), act="relu6")
    assert half.dtype == torch.bfloat16 and error(half.float(), expected) < 2e-2


@torch.inference_mode()
@pytest.mark.parametrize("network", [lite, r50], ids=["lite", "r50"])
@pytest.mark.parametrize("objects", [1, 3])
def test_merged_fusion_equals_the_written_out_one(network: object, objects: int) -> None:
    module = network  # lite and r50 name their constants and layers alike
    assert isinstance(module, type(lite))
    torch.manual_seed(0)
    plain: nn.Module = module.Fusion().eval()
    memory, query = rand(objects, module.VALUE_DIM, 5, 7), rand(1, module.QUERY_DIM, 5, 7, seed=1)
    shares = torch.sigmoid(rand(objects, module.TOP_L, 5, 7, seed=2))
    expected = plain(memory, query, shares)
    fast = for_inference(nn.ModuleDict({"fusion": plain}))["fusion"]
    assert fast is not plain
    assert error(fast(memory, query, shares), expected) < 2e-5
