"""Initial bases of new objects."""

from typing import Protocol

import torch
from torch import Tensor

from swem_core.memory.em import MemorySpec, random_kappa
from swem_core.types import ObjectId


class InitialBases(Protocol):
    """Supplies the initial key bases of an object: 2 x K x C, (background, foreground)."""

    def __call__(self, object_id: ObjectId, spec: MemorySpec) -> Tensor:
        """Initial key bases of ``object_id``, on the CPU."""
        ...


class SeededBases:
    """Random unit vectors, from one generator per object.

    They depend on the seed and the object's id alone, not on the other objects or their order, so
    a run can be repeated exactly.
    """

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed

    def __call__(self, object_id: ObjectId, spec: MemorySpec) -> Tensor:
        """See :class:`InitialBases`."""
        generator = torch.Generator().manual_seed(self._seed * 256 + object_id)
        return random_kappa(spec, generator)
