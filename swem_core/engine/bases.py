"""Where the bases of a new object start."""

from typing import Protocol

import torch
from torch import Tensor

from swem_core.memory.em import MemorySpec, random_kappa
from swem_core.types import ObjectId


class InitialBases(Protocol):
    """Gives the start of one object's key bases: 2 x K x C, (background, foreground)."""

    def __call__(self, object_id: ObjectId, spec: MemorySpec) -> Tensor:
        """The start for ``object_id``, on the CPU."""
        ...


class SeededBases:
    """Random unit vectors from a generator per object.

    An object's start thus depends on the seed and its id alone, not on what else is tracked or in
    which order objects were added, and a run can be repeated exactly.
    """

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed

    def __call__(self, object_id: ObjectId, spec: MemorySpec) -> Tensor:
        """See :class:`InitialBases`."""
        generator = torch.Generator().manual_seed(self._seed * 256 + object_id)
        return random_kappa(spec, generator)
