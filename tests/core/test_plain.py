"""The fast path against the plain one, which repeats everything for every object."""

import pytest
import torch
from torch import Tensor

from swem_core.engine import masking
from swem_core.memory.em import class_weights, random_kappa
from swem_core.memory.store import MemoryStore
from swem_core.model.fold import for_inference
from swem_core.model.lite import LiteNetwork
from swem_core.model.network import SwemNetwork
from swem_core.model.plain import PlainTracker
from swem_core.model.r50 import R50Network
from swem_core.model.seeded import seed_weights

SIZE = (96, 160)


def clip(objects: int) -> tuple[list[Tensor], Tensor]:
    """Frames in which a few bright boxes wander, and the masks of the first."""
    g = torch.Generator().manual_seed(0)
    ground = torch.rand(1, 3, *SIZE, generator=g)
    frames, masks = [], torch.zeros(objects, *SIZE)
    for t in range(4):
        frame = ground.clone()
        for number in range(objects):
            top, left = 16 + 4 * t, 16 + 48 * number
            frame[..., top : top + 40, left : left + 36] *= 0.3 + 0.3 * number
            if t == 0:
                masks[number, top : top + 40, left : left + 36] = 1
        frames.append(frame)
    return frames, torch.cat((1 - masks.sum(0, keepdim=True), masks))


def plain_logits(network: SwemNetwork, start: Tensor, objects: int) -> list[Tensor]:
    frames, first = clip(objects)
    tracker = PlainTracker(network)
    tracker.start(start)
    result = []
    for t, frame in enumerate(frames):
        features = tracker.encode_key(frame)
        soft, hard = first, first
        if t > 0:
            result.append(tracker.decode(tracker.read(features), features))
            soft, hard = tracker.masks(result[-1], SIZE)
        tracker.memorise(features, tracker.encode_value(frame, soft, features), soft, hard)
    return result


def fast_logits(network: SwemNetwork, start: Tensor, objects: int) -> list[Tensor]:
    frames, first = clip(objects)
    store = MemoryStore(network.memory, torch.device("cpu"))
    slots = [store.add(kappa) for kappa in start]
    result = []
    for t, frame in enumerate(frames):
        features = network.encode_key(frame)
        keys = features.key[0].flatten(1).T.contiguous()
        if t > 0:
            maps = [
                x.transpose(1, 2).unflatten(-1, features.key.shape[-2:]) for x in store.read(keys)
            ]
            result.append(network.decode(maps[0], maps[1], features))
        masks = masking.predicted_masks(result[-1], SIZE) if t else masking.object_masks(first)
        value = network.encode_value(frame, masks.masks, masks.others, features)
        learnt = value.flatten(2).transpose(1, 2), class_weights(masks.soft, masks.hard)
        if t > 0:
            store.update(slots, keys, *learnt)
        else:
            store.mark(slots, start, keys, *learnt)
    return result


@torch.inference_mode()
@pytest.mark.parametrize("kind", [LiteNetwork, R50Network])
@pytest.mark.parametrize("objects", [1, 3])
def test_the_fast_path_equals_the_plain_one(kind: type[SwemNetwork], objects: int) -> None:
    network = seed_weights(kind())
    g = torch.Generator().manual_seed(1)
    start = torch.stack([random_kappa(network.memory, g) for _ in range(objects)])
    expected = plain_logits(network, start, objects)
    ours = fast_logits(for_inference(network), start, objects)
    for a, b in zip(ours, expected, strict=True):
        assert (a - b).abs().max() <= 1e-3 * b.abs().max()
