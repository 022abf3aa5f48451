"""A cat hidden behind a patch of a real photograph that slides over it and away again."""

from collections.abc import Iterator

import cv2
import numpy as np
import pytest
from cat_clip import WHITE, cats, iou

from swem_core.engine.confidence import Changes, Presence
from swem_core.engine.engine import Engine
from swem_core.engine.result import StepResult
from swem_core.model.weights import load_network
from swem_core.types import Image

HIDDEN = range(6, 26)


def frames(count: int) -> Iterator[Image]:
    """The street's own wall, moved over the white cat while it is HIDDEN."""
    clip = cats(count)
    for index, image in enumerate(clip.frames):
        if index in HIDDEN:
            x, y, width, height = cv2.boundingRect((clip.labels[index] == WHITE).astype(np.uint8))
            image = image.copy()
            image[y : y + height, x : x + width] = clip.frames[0][:height, 200 : 200 + width]
        yield image


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(load_network("lite"))


def test_a_hidden_object_is_lost_its_memory_waits_and_it_is_found_again(engine: Engine) -> None:
    clip, presence = cats(40), Presence()
    engine.reset()
    happened: list[tuple[int, Changes]] = []
    kept = None
    for index, image in enumerate(frames(40)):
        anchors = {4: clip.labels[0] == WHITE} if index == 0 else None
        result = engine.segment(image, anchors=anchors)
        changes = presence.observe(result)
        if changes != Changes():
            happened.append((index, changes))
        engine.memorise(hold=presence.unsure)
        if index == HIDDEN.start:
            kept = engine.save_state().tensors["kappa"]
        if index == HIDDEN.stop - 1:
            assert presence.lost == {4}
            np.testing.assert_array_equal(engine.save_state().tensors["kappa"], kept)
    (lost_at, lost), (found_at, found) = happened
    assert lost.lost == found.found == (4,)
    assert lost_at in HIDDEN and found_at >= HIDDEN.stop
    assert iou(result.labels() == 4, clip.labels[-1] == WHITE) > 0.85
    assert not presence.lost and not presence.unsure


def seen(area: float, score: float, ids: tuple[int, ...] = (1,)) -> StepResult:
    """A result in which each object covers ``area`` of the frame."""
    logits = np.full((len(ids), 40, 40), -9, np.float32)
    logits[:, : round(40 * area)] = 9
    return StepResult(ids, logits, (160, 160), (160, 160), dict.fromkeys(ids, score))


def test_one_bad_frame_is_no_loss_but_teaches_nothing() -> None:
    presence = Presence()
    for _ in range(5):
        assert presence.observe(seen(0.5, 0.9)) == Changes()
    assert presence.observe(seen(0, 0)) == Changes()
    assert presence.unsure == {1} and not presence.lost
    assert presence.observe(seen(0.5, 0.9)) == Changes() and not presence.unsure


def test_between_doubt_and_certainty_nothing_changes_its_state() -> None:
    presence = Presence()
    presence.observe(seen(0.5, 0.9))
    for _ in range(20):
        assert presence.observe(seen(0.5, 0.7)) == Changes()
    while not presence.lost:
        presence.observe(seen(0.5, 0.3))
    for _ in range(20):
        assert presence.observe(seen(0.5, 0.7)) == Changes()
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
    assert presence.observe(marked) == Changes(found=(1,))
    assert not presence.unsure
