"""Weights and checkpoints that were damaged or forged: refused with a message, at little cost."""

import resource
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutations import mutated_documents, safetensors_file, safetensors_parts
from safetensors.torch import save

from swem_core.errors import SwemError, TrainingError, WeightsError
from swem_core.model.lite import LiteNetwork
from swem_core.model.weights import load_network, load_weights
from swem_core.resources import shipped
from swem_core.train.checkpoint import load_checkpoint
from swem_core.train.imagenet import init_lite

SAME_FOLDER = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
GIB = 1024**3


@contextmanager
def little_memory() -> Iterator[None]:
    """Whoever asks for a gibibyte more than there is now gets none."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (psutil.Process().memory_info().vms + GIB, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


class Tiny(torch.nn.Module):
    """A network of two small layers, for files that are quickly written."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = torch.nn.Linear(3, 4), torch.nn.Linear(4, 2)


@SAME_FOLDER
@given(data=st.data())
def test_forged_headers_of_weights(tmp_path: Path, data: st.DataObject) -> None:
    header, tensors = safetensors_parts(save(Tiny().state_dict()))
    path = tmp_path / "w.safetensors"
    path.write_bytes(safetensors_file(data.draw(mutated_documents(header)), tensors))
    network = Tiny()
    try:
        load_weights(network, path)
    except WeightsError as error:
        assert "w.safetensors" in str(error) and str(error).encode("utf-8")


def state_with(**changed: Any) -> dict[str, Any]:
    return {**LiteNetwork().state_dict(), **changed}


NAME = "key_proj.bias"
ODD = {
    "a number said to be many": lambda: torch.zeros(1).expand(4 * GIB),
    "on no device": lambda: torch.empty(64, device="meta"),
    "sparse": lambda: torch.zeros(64).to_sparse(),
    "complex": lambda: torch.zeros(64, dtype=torch.complex64),
    "of 8 bits": lambda: torch.zeros(64).to(torch.float8_e4m3fn),
    "a scalar": lambda: torch.tensor(1.0),
    "infinite": lambda: torch.full((64,), torch.inf),
}


@pytest.mark.parametrize("kind", ODD)
def test_odd_tensors_in_weights(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "w.pth"
    torch.save(state_with(**{NAME: ODD[kind]()}), path)
    with little_memory(), pytest.raises(WeightsError, match=r"w\.pth"):
        load_network("lite", path)


def packed(path: Path) -> None:
    """The archive as a bomb: compressed, which torch.save never does, but torch.load reads."""
    with zipfile.ZipFile(path) as archive:
        entries = [(info.filename, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in entries:
            archive.writestr(name, content)


Reader = Callable[[Path], object]
READERS: dict[str, tuple[Reader, type[SwemError]]] = {
    "weights": (lambda path: load_network("lite", path), WeightsError),
    "checkpoint": (load_checkpoint, TrainingError),
    "imagenet": (lambda path: init_lite(LiteNetwork(), path), TrainingError),
}


@pytest.mark.parametrize("kind", READERS)
def test_archives_that_swell_are_refused(tmp_path: Path, kind: str) -> None:
    read, failure = READERS[kind]
    path = tmp_path / "w.pth"
    torch.save({"x": torch.zeros(GIB // 16, dtype=torch.uint8)}, path)
    packed(path)
    assert path.stat().st_size < GIB // 1000
    with pytest.raises(failure, match=r"w\.pth.*compressed"):
        read(path)


@pytest.mark.parametrize("kind", READERS)
def test_other_files_are_refused(tmp_path: Path, kind: str) -> None:
    read, failure = READERS[kind]
    path = tmp_path / "w.pth"
    for content in (
        b"",
        b"PK\x03\x04",
        b"\x80\x02.",
        b"x" * 100,
        shipped("lite").path.read_bytes(),
    ):
        path.write_bytes(content)
        with pytest.raises(failure, match=r"w\.pth"):
            read(path)


@pytest.mark.parametrize("name", ["conv9.weight", "_blocks.0._new.weight", "_blocks.99._bn0.bias"])
def test_layers_nobody_knows_are_refused(tmp_path: Path, name: str) -> None:
    torch.save({name: torch.zeros(3)}, tmp_path / "w.pth")
    with pytest.raises(TrainingError, match=r"w\.pth"):
        init_lite(LiteNetwork(), tmp_path / "w.pth")
