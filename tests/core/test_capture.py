"""Recording as on a card, with torch's own ``torch.cuda.graph``; only the card is replaced."""

from collections.abc import Callable
from contextlib import nullcontext

import pytest
import torch
from cuda_kit import CPU, LoggedEvent, pageable

from swem_core.engine import runtime as runtimes
from swem_core.engine.failures import is_out_of_memory
from swem_core.engine.graphs import CaptureError, CudaCapture, Tensors
from swem_core.engine.runtime import CudaRuntime
from swem_core.engine.staging import Staging


class Stream:
    """Does nothing, in order."""

    def wait_stream(self, other: "Stream") -> None:
        pass


class Card:
    """The current stream, and where a capture fails, because memory is full or not."""

    def __init__(self, fails_at: str | None = None, full: bool = False) -> None:
        self.current = Stream()
        self.fails_at = fails_at
        self.full = full
        self.stuck = False
        self.ran_on: list[Stream] = []

    def work(self) -> Tensors:
        """A pass."""
        self.ran_on.append(self.current)
        recorded = len(self.ran_on) == 4  # after the warm-ups
        if recorded and self.full:
            raise torch.cuda.OutOfMemoryError("CUDA out of memory")
        if recorded and self.fails_at == "pass":
            raise RuntimeError("operation not permitted when stream is capturing")
        return (torch.zeros(1),)

    def fail(self, place: str) -> None:
        """Where that is the place to."""
        if self.fails_at == place:
            self.stuck = True
            raise RuntimeError(f"capture cannot {place}")

    def empty_cache(self) -> None:
        """As torch's allocator, which then takes a capture to be under way for good."""
        if self.stuck:
            raise RuntimeError("captures_underway.empty() INTERNAL ASSERT FAILED")


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[[Card], None]:
    """Has torch's CUDA functions act on a Card."""

    def replace(card: Card) -> None:
        class On:
            def __init__(self, stream: Stream) -> None:
                self._stream = stream

            def __enter__(self) -> None:
                self._before, card.current = card.current, self._stream

            def __exit__(self, *error: object) -> None:
                card.current = self._before

        class Graph:
            def capture_begin(self, *pool: object, **options: object) -> None:
                card.fail("begin")

            def capture_end(self) -> None:
                card.fail("end")

            def replay(self) -> None:
                pass

        def set_stream(stream: Stream) -> None:
            card.current = stream

        replaced = {
            "Stream": lambda device: Stream(),
            "stream": On,
            "current_stream": lambda *device: card.current,
            "set_stream": set_stream,
            "graph_pool_handle": lambda: (0, 0),
            "CUDAGraph": Graph,
            "synchronize": lambda: None,
            "empty_cache": card.empty_cache,
            "device": lambda device: nullcontext(),
        }
        for name, substitute in replaced.items():
            monkeypatch.setattr(torch.cuda, name, substitute)
        staging = Staging(CPU, pageable, LoggedEvent)
        monkeypatch.setattr(runtimes, "pinned_staging", lambda device: staging)
        monkeypatch.setattr(torch._C, "_host_emptyCache", lambda: None, raising=False)

    return replace


def test_a_pass_is_recorded_on_a_stream_of_its_own(use: Callable[[Card], None]) -> None:
    card = Card()
    use(card)
    here = card.current
    recording = CudaCapture(torch.device("cuda"))(card.work)
    assert len(recording.outputs) == 1 and card.current is here
    assert len(card.ran_on) == 4 and all(stream is not here for stream in card.ran_on)


@pytest.mark.parametrize("place", ["begin", "pass", "end"])
def test_a_failed_recording_leaves_the_engines_stream_current(
    use: Callable[[Card], None], place: str
) -> None:
    card = Card(place)
    use(card)
    here, capture = card.current, CudaCapture(torch.device("cuda"))
    with pytest.raises(RuntimeError):
        capture(card.work)
    assert card.current is here


@pytest.mark.parametrize(("place", "full"), [("begin", False), ("end", False), ("end", True)])
def test_after_a_capture_that_did_not_begin_or_end_all_runs_eagerly(
    use: Callable[[Card], None], place: str, full: bool
) -> None:
    card = Card(place, full)
    use(card)
    runtime = CudaRuntime(CPU)
    if full:  # a smaller picture is the answer, for which the engine releases memory
        with pytest.raises(CaptureError) as failure:
            runtime.run("pass", card.work)
        assert is_out_of_memory(failure.value)
    else:
        assert len(runtime.run("pass", card.work)) == 1
    runtime.release()
    before = len(card.ran_on)
    assert len(runtime.run("pass", card.work)) == 1 and len(card.ran_on) == before + 1


def test_a_full_memory_in_a_capture_that_ends_leaves_graphs_on(
    use: Callable[[Card], None],
) -> None:
    card = Card(full=True)
    use(card)
    runtime = CudaRuntime(CPU)
    with pytest.raises(torch.cuda.OutOfMemoryError):
        runtime.run("pass", card.work)
    runtime.release()
    runtime.run("pass", card.work)
    assert len(runtime._graphs) == 1
