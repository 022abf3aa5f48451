"""What the tests of the engine share."""

from typing import TypeAlias

import torch

from swem_core.engine.engine import Engine
from swem_core.types import Image, Mask

Scene: TypeAlias = tuple[tuple[Image, ...], Mask, Mask]


def memory_of(engine: Engine, object_id: int) -> list[torch.Tensor]:
    state = engine.save_state()
    slot = state.ids.index(object_id)
    return [state.tensors[name][slot] for name in ("kappa", "nu", "zeta", "writes")]


def same(a: list[torch.Tensor], b: list[torch.Tensor]) -> bool:
    return all(torch.equal(x, y) for x, y in zip(a, b, strict=True))
