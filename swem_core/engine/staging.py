"""Asynchronous copies between arrays and a CUDA card, through page-locked memory.

Copies from and to pageable memory make the CPU wait for all earlier work of the card. These do
not; an event tells when each is done. The buffers are reused and only ever grow.
"""

from collections.abc import Callable
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from swem_core.types import Image


class Event(Protocol):
    """A marker in the device's queue of work."""

    def record(self) -> None:
        """Place the marker behind all work queued so far."""
        ...

    def synchronize(self) -> None:
        """Wait until the device has reached the marker; return at once if it was never placed."""
        ...


class _Lane:
    """A page-locked buffer for one direction, and the event of the last copy through it."""

    def __init__(self, allocate: Callable[[int], Tensor], done: Event) -> None:
        self._allocate = allocate
        self._buffer = allocate(0)
        self.done = done

    def free(self, nbytes: int) -> Tensor:
        """The first ``nbytes`` of the buffer, once the previous copy no longer needs it."""
        self.done.synchronize()
        if len(self._buffer) < nbytes:
            self._buffer = self._allocate(nbytes)
        return self._buffer[:nbytes]


class Staging:
    """Uploads pictures and downloads results, on the current stream.

    ``allocate``: returns a page-locked uint8 tensor of that length. ``new_event``: see
    :class:`Event`.
    """

    def __init__(
        self,
        device: torch.device,
        allocate: Callable[[int], Tensor],
        new_event: Callable[[], Event],
    ) -> None:
        self._up = _Lane(allocate, new_event())
        self._down = _Lane(allocate, new_event())
        self._picture = torch.empty(0, dtype=torch.uint8, device=device)

    def upload(self, image: Image) -> Tensor:
        """HxWx3 uint8 on the device, valid until the next upload. Does not wait for the device."""
        if self._picture.shape != image.shape:
            self._picture = self._picture.new_empty(image.shape)
        pinned = self._up.free(image.nbytes).view(image.shape)
        np.copyto(pinned.numpy(), image)
        self._picture.copy_(pinned, non_blocking=True)
        self._up.done.record()
        return self._picture

    def download(self, *tensors: Tensor) -> tuple[NDArray[np.float32], ...]:
        """Copies of float32 tensors as arrays. Waits for them, but not for work queued later."""
        lengths = [4 * tensor.numel() for tensor in tensors]
        parts = torch.split(self._down.free(sum(lengths)), lengths)
        views = [
            part.view(torch.float32).view(tensor.shape)
            for part, tensor in zip(parts, tensors, strict=True)
        ]
        for view, tensor in zip(views, tensors, strict=True):
            view.copy_(tensor, non_blocking=True)
        self._down.done.record()
        self._down.done.synchronize()
        return tuple(view.numpy().copy() for view in views)


def pinned_staging(device: torch.device) -> Staging:
    """Staging for a CUDA card. ``blocking`` events yield the CPU while waiting."""
    return Staging(
        device,
        lambda nbytes: torch.empty(nbytes, dtype=torch.uint8, pin_memory=True),
        lambda: torch.cuda.Event(blocking=True),  # type: ignore[no-untyped-call]
    )
