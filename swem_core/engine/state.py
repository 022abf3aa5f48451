"""An engine's memory of its objects, for saving to a file and resuming."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from swem_core.data.torch_file import check_plain
from swem_core.errors import StateError
from swem_core.types import MAX_OBJECT_ID, ObjectId

_FORMAT = "swem-live-state-1"
TENSORS = ("kappa", "nu", "zeta", "writes")


@dataclass(frozen=True, slots=True)
class EngineState:
    """Everything that tracking needs to resume: the objects' ids and their bases.

    ``network``: name of the network whose features the bases are. ``tensors``: CPU tensors
    ``kappa, nu, zeta, writes`` with one row per id (see MemoryStore).
    """

    network: str
    ids: tuple[ObjectId, ...]
    tensors: dict[str, Tensor]

    def only(self, ids: Collection[ObjectId]) -> "EngineState":
        """The state of these objects alone; unknown ids are ignored."""
        rows = [row for row, object_id in enumerate(self.ids) if object_id in ids]
        tensors = {name: tensor[rows] for name, tensor in self.tensors.items()}
        return EngineState(self.network, tuple(self.ids[row] for row in rows), tensors)

    def updated(self, other: "EngineState") -> "EngineState":
        """This state with the objects of ``other`` added, or replaced where ids are equal.

        Raises StateError if ``other`` is another network's.
        """
        self.check_same_kind(other)
        ids = tuple(dict.fromkeys((*self.ids, *other.ids)))
        own = {object_id: row for row, object_id in enumerate(self.ids)}
        theirs = {object_id: len(own) + row for row, object_id in enumerate(other.ids)}
        rows = [(own | theirs)[object_id] for object_id in ids]
        both = {name: torch.cat((t, other.tensors[name])) for name, t in self.tensors.items()}
        return EngineState(self.network, ids, {name: t[rows] for name, t in both.items()})

    def check_same_kind(self, other: "EngineState") -> None:
        """Raises StateError unless ``other`` has the same network, shapes and dtypes."""
        if other.network != self.network:
            raise StateError(
                f"This state was saved with the network '{other.network}', not "
                f"'{self.network}'. Start with --model {other.network} to resume from it."
            )
        for name, tensor in self.tensors.items():
            theirs = other.tensors[name]
            if theirs.shape != (len(other.ids), *tensor.shape[1:]) or theirs.dtype != tensor.dtype:
                raise StateError("The saved state does not fit this network's memory.")

    def save(self, path: Path, note: str = "") -> None:
        """Write a .safetensors file, which holds data only. ``note``: any text to keep with it."""
        header = {"format": _FORMAT, "network": self.network, "ids": json.dumps(self.ids)}
        header["note"] = note
        tensors = {name: tensor.contiguous() for name, tensor in self.tensors.items()}
        save_file(tensors, path, metadata=header)

    @staticmethod
    def load(path: Path) -> "EngineState":
        """Read what :meth:`save` wrote. Raises StateError."""
        try:
            with safe_open(path, framework="pt") as file:
                header = file.metadata() or {}
                tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        except (SafetensorError, OSError) as error:
            raise StateError(f"{path} cannot be read as a saved state: {error}") from error
        if header.get("format") != _FORMAT or set(tensors) != set(TENSORS):
            raise StateError(f"{path} is not a state saved by swem-live ({_FORMAT}).")
        ids = _ids(header.get("ids", ""), path)
        if any(tensor.shape[:1] != (len(ids),) for tensor in tensors.values()):
            raise StateError(f"{path} does not hold the memory of the objects it names.")
        try:
            check_plain(tensors.items())
        except ValueError as error:
            raise StateError(f"{path} cannot be used: {error}.") from error
        return EngineState(header.get("network", ""), ids, tensors)


def read_note(path: Path) -> str:
    """The ``note`` of a saved state, "" for none; reads no tensor. Raises StateError."""
    try:
        with safe_open(path, framework="pt") as file:
            return str((file.metadata() or {}).get("note", ""))
    except (SafetensorError, OSError) as error:
        raise StateError(f"{path} cannot be read as a saved state: {error}") from error


def _ids(text: str, path: Path) -> tuple[ObjectId, ...]:
    try:
        ids = json.loads(text)
    except (ValueError, RecursionError):  # no JSON; thousands of digits; thousands of brackets
        ids = None
    valid = isinstance(ids, list) and all(type(i) is int and 1 <= i <= MAX_OBJECT_ID for i in ids)
    if not valid or len(set(ids)) != len(ids):
        raise StateError(f"{path} names its objects in a form that cannot be read.")
    return tuple(ids)
