"""Recorded passes: the same results as eager ones, whatever happens to the objects."""

from collections.abc import Callable

import pytest
import torch
from cuda_kit import (
    CPU,
    PlainRuntime,
    RepeatingCapture,
    assert_alike,
    graph_runtime,
    journey,
    track_strips,
)
from engine_kit import same

from swem_core.engine import graphs, masking
from swem_core.engine.engine import Engine, EngineConfig
from swem_core.engine.failures import is_out_of_memory
from swem_core.engine.graphs import CaptureError, GraphRunner, Recording, Tensors
from swem_core.engine.result import StepResult
from swem_core.memory.store import padded
from swem_core.model.network import SwemNetwork


@pytest.fixture(scope="module")
def plain(network: SwemNetwork) -> tuple[Engine, list[StepResult]]:
    engine = Engine(network, runtime=PlainRuntime(CPU))
    return engine, journey(engine)


def assert_equal(ours: list[StepResult], theirs: list[StepResult]) -> None:
    assert_alike(ours, theirs, logits=2e-2, labels=0)


def test_padded_and_recorded_equals_plain(
    network: SwemNetwork, plain: tuple[Engine, list[StepResult]]
) -> None:
    engine = Engine(network, runtime=graph_runtime())
    assert_equal(journey(engine), plain[1])
    ours, theirs = engine.save_state(), plain[0].save_state()
    assert ours.ids == theirs.ids
    assert ours.tensors["kappa"].shape == theirs.tensors["kappa"].shape
    torch.testing.assert_close(ours.tensors["kappa"], theirs.tensors["kappa"], atol=1e-2, rtol=0)


def test_what_cannot_be_recorded_runs_eagerly(
    network: SwemNetwork, plain: tuple[Engine, list[StepResult]]
) -> None:
    calls = []

    def capture(function: Callable[[], Tensors]) -> Recording:
        calls.append(function)
        raise RuntimeError("operation not permitted when stream is capturing")

    assert_equal(journey(Engine(network, runtime=graph_runtime(lambda: capture))), plain[1])
    assert len(calls) == 1


def test_passes_failing_later_fall_back_too(
    network: SwemNetwork, plain: tuple[Engine, list[StepResult]]
) -> None:
    class TwoOnly(RepeatingCapture):
        def __call__(self, function: Callable[[], Tensors]) -> Recording:
            if len(self._recordings) == 2:
                raise RuntimeError("no more")
            return super().__call__(function)

    assert_equal(journey(Engine(network, runtime=graph_runtime(TwoOnly))), plain[1])


def test_one_recording_per_pass_and_shapes() -> None:
    runs: list[int] = []

    def double(x: torch.Tensor, y: torch.Tensor | None) -> Tensors:
        runs.append(len(x))
        return (2 * x if y is None else x + y,)

    runner = GraphRunner(RepeatingCapture)
    for length in (2, 3, 2, 3):
        x = torch.rand(length)
        torch.testing.assert_close(runner.run("double", double, x, None)[0], 2 * x)
        torch.testing.assert_close(runner.run("double", double, x, x)[0], 2 * x)
        torch.testing.assert_close(runner.run("other", double, x, None)[0], 2 * x)
    assert len(runner) == 6
    runner.forget()
    assert len(runner) == 0
    torch.testing.assert_close(runner.run("double", double, x, None)[0], 2 * x)


def test_a_steady_state_needs_no_new_recordings(network: SwemNetwork) -> None:
    runtime = graph_runtime()
    track = track_strips(Engine(network, EngineConfig(128), runtime=runtime), 3)
    track(3)
    assert len(runtime._graphs) == 3  # encode, segment, learn
    track(5)
    assert len(runtime._graphs) == 3


def test_recordings_do_not_pile_up() -> None:
    runner = GraphRunner(RepeatingCapture)
    for length in range(1, 100):
        runner.make_room(1)
        runner.run("double", lambda x: (2 * x,), torch.rand(length))
    assert len(runner) <= 24


def test_recordings_are_dropped_between_frames_only(
    network: SwemNetwork, plain: tuple[Engine, list[StepResult]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a frame's first pass would be recorded after its second, which then overwrites it."""
    monkeypatch.setattr(graphs, "_MOST", 3)
    runtime = graph_runtime()
    assert_equal(journey(Engine(network, runtime=runtime)), plain[1])
    assert 0 < len(runtime._graphs) <= 3


def test_full_memory_while_recording_is_not_taken_for_something_unrecordable() -> None:
    def capture(function: Callable[[], Tensors]) -> Recording:
        raise torch.cuda.OutOfMemoryError("CUDA out of memory")

    runner = GraphRunner(lambda: capture)
    for _ in range(2):
        with pytest.raises(torch.cuda.OutOfMemoryError):
            runner.run("double", lambda x: (2 * x,), torch.rand(2))


def test_full_memory_is_known_behind_the_failed_end_of_a_recording() -> None:
    """As ``torch.cuda.graph`` does on leaving, whose error then hides the first."""

    def capture(function: Callable[[], Tensors]) -> Recording:
        try:
            raise torch.cuda.OutOfMemoryError("CUDA out of memory")
        finally:
            raise CaptureError("CUDA error: operation failed due to a previous error")

    runner, x = GraphRunner(lambda: capture), torch.rand(2)
    with pytest.raises(CaptureError) as failure:
        runner.run("double", lambda x: (2 * x,), x)
    assert is_out_of_memory(failure.value)
    assert torch.equal(runner.run("double", lambda x: (2 * x,), x)[0], 2 * x)  # eagerly


def test_slots_are_few_powers_of_two() -> None:
    assert [padded(n) for n in (0, 1, 2, 3, 4, 5, 8, 9)] == [0, 1, 2, 4, 4, 8, 8, 16]


def test_slots_without_an_object_have_no_part_in_the_masks() -> None:
    logits, junk = torch.randn(3, 8, 12) * 4, torch.full((1, 8, 12), 9.0)
    alive = torch.tensor([True, True, True, False])
    alone = masking.predicted_masks(logits, (32, 48))
    beside = masking.predicted_masks(torch.cat((logits, junk)), (32, 48), alive)
    assert same([t[:3] for t in beside], list(alone))
    assert not beside.masks[3].any() and not beside.hard[3].any()
