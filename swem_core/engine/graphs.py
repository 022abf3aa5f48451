"""CUDA graphs: a pass of a few hundred kernels is launched as one.

In a small network the launches, 5 to 10 us each, take longer than the work. A graph replays the
kernels of a recorded run on the same addresses, so a pass must be a function of tensors; every
combination of shapes gets a recording of its own.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeAlias

import torch
from torch import Tensor

from swem_core.engine.failures import is_out_of_memory

log = logging.getLogger(__name__)

Tensors: TypeAlias = tuple[Tensor, ...]
Inputs: TypeAlias = tuple[Tensor | None, ...]

_WARM_UPS = 3  # in which cuDNN and cuBLAS choose their kernels, which cannot be recorded
_MOST = 24  # three passes of 8 combinations of slots and size; old ones are unlikely to recur


@dataclass(frozen=True, slots=True)
class Recording:
    """``replay`` repeats the run and writes its results into ``outputs``, in place."""

    replay: Callable[[], None]
    outputs: Tensors


class CaptureError(RuntimeError):
    """A capture did not begin or end: torch's allocator may still take one to be under way, so no
    other may follow."""


class Capture(Protocol):
    """Runs a function and records what it does on the device."""

    def __call__(self, function: Callable[[], Tensors]) -> Recording:
        """Raises RuntimeError if something in ``function`` cannot be recorded; CaptureError if
        nothing can be any more."""
        ...


class CudaCapture:
    """Records CUDA graphs. All recordings of one instance share their scratch memory, so replaying
    one may overwrite the outputs of those recorded *later*."""

    def __init__(self, device: torch.device) -> None:
        self._stream = torch.cuda.Stream(device)  # type: ignore[no-untyped-call]
        self._pool = torch.cuda.graph_pool_handle()

    def __call__(self, function: Callable[[], Tensors]) -> Recording:
        """See :class:`Capture`. Other threads may use the card meanwhile."""
        here = torch.cuda.current_stream()
        self._stream.wait_stream(here)
        with torch.cuda.stream(self._stream):
            for _ in range(_WARM_UPS):
                function()
        here.wait_stream(self._stream)
        try:
            return self._captured(function)
        finally:
            # A capture that fails to begin or to end leaves its own stream the current one; what
            # then runs eagerly would not wait for the work on this one.
            torch.cuda.set_stream(here)

    def _captured(self, function: Callable[[], Tensors]) -> Recording:
        graph, failure = torch.cuda.CUDAGraph(), None
        try:
            with torch.cuda.graph(
                graph, pool=self._pool, stream=self._stream, capture_error_mode="thread_local"
            ):
                try:
                    outputs = function()
                except RuntimeError as error:
                    failure = error
                    raise
            return Recording(graph.replay, outputs)
        except RuntimeError as error:
            if error is failure:
                raise
            raise CaptureError(f"The capture did not begin or end: {error}") from error
        finally:
            failure = None  # whose traceback holds this frame and all tensors of the pass


@dataclass(frozen=True, slots=True)
class _Graph:
    inputs: Inputs
    recording: Recording

    def run(self, inputs: Inputs) -> Tensors:
        for static, given in zip(self.inputs, inputs, strict=True):
            if static is not None and given is not None:
                static.copy_(given)
        self.recording.replay()
        return self.recording.outputs


class GraphRunner:
    """Runs passes through recordings, one per pass and shapes, made on first use.

    After a pass that cannot be recorded, other than for want of memory, or a capture that did not
    begin or end, everything runs eagerly. Not thread-safe.
    """

    def __init__(self, new_capture: Callable[[], Capture]) -> None:
        self._new_capture = new_capture
        self._capture: Capture | None = new_capture()
        self._graphs: dict[tuple[object, ...], _Graph] = {}

    def __len__(self) -> int:
        """Recordings held."""
        return len(self._graphs)

    def run(self, name: str, function: Callable[..., Tensors], *inputs: Tensor | None) -> Tensors:
        """``function(*inputs)``. The results are valid until the pass ``name`` runs again.

        ``function`` may be another object in each call as long as it computes the same. The first
        runs of a frame's passes must be in the order of their dependencies, see
        :class:`CudaCapture`.
        """
        if self._capture is None:
            return function(*inputs)
        key = (name, *(None if x is None else x.shape for x in inputs))
        graph = self._graphs.get(key) or self._record(key, function, inputs)
        return function(*inputs) if graph is None else graph.run(inputs)

    def make_room(self, recordings: int) -> None:
        """Keep what is held below its limit, with as many new ``recordings`` to come.

        Only between frames: what a frame records after recordings were dropped could overwrite
        what it has computed before.
        """
        if len(self._graphs) + recordings > _MOST:
            self.forget()

    def forget(self) -> None:
        """Drop all recordings. Only together, because each relies on the order of their making."""
        self._graphs.clear()
        if self._capture is not None:
            self._capture = self._new_capture()

    def _record(
        self, key: tuple[object, ...], function: Callable[..., Tensors], inputs: Inputs
    ) -> _Graph | None:
        assert self._capture is not None
        static = tuple(None if x is None else x.clone() for x in inputs)
        try:
            recording = self._capture(partial(function, *static))
        except RuntimeError as error:
            full = is_out_of_memory(error)
            if not full or isinstance(error, CaptureError):
                log.warning("CUDA graphs are off: %s cannot be recorded: %s", key[0], error)
                self._graphs.clear()
                self._capture = None
            if full:
                raise
            return None
        self._graphs[key] = _Graph(static, recording)
        return self._graphs[key]
