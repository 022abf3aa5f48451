"""A device whose memory is full, or that fails: tracking goes on smaller, or ends with advice."""

import itertools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
import torch
from cat_clip import cats, iou
from cuda_kit import graph_runtime
from engine_kit import Scene, memory_of, same
from torch import Tensor

from swem_core.engine.engine import Engine, EngineConfig
from swem_core.engine.failures import WorkingSide
from swem_core.engine.runtime import Runtime
from swem_core.errors import DeviceError
from swem_core.memory import store
from swem_core.memory.em import Bank, memorise
from swem_core.model.lite import LiteNetwork
from swem_core.model.network import KeyFeatures
from swem_core.model.weights import load_network

CPU = torch.device("cpu")
FULL = "CUDA out of memory. Tried to allocate 20.00 MiB."


class SmallCard(LiteNetwork):
    """The shipped network on a card on which only pictures up to ``fits`` pixels high fit."""

    fits_decoding = fits_learning = 10_000

    def decode(self, memory: Tensor, shares: Tensor, features: KeyFeatures) -> Tensor:
        if 4 * features.s4.shape[-2] > self.fits_decoding:
            raise torch.cuda.OutOfMemoryError(FULL)
        return super().decode(memory, shares, features)

    def encode_value(
        self, image: Tensor, masks: Tensor, others: Tensor, features: KeyFeatures
    ) -> Tensor:
        if image.shape[-2] > self.fits_learning:
            raise torch.cuda.OutOfMemoryError(FULL)
        return super().encode_value(image, masks, others, features)


@pytest.fixture
def card() -> SmallCard:
    network = load_network("lite")
    network.__class__ = SmallCard
    assert isinstance(network, SmallCard)
    return network


@pytest.mark.parametrize("new_runtime", [lambda: Runtime(CPU), graph_runtime])
def test_tracking_goes_on_at_once_with_a_smaller_size(
    card: SmallCard, new_runtime: Callable[[], Runtime]
) -> None:
    scene, engine = cats(), Engine(card, runtime=new_runtime())
    engine.step(scene.frames[0], anchors={1: scene.labels[0] == 1, 2: scene.labels[0] == 2})
    assert engine.step(scene.frames[1]).notice is None
    card.fits_decoding = 150
    result = engine.step(scene.frames[2])
    assert min(result.inference_size) == engine.short_side == 144
    assert result.notice is not None and "144 pixels" in result.notice
    assert iou(result.labels() == 1, scene.labels[2] == 1) > 0.7
    assert iou(result.labels() == 2, scene.labels[2] == 2) > 0.8
    result = engine.step(scene.frames[3])
    assert result.notice is None and iou(result.labels() == 2, scene.labels[3] == 2) > 0.8


def test_what_does_not_fit_while_learning_is_skipped_once(card: SmallCard, clip: Scene) -> None:
    frames, first, _ = clip
    engine = Engine(card)
    engine.step(frames[0], anchors={1: first})
    engine.segment(frames[1])
    before = memory_of(engine, 1)
    card.fits_learning = 200
    assert engine.memorise() == {}
    assert same(memory_of(engine, 1), before) and engine.short_side == 192
    result = engine.step(frames[2])
    assert result.notice is not None and not same(memory_of(engine, 1), before)


def test_an_object_that_did_not_fit_is_added_at_the_smaller_size(
    card: SmallCard, clip: Scene
) -> None:
    frames, first, second = clip
    engine = Engine(card)
    engine.step(frames[0], anchors={1: first})
    card.fits_learning = 200
    assert engine.step(frames[1], anchors={2: second}).ids == (1, 2)
    assert engine.short_side == 192
    assert iou(engine.step(frames[1]).labels() == 2, second) > 0.8


