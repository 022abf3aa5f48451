import numpy as np
import pytest
from cat_clip import GINGER, WHITE, cats, iou
from engine_kit import Scene, memory_of, same

from swem_core.data.masks import split_objects
from swem_core.engine.engine import Engine
from swem_core.engine.levels import FULL, LEVELS, Level
from swem_core.engine.paced import PacedEngine


def efforts(paced: PacedEngine, frames: int) -> str:
    """N network, F flow, R reused; one letter per frame of a clip in which everything moves."""
    letters = ""
    for image in cats().frames[1 : frames + 1]:
        result = paced.step(image)
        letters += "F" if "flow" in result.timings_ms else "N"
        assert result.carried == (letters[-1] == "F")
    return letters


def anchored(engine: Engine, level: Level | None) -> PacedEngine:
    paced = PacedEngine(engine, level)
    paced.segment(cats().frames[0], anchors=split_objects(cats().labels[0]))
    paced.memorise()
    return paced


def test_without_a_level_it_is_the_engine_itself(engine: Engine, clip: Scene) -> None:
    frames, first, second = clip
    plain = [engine.step(frames[0], anchors={1: first, 2: second})]
    plain += [engine.step(image) for image in frames[1:]]
    state = memory_of(engine, 1)
    for level in (None, FULL):
        engine.reset()
        paced = PacedEngine(engine, level)
        again = [paced.step(frames[0], anchors={1: first, 2: second})]
        again += [paced.step(image) for image in frames[1:]]
        for a, b in zip(plain, again, strict=True):
            np.testing.assert_array_equal(a.logits, b.logits)
            assert set(b.timings_ms) - set(a.timings_ms) <= {"motion"}
        assert same(state, memory_of(engine, 1))


def test_the_network_sees_every_nth_frame(engine: Engine) -> None:
    assert efforts(anchored(engine, FULL), 6) == "NNNNNN"
    assert efforts(anchored(engine, Level("", mask_every=2)), 6) == "NFNFNF"
    assert efforts(anchored(engine, Level("", mask_every=3)), 7) == "NFFNFFN"


def test_the_memory_learns_from_every_nth_frame_of_the_network(engine: Engine) -> None:
    paced = anchored(engine, Level("", learn_every=2, mask_every=2))
    learnt = []
    for image in cats().frames[1:10]:
        before = memory_of(engine, GINGER)
        paced.step(image)
        learnt.append(not same(before, memory_of(engine, GINGER)))
    # The anchored frame was learnt from; then it is the turn of the network's 2nd, 4th ... frame.
    assert learnt == [i % 4 == 2 for i in range(9)]


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.name)
def test_every_level_tracks(engine: Engine, level: Level) -> None:
    engine.short_side = 240
    paced = anchored(engine, level)
    result = None
    for image in cats().frames[1:12]:
        result = paced.step(image)
    assert result is not None
    for cat, least in ((GINGER, 0.7), (WHITE, 0.75)):
        assert iou(result.labels() == cat, cats().labels[11] == cat) > least


def test_a_still_picture_keeps_its_masks(engine: Engine) -> None:
    paced = anchored(engine, FULL)
    moved = paced.step(cats().frames[1])
    memory = memory_of(engine, WHITE)
    noise = np.random.default_rng(0).integers(-3, 4, cats().frames[1].shape)
    still = np.clip(cats().frames[1] + noise, 0, 255).astype(np.uint8)
    for _ in range(3):
        result = paced.step(still)
        assert result.carried and result.logits is moved.logits
    assert same(memory, memory_of(engine, WHITE))
    assert not paced.step(cats().frames[2]).carried


def test_after_a_jump_a_still_picture_goes_through_the_network(engine: Engine) -> None:
    paced = anchored(engine, LEVELS[-1])
    paced.step(cats().frames[1])
    assert paced.step(cats().frames[1]).carried
    paced.cut()
    assert not paced.step(cats().frames[1]).carried


def test_anchors_always_go_through_the_network_and_show_on_still_pictures(engine: Engine) -> None:
    paced = anchored(engine, Level("", mask_every=3))
    paced.step(cats().frames[1])
    mask = cats().labels[1] == WHITE
    assert not paced.segment(cats().frames[1], anchors={WHITE: mask}).carried
    result = paced.segment(cats().frames[1])
    assert result.carried
    np.testing.assert_array_equal(result.labels() == WHITE, mask)
    assert not paced.segment(cats().frames[2]).carried, "anchors cannot be moved by flow"


def test_a_changed_memory_shows_even_on_a_still_picture(engine: Engine) -> None:
    paced = anchored(engine, Level("", mask_every=3))
    before = paced.save_state()
    paced.step(cats().frames[1])
    assert paced.step(cats().frames[1]).carried
    paced.remove([GINGER])
    result = paced.step(cats().frames[1])
    assert not result.carried and result.ids == (WHITE,)
    paced.restore(before)
    result = paced.step(cats().frames[1])
    assert not result.carried and set(result.ids) == {GINGER, WHITE}


def test_a_look_goes_through_the_network_and_teaches_nothing(engine: Engine) -> None:
    paced = anchored(engine, Level("", mask_every=3))
    paced.step(cats().frames[1])
    memory = memory_of(engine, WHITE)
    assert not paced.look(cats().frames[1]).carried
    paced.memorise()
    assert same(memory, memory_of(engine, WHITE))


def test_another_scene_or_size_goes_through_the_network(engine: Engine) -> None:
    paced = anchored(engine, Level("", mask_every=3))
    paced.step(cats().frames[1])
    assert not paced.segment(255 - cats().frames[1]).carried, "a cut"
    assert not paced.segment(cats().frames[2][:, :320]).carried, "another size"


def test_a_level_scales_the_size_the_person_chose(engine: Engine) -> None:
    assert engine.short_side == 128
    paced = PacedEngine(engine, Level("", scale=0.5))
    assert paced.segment(cats().frames[0]).inference_size == (64, 112)
    paced.level = FULL
    assert engine.short_side == 128
    paced.level = Level("", scale=0.75)
    assert engine.short_side == 96
    paced.level = None
    assert engine.short_side == 128
