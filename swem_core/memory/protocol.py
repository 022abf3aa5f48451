"""The interface of a memory of tracked objects, whether it keeps bases or whole frames."""

from collections.abc import Sequence
from typing import Protocol

from torch import Tensor

from swem_core.memory.readout import Readout


class Memory(Protocol):
    """Objects in slots 0, 1, ...; shapes as in :class:`swem_core.memory.store.MemoryStore`."""

    def __len__(self) -> int:
        """Number of objects."""
        ...

    @property
    def nbytes(self) -> int:
        """Bytes of everything stored."""
        ...

    @property
    def features(self) -> int:
        """Stored features each pixel is compared with, per object."""
        ...

    def add(self, kappa: Tensor) -> int:
        """Append an object without any frame and return its slot."""
        ...

    def mark(
        self, slots: Sequence[int], start: Tensor, keys: Tensor, values: Tensor, weights: Tensor
    ) -> None:
        """Learn from masks that the user gave for some objects."""
        ...

    def update(self, slots: Sequence[int], keys: Tensor, values: Tensor, weights: Tensor) -> None:
        """Learn from the tracker's own masks."""
        ...

    def read(self, keys: Tensor) -> Readout:
        """Match a frame's keys (P x C) with all objects' memories."""
        ...
