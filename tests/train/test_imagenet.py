"""Published ImageNet names onto ours, with random weights in the published layouts."""

from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from swem_core.errors import TrainingError
from swem_core.model.lite import LiteNetwork
from swem_core.model.r50 import R50Network
from swem_core.train.imagenet import init_lite, init_r50

# EfficientNet-Lite0: repeats, kernel, stride, expansion, in, out
LITE_BLOCKS = (
    (1, 3, 1, 1, 32, 16),
    (2, 3, 2, 6, 16, 24),
    (2, 5, 2, 6, 24, 40),
    (3, 3, 2, 6, 40, 80),
    (3, 5, 1, 6, 80, 112),
    (4, 5, 2, 6, 112, 192),
    (1, 3, 1, 6, 192, 320),
)
State = dict[str, Tensor]


def put_conv(state: State, name: str, c_out: int, c_in: int, kernel: int) -> None:
    state[f"{name}.weight"] = torch.randn(c_out, c_in, kernel, kernel) / (c_in * kernel**2) ** 0.5


def put_norm(state: State, name: str, channels: int) -> None:
    state[f"{name}.weight"] = 1 + 0.1 * torch.randn(channels)
    state[f"{name}.bias"] = 0.1 * torch.randn(channels)
    state[f"{name}.running_mean"] = 0.1 * torch.randn(channels)
    state[f"{name}.running_var"] = 1 + 0.1 * torch.rand(channels)
    state[f"{name}.num_batches_tracked"] = torch.tensor(7)


def lite_layout() -> tuple[State, list[tuple[int, int, int]]]:
    """The state dict, and (kernel, stride, expansion) of every block."""
    state: State = {}
    put_conv(state, "_conv_stem", 32, 3, 3)
    put_norm(state, "_bn0", 32)
    blocks = []
    for repeats, kernel, stride, expansion, c_in, c_out in LITE_BLOCKS:
        for repeat in range(repeats):
            name, inner = f"_blocks.{len(blocks)}", c_in * expansion
            if expansion > 1:
                put_conv(state, f"{name}._expand_conv", inner, c_in, 1)
                put_norm(state, f"{name}._bn0", inner)
            put_conv(state, f"{name}._depthwise_conv", inner, 1, kernel)
            put_norm(state, f"{name}._bn1", inner)
            put_conv(state, f"{name}._project_conv", c_out, inner, 1)
            put_norm(state, f"{name}._bn2", c_out)
            blocks.append((kernel, stride if repeat == 0 else 1, expansion))
            c_in = c_out
    put_conv(state, "_conv_head", 1280, 320, 1)
    put_norm(state, "_bn1", 1280)
    state["_fc.weight"] = torch.randn(1000, 1280)
    state["_fc.bias"] = torch.randn(1000)
    return state, blocks


