"""The growing memory against plain loops, and both memories behind the same encoders."""

from collections.abc import Callable

import numpy as np
import pytest
import torch
from cat_clip import cats, iou

from swem_core.data.masks import split_objects
from swem_core.engine.engine import Engine
from swem_core.errors import StateError
from swem_core.eval.compare_memory import memory_kinds
from swem_core.eval.memory_tracker import MemoryTracker
from swem_core.memory.em import MemorySpec
from swem_core.memory.growing import GrowingMemory
from swem_core.memory.protocol import Memory
from swem_core.memory.store import MemoryStore
from swem_core.model.weights import load_network

SPEC = MemorySpec(key_dim=6, value_dim=5, top_l=4, bases=8, normalise_keys=True)
CPU = torch.device("cpu")


def filled(memory: Memory, frames: int, objects: int = 2, pixels: int = 7) -> list[torch.Tensor]:
    """Mark one frame and learn from the others; keys, values and weights that were given."""
    draw = torch.Generator().manual_seed(3)
    start = torch.randn(objects, 2, SPEC.bases, SPEC.key_dim, generator=draw)
    for kappa in start:
        memory.add(kappa)
    seen = []
    for number in range(frames):
        keys = torch.randn(pixels, SPEC.key_dim, generator=draw)
        values = torch.randn(objects, pixels, SPEC.value_dim, generator=draw)
        foreground = torch.rand(objects, pixels, 1, generator=draw)
        weights = torch.cat((1 - foreground, foreground), -1)
        if number == 0:
            memory.mark(range(objects), start, keys, values, weights)
        else:
            memory.update(range(objects), keys, values, weights)
        seen.append((keys, values, weights))
    keys, values, weights = zip(*seen, strict=True)
    return [torch.cat(keys), torch.cat(values, 1), torch.cat(weights, 1)]


def by_loops(query: torch.Tensor, given: list[torch.Tensor], slot: int, top: int) -> torch.Tensor:
    """The memory read for one pixel and object, straight from the definition."""
    keys, values, _ = given
    query = query / query.norm()
    similar = [-float(((query - key / key.norm()) ** 2).sum()) for key in keys]
    best = sorted(range(len(similar)), key=lambda n: -similar[n])[:top]
    exponentials = [np.exp(similar[n] / (2 * SPEC.tau)) for n in best]
    parts = [e * values[slot, n] for e, n in zip(exponentials, best, strict=True)]
    return torch.stack(parts).sum(0) / sum(exponentials)


@pytest.mark.parametrize("top", [3, 20, 100])
def test_a_read_is_a_softmax_over_the_nearest_stored_pixels(top: int) -> None:
    memory = GrowingMemory(SPEC, CPU, top)
    given = filled(memory, frames=3)
    queries = torch.randn(4, SPEC.key_dim)
    read = memory.read(queries)
    for pixel, query in enumerate(queries):
        for slot in range(2):
            expected = by_loops(query, given, slot, top)
            torch.testing.assert_close(read.memory[slot, pixel], expected, atol=1e-4, rtol=1e-4)
    assert read.shares.shape == (2, 4, SPEC.top_l)
    assert read.shares.min() >= 0 and read.shares.max() <= 1


def test_where_a_frame_is_seen_again_the_object_is_found() -> None:
    memory = GrowingMemory(SPEC, CPU, top=1)
    keys, values, weights = filled(memory, frames=1)
    read = memory.read(3 * keys)
    torch.testing.assert_close(read.memory, values, atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(
        read.shares, weights[..., 1:].expand_as(read.shares), atol=1e-5, rtol=1e-5
    )


@pytest.mark.parametrize("build", [MemoryStore, GrowingMemory])
def test_what_is_stored_with_the_frames(build: Callable[..., Memory]) -> None:
    sizes = []
    for frames in (2, 4):
        memory = build(SPEC, CPU)
        filled(memory, frames)
        sizes.append((memory.features, memory.nbytes))
        assert len(memory) == 2
    if build is MemoryStore:
        assert sizes[0] == sizes[1] and sizes[0][0] == 4 * SPEC.bases
    else:
        assert sizes[0][0] == 2 * 7 and sizes[1] == (2 * sizes[0][0], 2 * sizes[0][1])


def test_frames_are_kept_for_all_objects_or_none() -> None:
    memory = GrowingMemory(SPEC, CPU)
    given = filled(memory, frames=1)
    with pytest.raises(StateError, match="all its objects on the same frame"):
        memory.add(torch.zeros(2, SPEC.bases, SPEC.key_dim))
    with pytest.raises(StateError, match="for all its objects or for none"):
        memory.update([0], given[0], given[1][:1], given[2][:1])


def test_behind_the_same_interface_swem_equals_the_engine() -> None:
    clip = cats()
    network = load_network("lite")
    engine = Engine(load_network("lite"))
    tracker = MemoryTracker(network, lambda: MemoryStore(network.memory, CPU))
    for index in range(4):
        given = split_objects(clip.labels[0]) if index == 0 else None
        theirs, ours = (one.segment(clip.frames[index], anchors=given) for one in (engine, tracker))
        assert ours.ids == theirs.ids
        np.testing.assert_allclose(ours.logits, theirs.logits, atol=1e-3)
        engine.memorise()
        tracker.memorise()
    assert len({cost.features for cost in tracker.costs}) == 1


@pytest.mark.parametrize(("kind", "kept"), [(1, [1, 1, 2, 2, 3]), (2, [1, 1, 1, 1, 1])])
def test_a_growing_memory_keeps_every_second_frame_and_tracks(kind: int, kept: list[int]) -> None:
    clip = cats()
    network = load_network("lite")
    chosen = memory_kinds([2, None])[kind]
    tracker = MemoryTracker(network, lambda: chosen.build(network, CPU), every=chosen.every)
    for index in range(5):
        given = split_objects(clip.labels[0]) if index == 0 else None
        result = tracker.segment(clip.frames[index], anchors=given)
        tracker.memorise()
    features = [cost.features for cost in tracker.costs]
    assert features == [n * features[0] for n in kept]
    for object_id in result.ids:
        assert iou(result.labels() == object_id, clip.labels[4] == object_id) > 0.6
    with pytest.raises(StateError, match="first frame"):
        tracker.segment(clip.frames[0], anchors=split_objects(clip.labels[0]))
