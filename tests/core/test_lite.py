"""Equality with the outputs recorded of a reference implementation, on the weights it had."""

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from swem_core.engine.engine import Engine
from swem_core.engine.masking import aggregate
from swem_core.memory.em import MemorySpec, class_weights, empty_bank, memorise
from swem_core.model.blocks import resize
from swem_core.model.click import ClickNetwork
from swem_core.model.fold import for_inference
from swem_core.model.lite import LiteNetwork
from swem_core.model.weights import load_click_weights, load_network, load_weights
from swem_core.resources import shipped

FIXTURES = Path(__file__).parent.parent / "fixtures" / "lite"
HALF_PRECISION = 2**-8  # the fixture's logits, up to 16 large, are stored as float16


@pytest.fixture(scope="module")
def lite() -> dict[str, np.ndarray]:
    with np.load(FIXTURES / "lite_240x432_n2.npz") as data:
        return {name: data[name] for name in data.files}


@pytest.fixture(scope="module")
def network() -> LiteNetwork:
    network = load_network("lite", FIXTURES / "swem-lite.safetensors")
    assert isinstance(network, LiteNetwork)
    return network


def rgb(frame: np.ndarray) -> Tensor:
    return torch.from_numpy(frame).permute(2, 0, 1)[None].float() / 255


def close(ours: Tensor, theirs: np.ndarray, relative: float = 1e-4) -> None:
    error = (ours - torch.from_numpy(theirs)).abs().max().item()
    assert error <= relative * np.abs(theirs).max()


@torch.inference_mode()
def test_stages_equal_the_reference(network: LiteNetwork, lite: dict[str, np.ndarray]) -> None:
    image, masks = rgb(lite["frames"][0]), torch.from_numpy(lite["first_masks"])[:, None].float()
    features = network.encode_key(image)
    close(features.key[0], lite["f0_key"])
    value = network.encode_value(image, masks, masks.flip(0), features)
    close(value, lite["f0_value"])
    grid = features.key.shape[-2:]
    hard = masks[:, 0, ::16, ::16].flatten(1)
    weights = class_weights(resize(masks, grid).flatten(1), hard)
    start = empty_bank(torch.from_numpy(lite["init_kappa"]).transpose(-1, -2), 128)
    keys = features.key[0].flatten(1).T
    bank = memorise(start, keys, value.flatten(2).transpose(1, 2), weights, network.memory)
    close(bank.kappa.transpose(-1, -2), lite["f0_kappa"], 1e-3)
    close(bank.nu.transpose(-1, -2), lite["f0_nu"], 1e-3)
    close(bank.zeta[:, :, None], lite["f0_zeta"], 1e-3)


def test_engine_equals_the_reference_on_every_frame(
    network: LiteNetwork, lite: dict[str, np.ndarray]
) -> None:
    start = torch.from_numpy(lite["init_kappa"]).transpose(-1, -2)

    def recorded(object_id: int, spec: MemorySpec) -> Tensor:
        return start[object_id - 1]

    engine = Engine(network, initial_bases=recorded)
    frames = [np.ascontiguousarray(frame[..., ::-1]) for frame in lite["frames"]]
    first = lite["first_masks"].astype(bool)
    engine.step(frames[0], anchors={1: first[0], 2: first[1]})
    for frame, expected in zip(frames[1:], lite["logits"], strict=True):
        result = engine.step(frame)
        logits = resize(torch.from_numpy(result.logits)[None], (240, 432))[0]
        theirs = torch.from_numpy(expected[1:]).float()  # channel 0 is the background's
        error = (logits - theirs).abs()
        # Rounding grows from frame to frame where bases have little mass (METHOD G).
        assert error.mean() < 1.5e-3 and error.max() < 8 * HALF_PRECISION
        flips = (aggregate(logits).argmax(0) != torch.from_numpy(expected).argmax(0)).float()
        assert flips.mean() < 1e-4


@torch.inference_mode()
def test_click_network_equals_the_reference() -> None:
    with np.load(FIXTURES / "click_240x432.npz") as data:
        frame, maps, expected = data["frame"], data["prompt"], data["logits"]
    network = ClickNetwork()
    load_click_weights(
        network, FIXTURES / "click-lite.safetensors", FIXTURES / "swem-lite.safetensors"
    )
    network = for_inference(network)
    logits = network(network.encode(rgb(frame)), torch.from_numpy(maps)[None])
    close(logits, expected)


@torch.inference_mode()
def test_folding_changes_nothing_but_rounding() -> None:
    plain = LiteNetwork().eval()
    load_weights(plain, shipped("lite").path)
    folded = load_network("lite")
    image = torch.rand(1, 3, 64, 96, generator=torch.Generator().manual_seed(0))
    for a, b in zip(plain.encode_key(image), folded.encode_key(image), strict=True):
        torch.testing.assert_close(a, b, rtol=1e-3, atol=1e-3 * a.abs().max().item())
    assert not any(isinstance(m, torch.nn.BatchNorm2d) for m in folded.modules())
    for_inference(folded)  # twice does no harm
