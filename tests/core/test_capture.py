"""Recording as on a card, with torch's own ``torch.cuda.graph``; only the card is replaced."""

from collections.abc import Callable

import pytest
import torch

from swem_core.engine.graphs import CudaCapture, Tensors


class Stream:
    """Does nothing, in order."""

    def wait_stream(self, other: "Stream") -> None:
        pass


class Card:
    """The current stream, and where a capture fails."""

    def __init__(self, fails_at: str | None = None) -> None:
        self.current = Stream()
        self.fails_at = fails_at
        self.ran_on: list[Stream] = []

    def work(self) -> Tensors:
        """A pass."""
        self.ran_on.append(self.current)
        if self.fails_at == "pass" and len(self.ran_on) == 4:  # after the warm-ups
            raise RuntimeError("operation not permitted when stream is capturing")
        return (torch.zeros(1),)

    def fail(self, place: str) -> None:
        """Where that is the place to."""
        if self.fails_at == place:
            raise RuntimeError(f"capture cannot {place}")


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
            "current_stream": lambda: card.current,
            "set_stream": set_stream,
            "graph_pool_handle": lambda: (0, 0),
            "CUDAGraph": Graph,
            "synchronize": lambda: None,
            "empty_cache": lambda: None,
        }
        for name, substitute in replaced.items():
            monkeypatch.setattr(torch.cuda, name, substitute)
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