def test_memory_is_freed_before_anything_is_allocated_again(
    card: SmallCard, clip: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames, first, second = clip
    events: list[str] = []

    class Watched(Runtime):
        def release(self) -> None:
            events.append("release")

    engine = Engine(card, runtime=Watched(CPU))
    engine.step(frames[0], anchors={1: first})
    keep = store.MemoryStore.keep

    def noted(memory: store.MemoryStore, slots: Sequence[int]) -> None:
        events.append("keep")
        keep(memory, slots)

    monkeypatch.setattr(store.MemoryStore, "keep", noted)
    card.fits_learning = 200
    engine.step(frames[1], anchors={2: second})
    assert events == ["release", "keep"]


def fail_once(place: int, function: Callable[..., Any]) -> Callable[..., Any]:
    """``function``, for which there is no memory at its call number ``place``."""
    calls = itertools.count(1)

    def called(*given: Any, **options: Any) -> Any:
        if next(calls) == place:
            raise torch.cuda.OutOfMemoryError(FULL)
        return function(*given, **options)

    return called


@pytest.mark.parametrize("place", [1, 2])
@pytest.mark.parametrize("new_runtime", [lambda: Runtime(CPU), graph_runtime])
def test_no_memory_for_a_new_objects_bases_leaves_the_others_alone(
    card: SmallCard,
    clip: Scene,
    monkeypatch: pytest.MonkeyPatch,
    new_runtime: Callable[[], Runtime],
    place: int,
) -> None:
    frames, first, second = clip
    third = np.zeros_like(first)
    third[:40, :40] = True
    engine = Engine(card, runtime=new_runtime())
    engine.step(frames[0], anchors={1: first})
    before = memory_of(engine, 1)
    monkeypatch.setattr(torch, "full", fail_once(place, torch.full))  # the masses, after the bases
    assert engine.step(frames[1], anchors={2: second, 3: third}).ids == (1, 2, 3)
    assert engine.short_side == 192 and len(engine.save_state().tensors["writes"]) == 3
    assert same(memory_of(engine, 1), before)
    assert iou(engine.step(frames[1]).labels() == 2, second) > 0.8


def test_no_memory_for_taking_objects_back_is_answered_too(
    card: SmallCard, clip: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames, first, second = clip
    engine = Engine(card)
    engine.step(frames[0], anchors={1: first})
    before = memory_of(engine, 1)
    keep = fail_once(1, store.MemoryStore.keep)
    monkeypatch.setattr(store.MemoryStore, "keep", lambda *given: keep(*given))
    card.fits_learning = 200
    assert engine.step(frames[1], anchors={2: second}).ids == (1, 2)
    assert engine.short_side == 192 and same(memory_of(engine, 1), before)


def test_a_correction_that_fails_half_way_changes_nothing(
    card: SmallCard, clip: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames, first, second = clip
    engine = Engine(card)
    engine.step(frames[0], anchors={1: first})
    before, banks = memory_of(engine, 1), []

    def fail_at_the_second_bank(*given: object) -> Bank:
        banks.append(given)
        if len(banks) == 2:
            raise RuntimeError("CUDA error: misaligned address")
        return memorise(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "memorise", fail_at_the_second_bank)
    with pytest.raises(DeviceError):
        engine.step(frames[1], anchors={1: second})
    assert len(banks) == 2 and same(memory_of(engine, 1), before)


def test_at_the_smallest_size_it_says_what_to_do_and_changes_nothing(
    card: SmallCard, clip: Scene
) -> None:
    frames, first, second = clip
    engine = Engine(card)
    engine.step(frames[0], anchors={1: first})
    before = memory_of(engine, 1)
    card.fits_learning = 0
    with pytest.raises(DeviceError, match=r"96 pixels.*--device cpu"):
        engine.step(frames[1], anchors={2: second})
    assert engine.objects == (1,) and same(memory_of(engine, 1), before)
    card.fits_learning = 10_000
    assert engine.step(frames[1], anchors={2: second}).ids == (1, 2)


def test_a_small_source_is_not_tried_again_at_its_own_size(card: SmallCard) -> None:
    engine = Engine(card, EngineConfig(short_side=480))
    picture = np.zeros((160, 288, 3), np.uint8)
    mask = np.zeros((160, 288), np.bool_)
    mask[40:80, 40:80] = True
    engine.step(picture, anchors={1: mask})
    card.fits_decoding = 150
    assert engine.step(picture).inference_size == (144, 256)
    assert engine.short_side == 144


def test_the_size_stays_below_what_did_not_fit() -> None:
    side = WorkingSide(240)
    side.pixels = 384
    side.shrink(384)
    side.pixels = 480
    assert side.pixels == 320
    side.pixels = 192
    assert side.pixels == 192
    with pytest.raises(ValueError, match="pixels"):
        side.pixels = 0


@pytest.mark.parametrize("text", ["MPS backend out of memory", "CUDNN_STATUS_ALLOC_FAILED"])
def test_memory_errors_without_a_type_are_known(
    card: SmallCard, clip: Scene, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Engine(card)
    engine.step(clip[0][0], anchors={1: clip[1]})
    failures = iter([RuntimeError(text)])
    decode = LiteNetwork.decode

    def once(*given: object) -> Tensor:
        for failure in failures:
            raise failure
        return decode(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(SmallCard, "decode", once)
    assert engine.step(clip[0][1]).inference_size[0] == 192


def test_a_failed_device_is_told_apart_and_can_be_let_go(
    card: SmallCard, clip: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Engine(card)
    engine.step(clip[0][0], anchors={1: clip[1]})

    def fail(*given: object) -> Tensor:
        raise RuntimeError("CUDA error: unspecified launch failure\nCompile with TORCH_USE_...")

    monkeypatch.setattr(SmallCard, "decode", fail)
    with pytest.raises(DeviceError, match=r"stopped working \(CUDA error: unspecified launch fa"):
        engine.step(clip[0][1])
    monkeypatch.setattr(torch.Tensor, "__getitem__", fail)  # the device refuses everything
    engine.reset()
    assert engine.objects == ()


def test_other_errors_are_not_hidden(
    card: SmallCard, clip: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Engine(card)
    engine.step(clip[0][0], anchors={1: clip[1]})

    def fail(*given: object) -> Tensor:
        raise RuntimeError("sizes do not match")

    monkeypatch.setattr(SmallCard, "decode", fail)
    with pytest.raises(RuntimeError, match="sizes do not match"):
        engine.step(clip[0][1])
    assert engine.short_side == 240
