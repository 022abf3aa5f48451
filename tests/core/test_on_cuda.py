"""What only a CUDA card can show: ``pytest -m gpu -s``. Skipped where there is none.

Everything these tests are made of also runs on the CPU, in test_graphs, test_staging,
test_full_memory and test_engine.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import torch
from cat_clip import cats
from cuda_kit import CPU, PlainRuntime, assert_alike, journey, mean_ious, track_strips

from swem_core.engine.device import Precision, choose_precision, device_name, device_problem
from swem_core.engine.engine import Engine, EngineConfig
from swem_core.engine.runtime import CudaRuntime
from swem_core.model.weights import load_network

CARD = torch.device("cuda", 0)

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.skipif(device_problem(CARD) is not None, reason="needs a CUDA card that works"),
]


@pytest.fixture(autouse=True)
def exact_convolutions() -> Iterator[None]:
    """fp32 that is fp32, also from Ampere on."""
    with torch.backends.cudnn.flags(enabled=True, allow_tf32=False):
        yield


def on_card(precision: Precision = "fp32", short_side: int = 240) -> Engine:
    return Engine(load_network("lite"), EngineConfig(short_side, precision=precision), device=CARD)


def test_card_and_cpu_agree() -> None:
    plain = journey(Engine(load_network("lite"), runtime=PlainRuntime(CPU)))
    assert_alike(journey(on_card()), plain, logits=0.5, labels=0.005)


def test_graphs_and_eager_agree() -> None:
    eager = Engine(load_network("lite"), device=CARD, runtime=PlainRuntime(CARD))
    graphs = on_card()
    assert_alike(journey(graphs), journey(eager), logits=0.1, labels=0.001)
    assert isinstance(graphs._runtime, CudaRuntime) and len(graphs._runtime._graphs) > 0


@pytest.mark.parametrize("precision", ["fp32", "fp16", "bf16"])
def test_every_precision_tracks_as_well(precision: Precision) -> None:
    ginger, white = mean_ious(on_card(precision))
    assert ginger > 0.85 and white > 0.95


def test_the_cpu_never_waits_but_for_the_masks() -> None:
    engine = on_card()
    track = track_strips(engine, 3)
    track(5)
    torch.cuda.set_sync_debug_mode("error")
    try:
        track(5)
    finally:
        torch.cuda.set_sync_debug_mode("default")


def test_memory_is_constant_over_300_frames() -> None:
    engine = on_card()
    track = track_strips(engine, 3)
    track(20)
    torch.cuda.synchronize()
    allocated, reserved = torch.cuda.memory_allocated(), torch.cuda.memory_reserved()
    track(300)
    torch.cuda.synchronize()
    assert torch.cuda.memory_allocated() == allocated
    assert torch.cuda.memory_reserved() == reserved


@contextmanager
def no_more_memory_than(nbytes: int) -> Iterator[None]:
    total = torch.cuda.get_device_properties(CARD).total_memory
    torch.cuda.set_per_process_memory_fraction(nbytes / total, CARD)
    try:
        yield
    finally:
        torch.cuda.set_per_process_memory_fraction(1.0, CARD)


def test_full_memory_makes_the_picture_smaller_and_tracking_goes_on() -> None:
    engine, clip = on_card(short_side=144), cats()
    engine.step(clip.frames[0], anchors={1: clip.labels[0] == 1})
    for frame in clip.frames[1:4]:
        engine.step(frame)
    torch.cuda.synchronize()
    torch.cuda.empty_cache()
    with no_more_memory_than(torch.cuda.memory_reserved() + (16 << 20)):
        engine.short_side = 352
        results = [engine.step(frame) for frame in clip.frames[4:8]]
    assert engine.short_side < 352 and any(result.notice for result in results)
    assert all(result.labels().any() for result in results)


@pytest.mark.slow
@pytest.mark.parametrize("chosen_by_trial", [False, True])
@pytest.mark.parametrize("objects", [1, 3, 5])
def test_throughput_is_printed(objects: int, chosen_by_trial: bool) -> None:
    """``chosen_by_trial``: cuDNN tries its algorithms at each new shape, which takes a while."""
    with torch.backends.cudnn.flags(enabled=True, benchmark=chosen_by_trial, allow_tf32=True):
        engine = on_card("auto")
        track = track_strips(engine, objects)
        track(20)
        begin, count = time.perf_counter(), 200
        track(count)
        torch.cuda.synchronize()
        rate = count / (time.perf_counter() - begin)
    print(
        f"\n{device_name(CARD)}, {choose_precision('auto', CARD)}, {objects} objects, "
        f"trial {chosen_by_trial}: {rate:.0f} frames/s"
    )
    assert len(engine.objects) == objects
