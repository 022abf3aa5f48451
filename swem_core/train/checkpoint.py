"""Checkpoints: everything needed to resume training, in one file that is replaced atomically."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save
from torch import Tensor

from swem_core.data.files import write_atomic
from swem_core.data.torch_file import check_plain, read_torch_file
from swem_core.errors import TrainingError
from swem_core.train.config import TrainConfig

_VERSION = 1
_FREE = ("minutes", "workers", "checkpoint", "validation", "cache", "device", "steps")
"""Settings that may change when training is resumed; all others must be the same."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """``step``: steps done, which also determines the next data. ``elapsed``: seconds trained.
    ``network``, ``average``: tensors by name. ``optimiser``, ``scaler``: their state dicts.
    ``best``: best validation J&F so far, 0..1. ``config``: nested plain values."""

    step: int
    elapsed: float
    network: dict[str, Tensor]
    average: dict[str, Tensor]
    optimiser: dict[str, Any]
    scaler: dict[str, Any]
    best: float | None
    config: dict[str, Any]

    def save(self, path: Path) -> None:
        """Replace ``path`` atomically: a crash leaves either the old file or the new one."""
        content = {name: getattr(self, name) for name in self.__dataclass_fields__}
        content["config"] = json.dumps(self.config)
        buffer = io.BytesIO()
        torch.save({"version": _VERSION, **content}, buffer)
        write_atomic(path, buffer.getvalue())


def load_checkpoint(path: Path) -> Checkpoint:
    """Read a checkpoint; nothing in it is executed. Raises TrainingError."""
    if not path.is_file():
        raise TrainingError(f"There is no {path} to resume from. Start without --resume.")
    try:
        content = read_torch_file(path)
        if content.pop("version") != _VERSION:
            raise TrainingError(
                f"{path} was written by another version of this program. Start without --resume."
            )
        content["config"] = json.loads(content["config"])
        found = Checkpoint(**content)
        tables = (found.network, found.average, found.optimiser, found.scaler, found.config)
        if type(found.step) is not int or not all(isinstance(one, dict) for one in tables):
            raise ValueError("its parts are of other kinds")
        check_plain((found.network | found.average).items())
        return found
    except TrainingError:
        raise
    except Exception as error:  # a damaged pickle can raise anything
        raise TrainingError(f"{path} is not a training checkpoint ({error}).") from error


def check_same(config: TrainConfig, before: Checkpoint) -> None:
    """Raise TrainingError if a setting that must not change has changed."""
    now = json.loads(json.dumps(config.plain()))
    for name, value in now.items():
        if name not in _FREE and before.config.get(name) != value:
            raise TrainingError(
                f"The training to resume had {name} = {before.config.get(name)}, but the "
                f"configuration says {value}. Change it back, or start without --resume."
            )


@contextmanager
def restoring(path: Path) -> Iterator[None]:
    """Turn errors of restoring from the checkpoint ``path`` within the block into TrainingError."""
    try:
        yield
    except (RuntimeError, LookupError, TypeError, ValueError, AttributeError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise TrainingError(
            f"{path} does not fit this training ({reason}). Start without --resume."
        ) from error


def save_weights(path: Path, tensors: dict[str, Tensor], about: dict[str, str]) -> None:
    """Write a weight file that ``load_network`` reads; ``about`` goes into its header."""
    kept = {
        name: tensor.contiguous()
        for name, tensor in tensors.items()
        if not name.endswith("num_batches_tracked")
    }
    write_atomic(path, save(kept, metadata=about))