def lite_forward(state: State, blocks: list[tuple[int, int, int]], x: Tensor) -> list[Tensor]:
    """Outputs of all blocks, as the published model computes them (symmetric padding)."""

    def norm(x: Tensor, name: str) -> Tensor:
        names = ("running_mean", "running_var", "weight", "bias")
        mean, var, weight, bias = (state[f"{name}.{each}"] for each in names)
        return F.batch_norm(x, mean, var, weight, bias, eps=1e-3)

    x = F.relu6(norm(F.conv2d(x, state["_conv_stem.weight"], stride=2, padding=1), "_bn0"))
    found = []
    for number, (kernel, stride, expansion) in enumerate(blocks):
        name, before = f"_blocks.{number}", x
        if expansion > 1:
            x = F.relu6(norm(F.conv2d(x, state[f"{name}._expand_conv.weight"]), f"{name}._bn0"))
        weight = state[f"{name}._depthwise_conv.weight"]
        x = F.conv2d(x, weight, stride=stride, padding=kernel // 2, groups=x.shape[1])
        x = F.relu6(norm(x, f"{name}._bn1"))
        x = norm(F.conv2d(x, state[f"{name}._project_conv.weight"]), f"{name}._bn2")
        x = x + before if x.shape == before.shape else x
        found.append(x)
    return found


def test_lite_computes_what_the_published_weights_mean(tmp_path: Path) -> None:
    torch.manual_seed(0)
    state, blocks = lite_layout()
    torch.save(state, tmp_path / "lite0.pth")
    network = LiteNetwork().eval()
    init_lite(network, tmp_path / "lite0.pth")
    picture = torch.randn(1, 3, 64, 96)
    with torch.inference_mode():
        found = network.key_encoder(picture)
        expected = lite_forward(state, blocks, picture)
    for ours, number in zip(found, (2, 4, 10), strict=True):
        torch.testing.assert_close(ours, expected[number], atol=1e-4, rtol=1e-4)


def resnet_layout(depths: tuple[int, ...], *, bottleneck: bool) -> State:
    """A torchvision ResNet's state dict."""
    state: State = {}
    put_conv(state, "conv1", 64, 3, 7)
    put_norm(state, "bn1", 64)
    c_in, grow = 64, 4 if bottleneck else 1
    for stage, depth in enumerate(depths):
        width = 64 << stage
        for block in range(depth):
            name, c_out = f"layer{stage + 1}.{block}", width * grow
            kernels = (1, 3, 1) if bottleneck else (3, 3)
            channels = (c_in, width, width, c_out) if bottleneck else (c_in, width, c_out)
            for number, kernel in enumerate(kernels, start=1):
                put_conv(
                    state, f"{name}.conv{number}", channels[number], channels[number - 1], kernel
                )
                put_norm(state, f"{name}.bn{number}", channels[number])
            if block == 0 and (bottleneck or stage):
                put_conv(state, f"{name}.downsample.0", c_out, c_in, 1)
                put_norm(state, f"{name}.downsample.1", c_out)
            c_in = c_out
    state["fc.weight"], state["fc.bias"] = torch.randn(1000, c_in), torch.randn(1000)
    return state


def test_r50_takes_torchvision_resnets(tmp_path: Path) -> None:
    key = resnet_layout((3, 4, 6, 3), bottleneck=True)
    value = resnet_layout((2, 2, 2, 2), bottleneck=False)
    torch.save(key, tmp_path / "resnet50.pth")
    torch.save(value, tmp_path / "resnet18.pth")
    network = R50Network()
    fuser = {n: t.clone() for n, t in network.value_encoder.fuser.state_dict().items()}
    init_r50(network, tmp_path / "resnet50.pth", tmp_path / "resnet18.pth")
    ours = network.key_encoder.state_dict()
    taken = {name: t for name, t in key.items() if not name.startswith(("layer4", "fc"))}
    for name, tensor in taken.items():
        assert torch.equal(ours[name.replace("layer1.", "res2.")], tensor), name
    assert set(ours) == {n.replace("layer1.", "res2.") for n in taken} | {"mean", "std"}
    ours = network.value_encoder.state_dict()
    for name, tensor in value.items():
        if name.startswith(("layer1", "layer2", "layer3", "bn1")):
            assert torch.equal(ours[name], tensor), name
    assert torch.equal(ours["conv1.weight"][:, :3], value["conv1.weight"])
    masks = ours["conv1.weight"][:, 3:].flatten(1)
    torch.testing.assert_close(masks @ masks.T, torch.eye(64), atol=1e-4, rtol=0)
    assert not ours["conv1.bias"].any() and not ours["layer2.0.downsample.0.bias"].any()
    for name, tensor in network.value_encoder.fuser.state_dict().items():
        assert torch.equal(tensor, fuser[name])


def test_files_that_hold_something_else_are_refused(tmp_path: Path) -> None:
    state, _ = lite_layout()
    del state["_blocks.3._bn1.running_mean"]
    torch.save(state, tmp_path / "cut.pth")
    with pytest.raises(TrainingError, match=r"stages\.2\.0\.depthwise\.bn\.running_mean"):
        init_lite(LiteNetwork(), tmp_path / "cut.pth")
    (tmp_path / "bad.pth").write_bytes(b"no weights")
    with pytest.raises(TrainingError, match="cannot be read"):
        init_lite(LiteNetwork(), tmp_path / "bad.pth")
