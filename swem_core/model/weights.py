"""Loading weight files. Nothing in them is ever executed: safetensors files hold tensors only, and
of .pth files (pickles) nothing but tensors is read."""

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from swem_core.data.torch_file import check_plain, read_torch_file
from swem_core.errors import WeightsError
from swem_core.model.click import ClickNetwork
from swem_core.model.fold import for_inference
from swem_core.model.lite import KeyEncoder, LiteNetwork
from swem_core.model.network import SwemNetwork
from swem_core.model.r50 import R50Network
from swem_core.resources import shipped, shipped_weights

NETWORKS: Mapping[str, type[SwemNetwork]] = {"lite": LiteNetwork, "r50": R50Network}

_ENCODER, _KEY = "encoder.", "key_encoder."  # the same layers in click and in lite weights
_PICKLES = (".pth", ".pt")


def load_network(name: str = "lite", weights: Path | None = None) -> SwemNetwork:
    """A network ready for inference on the CPU.

    ``weights``: a .safetensors file, or a .pth file in the official release's layout; None for the
    shipped ones. Raises WeightsError.
    """
    if name not in NETWORKS:
        raise WeightsError(f"There is no network named '{name}'. Known: {', '.join(NETWORKS)}.")
    path = weights or _shipped_path(name)
    network = NETWORKS[name]()
    load_weights(network, path)
    return for_inference(network)


def load_click_network(weights: Path | None = None) -> ClickNetwork:
    """The click network, ready for inference on the CPU. Raises WeightsError."""
    network = ClickNetwork()
    load_click_weights(network, weights or shipped("click-lite").path)
    return for_inference(network)


def load_click_weights(network: ClickNetwork, path: Path, encoder: Path | None = None) -> None:
    """Fill a click network from ``path``, as strictly as :func:`load_weights`.

    A file without image encoder (no tensor named ``encoder.*``) was trained with the key encoder
    of ``lite`` weights, which is then taken from the file ``encoder``; None: the shipped one.
    """
    tensors = _read(path)
    if not any(name.startswith(_ENCODER) for name in tensors):
        own = _encoder_of(encoder or shipped("lite").path)
        tensors = {**tensors, **{_ENCODER + name: tensor for name, tensor in own.items()}}
    _fill(network, tensors, path)


def load_key_encoder(encoder: KeyEncoder, path: Path) -> None:
    """Fill a key encoder from ``lite`` weights, ignoring the rest. Raises WeightsError."""
    _fill(encoder, _encoder_of(path), path)


def load_weights(network: nn.Module, path: Path) -> None:
    """Fill ``network`` from a .safetensors or .pth file; every name and shape must match.

    Only the batch norms' step counters, which nothing uses, may be missing. Raises WeightsError
    for a missing or damaged file, or weights of another network.
    """
    tensors = _read(path)
    if isinstance(network, R50Network):
        tensors = network.adapted(tensors)
    _fill(network, tensors, path)


def _fill(network: nn.Module, tensors: Mapping[str, Tensor], path: Path) -> None:
    tensors, expected = _without_counters(tensors), _without_counters(network.state_dict())
    _check_names(path, network, set(expected), set(tensors))
    for name, tensor in tensors.items():
        if tensor.shape != expected[name].shape:
            raise WeightsError(
                f"{path.name} does not fit {type(network).__name__}: '{name}' is "
                f"{tuple(tensor.shape)}, expected {tuple(expected[name].shape)}. "
                "Choose the weights of this network, or the network of these weights (--model)."
            )
    if any(t.is_floating_point() and not torch.isfinite(t).all() for t in tensors.values()):
        raise WeightsError(f"{path.name} holds values that are not numbers; it cannot be used.")
    network.load_state_dict(tensors, strict=False)


def _encoder_of(path: Path) -> dict[str, Tensor]:
    """The key encoder's tensors in ``lite`` weights, without their prefix."""
    tensors = _read(path).items()
    return {n.removeprefix(_KEY): t for n, t in tensors if n.startswith(_KEY)}


def _shipped_path(name: str) -> Path:
    if name not in {entry.name for entry in shipped_weights()}:
        raise WeightsError(
            f"No weights of the network '{name}' are included: the official SWEM project never "
            "published any. Give a file of your own (--weights FILE, its .pth or a .safetensors), "
            "or use the network that ships (--model lite)."
        )
    return shipped(name).path


def _without_counters(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {n: t for n, t in tensors.items() if not n.endswith("num_batches_tracked")}


def _read(path: Path) -> dict[str, Tensor]:
    if not path.is_file():
        raise WeightsError(f"There is no weight file {path}. Check the path given to --weights.")
    tensors = _read_pickle(path) if path.suffix.lower() in _PICKLES else _read_safetensors(path)
    try:
        check_plain(tensors.items())
    except ValueError as error:
        raise WeightsError(f"{path.name} cannot be used: {error}.") from error
    return tensors


def _read_safetensors(path: Path) -> dict[str, Tensor]:
    try:
        return load_file(path)
    except (SafetensorError, OSError) as error:
        raise WeightsError(
            f"{path.name} cannot be read as a safetensors file ({error}). It is damaged or cut "
            "off: copy or download it again, and check it with 'swem-live doctor'."
        ) from error


def _read_pickle(path: Path) -> dict[str, Tensor]:
    """A state dict saved by torch.save; nothing but tensors is ever unpickled."""
    try:
        content = read_torch_file(path)
    except ValueError as error:
        raise WeightsError(
            f"{path.name} cannot be read ({error}). It is damaged or cut off: copy it again; or it "
            "holds more than tensors, which is never loaded because it could run code: save it "
            "again with torch.save(network.state_dict(), ...)."
        ) from error
    if not isinstance(content, dict) or not all(isinstance(t, Tensor) for t in content.values()):
        raise WeightsError(
            f"{path.name} holds more than tensors by name. Save only the network's "
            "state_dict() to a file, not what the training keeps around it."
        )
    return {str(name).removeprefix("module."): tensor for name, tensor in content.items()}


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
