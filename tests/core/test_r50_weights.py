"""Checkpoints of the paper's network: the official release's names, and what is refused."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from fixtures.swem_r50.seeded_weights import fill
from safetensors.torch import save_file
from torch import Tensor

from swem_core.errors import WeightsError
from swem_core.model.fold import for_inference
from swem_core.model.r50 import R50Network
from swem_core.model.weights import load_network, load_weights

FIXTURES = Path(__file__).parent.parent / "fixtures" / "swem_r50"
STEM = "value_encoder.conv1.weight"


@pytest.mark.parametrize(
    ("file", "network"),
    [
        ("official_state_dict.tsv", R50Network),
        ("official_state_dict_backbone_resnet18.tsv", lambda: R50Network("resnet18")),
        ("official_state_dict_single_object.tsv", lambda: R50Network(single_object=True)),
    ],
)
def test_names_shapes_and_types_are_the_official_ones(
    file: str, network: Callable[[], R50Network]
) -> None:
    with (FIXTURES / file).open() as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    with torch.device("meta"):
        state = network().state_dict()
    found = {
        name: ("x".join(map(str, t.shape)) or "scalar", str(t.dtype).removeprefix("torch."))
        for name, t in state.items()
    }
    assert found == {row["name"]: (row["shape"], row["dtype"]) for row in rows}


@pytest.fixture(scope="module")
def hollow() -> dict[str, Tensor]:
    """A complete state dict of nothing but zeros, each tensor one number in memory and on disk."""
    with torch.device("meta"):
        state = R50Network().state_dict()
    return {name: torch.zeros((), dtype=t.dtype).expand(t.shape) for name, t in state.items()}


def test_an_official_checkpoint_loads_as_it_is(tmp_path: Path) -> None:
    network = R50Network()
    network.load_state_dict(fill(network.state_dict()))
    torch.save(network.state_dict(), tmp_path / "SWEM.pth")
    loaded = load_network("r50", tmp_path / "SWEM.pth").state_dict()
    expected = for_inference(network).state_dict()
    assert loaded.keys() == expected.keys()
    assert all(torch.equal(loaded[name], expected[name]) for name in expected)


def test_our_own_format_and_prefixed_names_load(tmp_path: Path) -> None:
    network = R50Network("resnet18")
    tensors = network.state_dict()
    torch.save({f"module.{name}": t for name, t in tensors.items()}, tmp_path / "parallel.pth")
    save_file(tensors, tmp_path / "own.safetensors")
    for file in ("parallel.pth", "own.safetensors"):
        other = R50Network("resnet18")
        load_weights(other, tmp_path / file)
        assert all(torch.equal(t, tensors[name]) for name, t in other.state_dict().items())


def test_a_single_object_checkpoint_is_widened(hollow: dict[str, Tensor], tmp_path: Path) -> None:
    narrow = torch.rand(64, 4, 7, 7, generator=torch.Generator().manual_seed(0))
    torch.save(hollow | {STEM: narrow}, tmp_path / "single.pth")
    wide, again, single = R50Network(), R50Network(), R50Network(single_object=True)
    for network in (wide, again, single):
        load_weights(network, tmp_path / "single.pth")
    stem = wide.value_encoder.conv1.weight.detach()
    assert torch.equal(stem, again.value_encoder.conv1.weight)
    assert torch.equal(stem[:, :4], narrow)
    columns = stem[:, 4].flatten(1)  # 64 x 49
    torch.testing.assert_close(columns.T @ columns, torch.eye(49), atol=1e-5, rtol=0)
    assert torch.equal(single.value_encoder.conv1.weight, narrow)


def test_checkpoints_of_another_form_are_refused(hollow: dict[str, Tensor], tmp_path: Path) -> None:
    path = tmp_path / "odd.pth"
    torch.save({n: t for n, t in hollow.items() if n != "key_comp.bias"}, path)
    with pytest.raises(WeightsError, match=r"1 missing \(such as 'key_comp.bias'\)"):
        load_network("r50", path)
    torch.save(hollow | {"key_comp.bias": torch.zeros(7)}, path)
    with pytest.raises(WeightsError, match=r"'key_comp.bias' is \(7,\), expected \(512,\)"):
        load_network("r50", path)
    torch.save({"network": hollow, "iteration": 7}, path)
    with pytest.raises(WeightsError, match="more than tensors by name"):
        load_network("r50", path)
    torch.save(hollow, path)
    with pytest.raises(WeightsError, match="does not hold the weights of LiteNetwork"):
        load_network("lite", path)


def test_a_damaged_checkpoint_is_refused(hollow: dict[str, Tensor], tmp_path: Path) -> None:
    path = tmp_path / "cut.pth"
    torch.save(hollow, path)
    data = path.read_bytes()
    pieces = (data[:0], data[:2], data[:5000], data[: len(data) // 2])
    for content in (*pieces, b"\x80\x02}q\x00", b"no" * 99):
        path.write_bytes(content)
        with pytest.raises(WeightsError, match="damaged"):
            load_network("r50", path)


@pytest.mark.parametrize("zipped", [True, False])
def test_a_checkpoint_that_would_run_code_is_refused(tmp_path: Path, zipped: bool) -> None:
    class Bomb:
        def __reduce__(self) -> tuple[object, tuple[Path]]:
            return Path.touch, (tmp_path / "exploded",)

    torch.save({"x": Bomb()}, tmp_path / "bomb.pth", _use_new_zipfile_serialization=zipped)
    with pytest.raises(WeightsError, match="could run code"):
        load_network("r50", tmp_path / "bomb.pth")
    assert not (tmp_path / "exploded").exists()


def test_without_weights_it_says_why_and_what_to_do() -> None:
    with pytest.raises(WeightsError, match=r"never published any.*--weights.*--model lite"):
        load_network("r50")
