"""A cat hidden behind a patch of a real photograph that slides over it and away again."""

from collections.abc import Sequence

import cv2
import numpy as np
import pytest
import torch
from cat_clip import GINGER, WHITE, cats, growing, iou

from swem_core.engine.confidence import _TELLING, Presence
from swem_core.engine.engine import Engine
from swem_core.engine.preprocess import to_tensor
from swem_core.engine.result import StepResult
from swem_core.memory.em import unit
from swem_core.memory.readout import likeness
from swem_core.model.grid import rows_of
from swem_core.model.weights import load_network
from swem_core.types import Image, Mask

HIDDEN = range(6, 26)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(load_network("lite"))


def test_a_hidden_object_is_lost_its_memory_waits_and_it_is_found_again(engine: Engine) -> None:
    clip, presence = cats(40).hidden(WHITE, HIDDEN), Presence()
    engine.reset()
    states: list[frozenset[int]] = []
    for index, image in enumerate(clip.frames):
        anchors = {4: clip.labels[0] == WHITE} if index == 0 else None
        result = engine.segment(image, anchors=anchors)
        presence.observe(result)
        states.append(presence.lost)
        engine.memorise(hold=presence.unsure)
    lost = [index for index, state in enumerate(states) if state == {4}]
    assert lost == list(range(lost[0], lost[-1] + 1)), "lost once, found once"
    assert lost[0] in HIDDEN and HIDDEN.stop - 1 <= lost[-1] < 39
    assert iou(result.labels() == 4, clip.labels[-1] == WHITE) > 0.85


def test_a_hidden_object_teaches_nothing(engine: Engine) -> None:
    clip, presence = cats(40).hidden(WHITE, HIDDEN), Presence()
    engine.reset()
    memories = []
    for index, image in enumerate(clip.frames[: HIDDEN.stop]):
        anchors = {4: clip.labels[0] == WHITE} if index == 0 else None
        presence.observe(engine.segment(image, anchors=anchors))
        engine.memorise(hold=presence.unsure)
        memories.append(engine.save_state().tensors["kappa"])
    shown, hidden = memories[HIDDEN.start - 1], memories[HIDDEN.start :]
    assert not np.array_equal(memories[1], shown)
    assert all(np.array_equal(kappa, shown) for kappa in hidden)


def followed(engine: Engine, frames: Sequence[Image], mask: Mask) -> list[bool]:
    """On which frames an object counts as lost."""
    presence, lost = Presence(), []
    engine.reset()
    for index, image in enumerate(frames):
        presence.observe(engine.segment(image, anchors={4: mask} if index == 0 else None))
        engine.memorise(hold=presence.unsure)
        lost.append(bool(presence.lost))
    return lost


def test_another_object_looks_less_like_what_was_marked(engine: Engine) -> None:
    clip = cats(30)
    engine.reset()
    engine.segment(clip.frames[0], anchors={4: clip.labels[0] == GINGER})
    own = engine.segment(clip.frames[1]).likeness[4]
    engine.reset()
    engine.segment(clip.frames[0], anchors={4: clip.labels[0] == WHITE})
    seen = engine.segment(clip.frames[1])
    memory = engine.save_state().tensors["kappa"].flatten(2, 3)
    with torch.inference_mode():
        image = to_tensor(clip.frames[1], seen.inference_size, torch.device("cpu"))
        keys = rows_of(engine.network.encode_key(image).key)[0]
    ratios = []
    for cat in (WHITE, GINGER):
        inside = cv2.resize((clip.labels[1] == cat).astype(np.float32), (27, 15))
        alike = likeness(
            keys, unit(memory), torch.from_numpy(inside).flatten()[None], engine.network.memory
        )
        ratios.append(float(alike))
    assert min(own, ratios[0]) > _TELLING, "above what says nothing"
    assert ratios[1] < 0.75 * ratios[0]


def test_an_object_that_comes_nearer_is_no_other_object(engine: Engine) -> None:
    clip = growing(40)
    assert not any(followed(engine, clip.frames, clip.labels[0] == GINGER))


def seen(
    area: float, score: float, ids: tuple[int, ...] = (1,), alike: float | None = None
) -> StepResult:
    """A result in which each object covers ``area`` of the frame."""
    logits = np.full((len(ids), 40, 40), -9, np.float32)
    logits[:, : round(40 * area)] = 9
    likeness = {} if alike is None else dict.fromkeys(ids, alike)
    scores = dict.fromkeys(ids, score)
    return StepResult(ids, logits, (160, 160), (160, 160), scores, likeness=likeness)


def test_looks_that_change_at_once_are_doubted_until_they_last() -> None:
    presence = Presence()
    for step in range(60):  # slowly: a turn
        presence.observe(seen(0.5, 0.9, alike=0.8 - 0.005 * step))
        assert not presence.unsure
    for _ in range(20):
        presence.observe(seen(0.5, 0.9, alike=0.3))
    assert presence.lost == {1}
    for _ in range(200):
        presence.observe(seen(0.5, 0.9, alike=0.3))
    assert not presence.unsure
    for _ in range(20):  # thin objects are like nothing
        presence.forget([1])
        for alike in (0.1, 0.2, 0.04):
            presence.observe(seen(0.5, 0.9, alike=alike))
    assert not presence.unsure


def test_one_bad_frame_is_no_loss_but_teaches_nothing() -> None:
    presence = Presence()
    for _ in range(5):
        presence.observe(seen(0.5, 0.9))
    presence.observe(seen(0, 0))
    assert presence.unsure == {1} and not presence.lost
    presence.observe(seen(0.5, 0.9))
    assert not presence.unsure


def test_between_doubt_and_certainty_nothing_changes_its_state() -> None:
    presence = Presence()
    presence.observe(seen(0.5, 0.9))
    for _ in range(20):
        presence.observe(seen(0.5, 0.7))
    assert not presence.unsure
    while not presence.lost:
        presence.observe(seen(0.5, 0.3))
    for _ in range(20):
        presence.observe(seen(0.5, 0.7))
    assert presence.lost == {1}


def test_objects_are_judged_apart_and_forgotten_when_they_go() -> None:
    presence = Presence()
    for _ in range(9):
        presence.observe(
            StepResult(
                (1, 2),
                np.stack((seen(0.5, 0).logits[0], seen(0, 0).logits[0])),
                (160, 160),
                (160, 160),
                {1: 0.9, 2: 0.0},
            )
        )
    assert presence.lost == {2}
    presence.observe(seen(0.5, 0.9))
    assert not presence.lost
    presence.forget([1, 99])


def test_marking_a_lost_object_finds_it() -> None:
    presence = Presence()
    presence.observe(seen(0.5, 0.9))
    while not presence.lost:
        presence.observe(seen(0, 0))
    mask = np.zeros((160, 160), np.bool_)
    mask[:20] = True
    marked = StepResult((1,), seen(0, 0).logits, (160, 160), (160, 160), {1: 1.0}, {1: mask})
    presence.observe(marked)
    assert not presence.unsure
