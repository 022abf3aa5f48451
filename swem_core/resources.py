"""Files that ship beside the code, and the manifest of the weights among them."""

import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path


@dataclass(frozen=True, slots=True)
class WeightsEntry:
    """One weight file of ``assets/models/manifest.json``."""

    name: str
    file: str
    network: str
    parameters: str
    bytes: int
    sha256: str
    format: str
    licence: str
    trained: str

    @property
    def path(self) -> Path:
        """Path of the file on this machine."""
        return asset(f"models/{self.file}")

    def is_intact(self) -> bool:
        """Whether the file exists and matches its checksum. Reads the whole file."""
        if not self.path.is_file():
            return False
        return hashlib.sha256(self.path.read_bytes()).hexdigest() == self.sha256


def asset(relative: str) -> Path:
    """Path of a shipped file. ``relative``: path below ``assets/``, with forward slashes."""
    return Path(str(files("assets"))).joinpath(*relative.split("/"))


def shipped_weights() -> tuple[WeightsEntry, ...]:
    """All weight files that ship with the program."""
    manifest = json.loads(asset("models/manifest.json").read_text("utf-8"))
    return tuple(WeightsEntry(**entry) for entry in manifest["models"])


def shipped(name: str) -> WeightsEntry:
    """The shipped weight file called ``name`` in the manifest. Raises KeyError."""
    return {entry.name: entry for entry in shipped_weights()}[name]
