"""How an engine runs on a device: uploading pictures, running passes, fetching results."""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from swem_core.engine.graphs import CudaCapture, GraphRunner, Tensors
from swem_core.engine.preprocess import to_tensor
from swem_core.engine.shrink import AreaShrink
from swem_core.engine.staging import Staging, pinned_staging
from swem_core.memory.store import padded
from swem_core.types import Image, Size

log = logging.getLogger(__name__)

_PASSES = 3  # that a frame may record: encode, segment, learn


class Runtime:
    """Eager execution, for the CPU and (experimentally) Apple GPUs.

    ``slots``: the memory's number of slots for N objects, None for N (see MemoryStore).
    """

    slots: Callable[[int], int] | None = None

    def __init__(self, device: torch.device) -> None:
        self.device = device

    def active(self) -> AbstractContextManager[None]:
        """Context in which all work on the device must run; it applies to the current thread."""
        return torch.inference_mode()

    def picture(self, image: Image, size: Size) -> Tensor:
        """HxWx3 uint8 BGR -> 1 x 3 x h x w float32 RGB in [0, 1], valid until the next picture."""
        return to_tensor(image, size, self.device)

    def run(self, name: str, function: Callable[..., Tensors], *inputs: Tensor | None) -> Tensors:
        """``function(*inputs)``; the results are valid until the pass ``name`` runs again."""
        return function(*inputs)

    def fetch(self, *tensors: Tensor) -> tuple[NDArray[np.float32], ...]:
        """Float32 tensors as arrays; waits until they are computed."""
        return tuple(tensor.cpu().numpy() for tensor in tensors)

    def release(self) -> None:
        """Free all device memory that is not needed to continue."""
        if self.device.type == "mps":
            torch.mps.empty_cache()


class GraphRuntime(Runtime):
    """Passes as recorded graphs; pictures uploaded through staging buffers and shrunk there."""

    slots = staticmethod(padded)

    def __init__(self, device: torch.device, staging: Staging, graphs: GraphRunner) -> None:
        super().__init__(device)
        self._staging = staging
        self._graphs = graphs
        self._shrink = AreaShrink(device)

    def picture(self, image: Image, size: Size) -> Tensor:
        """See :class:`Runtime`."""
        self._graphs.make_room(_PASSES)  # a picture begins a frame
        return self._shrink(self._staging.upload(image), size)

    def run(self, name: str, function: Callable[..., Tensors], *inputs: Tensor | None) -> Tensors:
        """See :class:`Runtime`."""
        return self._graphs.run(name, function, *inputs)

    def fetch(self, *tensors: Tensor) -> tuple[NDArray[np.float32], ...]:
        """See :class:`Runtime`."""
        return self._staging.download(*tensors)

    def release(self) -> None:
        """See :class:`Runtime`."""
        self._graphs.forget()


class CudaRuntime(GraphRuntime):
    """Graphs on a CUDA stream of its own, so that no other work on the card delays it."""

    def __init__(self, device: torch.device) -> None:
        with torch.cuda.device(device):
            super().__init__(
                device, pinned_staging(device), GraphRunner(lambda: CudaCapture(device))
            )
            self._stream = torch.cuda.Stream(device)  # type: ignore[no-untyped-call]
            self._stream.wait_stream(torch.cuda.current_stream(device))  # the weights' way there

    @contextmanager
    def _on_stream(self) -> Iterator[None]:
        with torch.inference_mode(), torch.cuda.stream(self._stream):
            yield

    def active(self) -> AbstractContextManager[None]:
        """See :class:`Runtime`."""
        return self._on_stream()

    def release(self) -> None:
        """See :class:`Runtime`."""
        super().release()
        try:
            torch.cuda.empty_cache()
        except RuntimeError as error:  # as after a capture that did not end; see CaptureError
            log.warning("The card's unused memory could not be given back: %s", error)


def runtime_for(device: torch.device) -> Runtime:
    """The runtime that suits ``device``."""
    return CudaRuntime(device) if device.type == "cuda" else Runtime(device)
