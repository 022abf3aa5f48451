"""What an engine remembers: whose memory changes, saving, constant size."""

from pathlib import Path

import numpy as np
import pytest
import torch
from cat_clip import cats, iou
from engine_kit import Scene, memory_of, same

from swem_core.engine.engine import Engine
from swem_core.engine.state import EngineState
from swem_core.errors import StateError
from swem_core.model.network import SwemNetwork


def test_segmenting_then_memorising_equals_a_step(network: SwemNetwork, clip: Scene) -> None:
    frames, first, second = clip
    whole, parts = Engine(network), Engine(network)
    for engine in (whole, parts):
        engine.step(frames[0], anchors={1: first, 2: second})
    for frame in frames[1:]:
        expected = whole.step(frame).logits
        np.testing.assert_array_equal(parts.segment(frame).logits, expected)
        assert "memorise" in parts.memorise()
        assert parts.memorise() == {}  # a frame is learnt once
    assert same(memory_of(parts, 1), memory_of(whole, 1))


def test_what_is_held_learns_nothing(engine: Engine, clip: Scene) -> None:
    frames, first, second = clip
    engine.step(frames[0], anchors={1: first, 2: second})
    engine.step(frames[1])
    learning, held = memory_of(engine, 1), memory_of(engine, 2)
    engine.segment(frames[2])
    engine.memorise(hold={2})
    assert same(memory_of(engine, 2), held) and not same(memory_of(engine, 1), learning)


def test_after_a_removal_the_frame_before_teaches_nothing(engine: Engine, clip: Scene) -> None:
    frames, first, second = clip
    engine.step(frames[0], anchors={1: first, 2: second})
    engine.segment(frames[1])
    engine.remove([1])
    kept = memory_of(engine, 2)
    assert engine.memorise() == {} and same(memory_of(engine, 2), kept)


@pytest.mark.parametrize("what", ["correct", "add", "remove"])
def test_touching_one_object_leaves_the_others_memory_bit_equal(
    engine: Engine, clip: Scene, what: str
) -> None:
    frames, first, second = clip
    engine.step(frames[0], anchors={1: first, 2: second})
    engine.step(frames[1])
    before = memory_of(engine, 2)
    if what == "correct":
        own = memory_of(engine, 1)
        engine.step(frames[2], anchors={1: ~second})
        assert not same(own, memory_of(engine, 1))
    elif what == "add":
        engine.step(frames[2], anchors={3: first})
    else:
        engine.remove([1])
    assert same(before, memory_of(engine, 2))


def test_state_size_is_constant_per_object(engine: Engine, clip: Scene) -> None:
    frames, first, second = clip
    engine.step(frames[0], anchors={1: first})
    one = engine.state_bytes
    assert one == 4 * 2 * 2 * 128 * (64 + 128 + 1)
    for _ in range(5):
        for frame in frames:
            engine.step(frame)
            assert engine.state_bytes == one
    engine.step(frames[0], anchors={2: second})
    assert engine.state_bytes == 2 * one


def test_saved_state_goes_on_exactly(network: SwemNetwork, clip: Scene, tmp_path: Path) -> None:
    frames, first, second = clip
    engine = Engine(network)
    engine.step(frames[0], anchors={9: first, 4: second})
    engine.step(frames[1])
    engine.save_state().save(tmp_path / "state.safetensors")
    expected = [engine.step(frame).logits for frame in frames[2:]]
    other = Engine(network)
    other.load_state(EngineState.load(tmp_path / "state.safetensors"))
    assert other.objects == (9, 4)
    for frame, logits in zip(frames[2:], expected, strict=True):
        np.testing.assert_array_equal(other.step(frame).logits, logits)


def test_a_saved_state_is_a_copy(engine: Engine, clip: Scene) -> None:
    frames, first, _ = clip
    engine.step(frames[0], anchors={1: first})
    state = engine.save_state()
    kept = {name: tensor.clone() for name, tensor in state.tensors.items()}
    engine.step(frames[1])
    assert all(torch.equal(kept[name], state.tensors[name]) for name in kept)


def test_a_foreign_or_damaged_state_is_refused(engine: Engine, clip: Scene, tmp_path: Path) -> None:
    engine.step(clip[0][0], anchors={1: clip[1]})
    state = engine.save_state()
    with pytest.raises(StateError, match="--model other"):
        engine.load_state(EngineState("other", state.ids, state.tensors))
    with pytest.raises(StateError, match="does not fit"):
        engine.load_state(EngineState(state.network, (1, 2), state.tensors))
    (tmp_path / "x").write_bytes(b"not a state")
    with pytest.raises(StateError, match="cannot be read"):
        EngineState.load(tmp_path / "x")
    with pytest.raises(StateError, match="cannot be read"):
        EngineState.load(tmp_path / "missing")
    assert engine.objects == (1,)


def test_memorise_false_learns_nothing(engine: Engine, clip: Scene) -> None:
    frames, first, _ = clip
    engine.step(frames[0], anchors={1: first})
    before = memory_of(engine, 1)
    engine.step(frames[1], memorise=False)
    assert same(before, memory_of(engine, 1))


def test_an_object_taken_back_goes_on_as_if_never_removed(
    network: SwemNetwork, clip: Scene
) -> None:
    frames, first, second = clip
    engine = Engine(network)
    engine.step(frames[0], anchors={5: first, 8: second})
    engine.step(frames[1])
    kept = engine.save_state().only([5])
    assert kept.ids == (5,)
    own = memory_of(engine, 5)
    engine.remove([5])
    engine.step(frames[2])
    other = memory_of(engine, 8)
    engine.restore(kept)
    assert set(engine.objects) == {5, 8}
    assert same(memory_of(engine, 5), own) and same(memory_of(engine, 8), other)
    assert iou(engine.step(frames[3]).labels() == 5, cats().labels[3] == 1) > 0.8


def test_restoring_a_present_object_changes_no_other(engine: Engine, clip: Scene) -> None:
    frames, first, second = clip
    engine.step(frames[0], anchors={1: first, 2: second})
    kept, own = engine.save_state().only([1]), memory_of(engine, 1)
    engine.step(frames[1])
    engine.step(frames[2], anchors={1: second})
    other = memory_of(engine, 2)
    engine.restore(kept)
    assert engine.objects == (1, 2)
    assert same(memory_of(engine, 1), own) and same(memory_of(engine, 2), other)
    with pytest.raises(StateError, match="--model other"):
        engine.restore(EngineState("other", kept.ids, kept.tensors))
