import hashlib
import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from swem_core.errors import WeightsError
from swem_core.model.click import ClickNetwork
from swem_core.model.lite import LiteNetwork, normalise
from swem_core.model.weights import load_click_network, load_click_weights, load_network
from swem_core.resources import asset, shipped, shipped_weights

FIXTURES = Path(__file__).parent.parent / "fixtures" / "lite"


def test_shipped_weights_are_what_the_manifest_says() -> None:
    for entry in shipped_weights():
        data = entry.path.read_bytes()
        assert len(data) == entry.bytes
        assert hashlib.sha256(data).hexdigest() == entry.sha256
        assert entry.is_intact() and entry.licence and entry.trained
        card = entry.path.with_suffix(".md").read_text("utf-8")
        for part in (entry.file, "**Data.**", "**Measured**", "**Limits.**"):
            assert part in card


def test_the_manifest_lists_every_weight_file() -> None:
    manifest = json.loads(asset("models/manifest.json").read_text())
    listed = {entry["file"] for entry in manifest["models"]}
    assert listed == {path.name for path in asset("models").glob("*.safetensors")}


def test_a_missing_file_says_where() -> None:
    with pytest.raises(WeightsError, match=r"no weight file .*nowhere"):
        load_network("lite", Path("nowhere.safetensors"))


def test_a_truncated_file_is_refused(tmp_path: Path) -> None:
    data = shipped("lite").path.read_bytes()
    for length in (0, 7, 1000, len(data) - 1):
        (tmp_path / "cut.safetensors").write_bytes(data[:length])
        with pytest.raises(WeightsError, match="damaged or cut off"):
            load_network("lite", tmp_path / "cut.safetensors")


def test_another_networks_weights_are_refused() -> None:
    with pytest.raises(WeightsError, match="does not hold the weights of LiteNetwork"):
        load_network("lite", shipped("click-lite").path)


@torch.inference_mode()
def test_click_weights_bring_the_encoder_they_were_trained_on(tmp_path: Path) -> None:
    without = FIXTURES / "click-lite.safetensors"
    plain = ClickNetwork()
    load_click_weights(plain, without)
    tensors = dict(plain.state_dict())
    tensors["encoder.stem.bn.bias"] = tensors["encoder.stem.bn.bias"] + 0.5
    save_file(tensors, tmp_path / "own.safetensors")
    image = torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    own = load_click_network(tmp_path / "own.safetensors").encode(image)
    lite = load_network("lite")
    assert isinstance(lite, LiteNetwork)
    shared = lite.key_encoder(normalise(image))
    borrowed = load_click_network(without).encode(image)
    for ours, theirs, expected in zip(borrowed, own, shared, strict=True):
        torch.testing.assert_close(ours, expected)
        assert not torch.allclose(theirs, expected, atol=0.1)


def test_click_weights_with_half_an_encoder_are_refused(tmp_path: Path) -> None:
    network = ClickNetwork()
    tensors = {n: t for n, t in network.state_dict().items() if not n.startswith("encoder.stages")}
    save_file(tensors, tmp_path / "half.safetensors")
    with pytest.raises(WeightsError, match=r"missing \(such as 'encoder.stages"):
        load_click_network(tmp_path / "half.safetensors")


def test_a_tensor_of_another_shape_is_named(tmp_path: Path) -> None:
    tensors = load_file(shipped("lite").path)
    tensors["key_proj.bias"] = torch.zeros(65)
    save_file(tensors, tmp_path / "odd.safetensors")
    with pytest.raises(WeightsError, match=r"'key_proj.bias' is \(65,\), expected \(64,\)"):
        load_network("lite", tmp_path / "odd.safetensors")


def test_values_that_are_not_numbers_are_refused(tmp_path: Path) -> None:
    tensors = load_file(shipped("lite").path)
    tensors["key_proj.bias"][3] = torch.nan
    save_file(tensors, tmp_path / "nan.safetensors")
    with pytest.raises(WeightsError, match="not numbers"):
        load_network("lite", tmp_path / "nan.safetensors")


def test_a_pickle_is_never_executed(tmp_path: Path) -> None:
    class Bomb:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return Path.touch, (tmp_path / "exploded",)  # type: ignore[return-value]

    torch.save({"x": Bomb()}, tmp_path / "bomb.safetensors")
    with pytest.raises(WeightsError):
        load_network("lite", tmp_path / "bomb.safetensors")
    assert not (tmp_path / "exploded").exists()


def test_an_unknown_network_lists_the_known() -> None:
    with pytest.raises(WeightsError, match="lite"):
        load_network("heavy")
