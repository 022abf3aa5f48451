"""Loading weight files. Nothing in them is ever executed: safetensors holds tensors only."""

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from swem_core.errors import WeightsError
from swem_core.model.click import ClickNetwork
from swem_core.model.fold import for_inference
from swem_core.model.lite import LiteNetwork
from swem_core.model.network import SwemNetwork
from swem_core.resources import shipped

NETWORKS: Mapping[str, type[SwemNetwork]] = {"lite": LiteNetwork}


def load_network(name: str = "lite", weights: Path | None = None) -> SwemNetwork:
    """A network ready for inference on the CPU.

    ``weights``: a .safetensors file; None for the ones that ship. Raises WeightsError.
    """
    if name not in NETWORKS:
        raise WeightsError(f"There is no network named '{name}'. Known: {', '.join(NETWORKS)}.")
    network = NETWORKS[name]()
    load_weights(network, weights or shipped(name).path)
    return for_inference(network)


def load_click_network(weights: Path | None = None) -> ClickNetwork:
    """The click network, ready for inference on the CPU. It works on ``lite`` features only."""
    network = ClickNetwork()
    load_weights(network, weights or shipped("click-lite").path)
    return for_inference(network)


def load_weights(network: nn.Module, path: Path) -> None:
    """Fill ``network`` from a .safetensors file; every name and shape must agree.

    Raises WeightsError: missing or truncated file, or weights of another network.
    """
    tensors = _read(path)
    expected = network.state_dict()
    counters = {name for name in expected if name.endswith("num_batches_tracked")}
    _check_names(path, network, expected.keys() - counters, tensors.keys() - counters)
    for name, tensor in tensors.items():
        if name not in counters and tensor.shape != expected[name].shape:
            raise WeightsError(
                f"{path.name} does not fit {type(network).__name__}: '{name}' is "
                f"{tuple(tensor.shape)}, expected {tuple(expected[name].shape)}. "
                "Choose the weights of this network, or the network of these weights (--model)."
            )
    network.load_state_dict(tensors, strict=False)


def _read(path: Path) -> dict[str, Tensor]:
    if not path.is_file():
        raise WeightsError(f"There is no weight file {path}. Check the path given to --weights.")
    try:
        tensors = load_file(path)
    except (SafetensorError, OSError) as error:
        raise WeightsError(
            f"{path.name} cannot be read as a safetensors file ({error}). It is damaged or cut "
            "off: copy or download it again, and check it with 'swem-live doctor'."
        ) from error
    if any(t.is_floating_point() and not torch.isfinite(t).all() for t in tensors.values()):
        raise WeightsError(f"{path.name} holds values that are not numbers; it cannot be used.")
    return tensors


def _check_names(path: Path, network: nn.Module, expected: set[str], found: set[str]) -> None:
    if expected == found:
        return
    missing, surplus = sorted(expected - found), sorted(found - expected)
    parts = [
        f"{len(names)} {what} (such as '{names[0]}')"
        for what, names in (("missing", missing), ("unknown", surplus))
        if names
    ]
    raise WeightsError(
        f"{path.name} does not hold the weights of {type(network).__name__}: "
        f"{' and '.join(parts)}. Choose the network these weights belong to (--model)."
    )
