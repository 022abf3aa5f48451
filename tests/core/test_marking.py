from collections.abc import Sequence

import numpy as np
import pytest
import torch
from cat_clip import GINGER, WHITE, cats, iou
from hypothesis import given, settings
from hypothesis import strategies as st

from swem_core.errors import PromptError
from swem_core.eval.clicks import next_click
from swem_core.model.lite import LiteNetwork
from swem_core.model.weights import load_click_network, load_network
from swem_core.segment.marking import Marking
from swem_core.segment.predictor import ClickPredictor
from swem_core.segment.prompt_maps import Crop, draw_prompts
from swem_core.segment.prompts import Brush, Click, Prompt, Scribble
from swem_core.types import Alpha, Image, Mask

BLANK = np.zeros((60, 100, 3), np.uint8)


class DiscPredictor:
    """Stands in for the network where only the bookkeeping is tested: a disc per click."""

    def begin(self, image: Image) -> None:
        self.size = image.shape[:2]

    def predict(self, prompts: Sequence[Click | Scribble], previous: Alpha | None) -> Alpha:
        rows, columns = np.mgrid[: self.size[0], : self.size[1]]
        mask = np.zeros(self.size, bool)
        for prompt in prompts:
            points = [(prompt.x, prompt.y)] if isinstance(prompt, Click) else prompt.points
            for x, y in points:
                near = (columns - x) ** 2 + (rows - y) ** 2 <= 64
                mask = mask | near if prompt.positive else mask & ~near
        return mask.astype(np.uint8) * np.uint8(255)


@pytest.fixture(scope="module")
def predictor() -> ClickPredictor:
    network = load_network("lite")
    assert isinstance(network, LiteNetwork)
    return ClickPredictor(network.key_encoder, load_click_network(), torch.device("cpu"))


@pytest.mark.parametrize(("cat", "wanted"), [(GINGER, 0.85), (WHITE, 0.9)])
def test_clicks_on_a_real_object_find_it(
    predictor: ClickPredictor, cat: int, wanted: float
) -> None:
    scene = cats()
    truth = scene.labels[0] == cat
    marking = Marking(scene.frames[0], predictor)
    reached = [0.0]
    for _ in range(4):
        mask = marking.masks().get(1, np.zeros_like(truth))
        marking.add(1, next_click(mask, truth))
        reached.append(iou(marking.masks()[1], truth))
    assert max(reached) > wanted, reached


def test_a_scribble_on_a_real_object_finds_it(predictor: ClickPredictor) -> None:
    scene = cats()
    x, y = scene.inside(WHITE)
    marking = Marking(scene.frames[0], predictor)
    marking.add(1, Scribble(((x - 15, y), (x, y + 4), (x + 15, y))))
    assert iou(marking.masks()[1], scene.labels[0] == WHITE) > 0.85


def test_the_brush_is_exact_and_survives_clicks() -> None:
    marking = Marking(BLANK, DiscPredictor())
    marking.add(1, Brush(((20.0, 30.0), (40.0, 30.0)), radius=5))
    mask = marking.masks()[1]
    assert mask[30, 20:41].all() and mask[26, 30] and mask[34, 30]
    assert not mask[23, 30] and not mask[37, 30] and not mask[30, 13] and not mask[30, 47]
    marking.add(1, Click(80, 30))
    both = marking.masks()[1]
    assert both[30, 20:41].all() and both[30, 80]


def test_the_eraser_takes_away_what_the_network_said() -> None:
    marking = Marking(BLANK, DiscPredictor())
    marking.add(1, Click(50, 30))
    marking.add(1, Brush(((50.0, 30.0),), radius=3, add=False))
    mask = marking.masks()[1]
    assert not mask[30, 50] and mask[30, 56]


def test_a_click_that_contradicts_a_brushed_patch_lifts_it() -> None:
    marking = Marking(BLANK, DiscPredictor())
    marking.add(1, Brush(((20.0, 20.0),), radius=6))
    marking.add(1, Brush(((80.0, 20.0),), radius=6))
    marking.add(1, Click(20, 20, positive=False))
    mask = marking.masks()[1]
    assert not mask[20, 20] and mask[20, 80]


def test_a_prompt_on_a_tracked_object_corrects_it() -> None:
    tracked = np.zeros(BLANK.shape[:2], np.uint8)
    tracked[10:50, 10:50] = 255
    marking = Marking(BLANK, DiscPredictor(), {3: tracked})
    assert marking.masks() == {}
    marking.add(3, Brush(((30.0, 30.0),), radius=4, add=False))
    mask = marking.masks()[3]
    assert mask[12, 12] and not mask[30, 30]


def test_forgetting_an_object_drops_its_marks_only() -> None:
    marking = Marking(BLANK, DiscPredictor())
    for object_id, x in ((1, 10), (2, 30), (1, 50)):
        marking.add(object_id, Click(x, 30))
    marking.undo()
    marking.forget(1)
    assert set(marking.masks()) == {2} and not marking.can_redo
    marking.undo()
    assert marking.masks() == {} and not marking.can_undo


def test_without_a_network_only_the_brush_works_and_says_so() -> None:
    marking = Marking(BLANK, None)
    with pytest.raises(PromptError, match="use the brush"):
        marking.add(1, Click(5, 5))
    assert not marking.can_undo
    marking.add(1, Brush(((5.0, 5.0),), radius=2))
    assert marking.masks()[1].any()


@pytest.mark.parametrize(
    "bad",
    [
        Click(float("nan"), 3),
        Scribble(()),
        Brush((), 3),
        Brush(((1.0, 1.0),), 0),
        Brush(((1.0, 1.0),), 1e9),
    ],
)
def test_unusable_prompts_change_nothing(bad: Prompt) -> None:
    marking = Marking(BLANK, DiscPredictor())
    with pytest.raises(PromptError):
        marking.add(1, bad)
    assert marking.masks() == {} and not marking.can_undo


COORDINATES = st.tuples(st.floats(-20, 120), st.floats(-20, 80))
PROMPTS = st.one_of(
    st.builds(lambda p, s: Click(*p, positive=s), COORDINATES, st.booleans()),
    st.builds(
        lambda ps, s: Scribble(tuple(ps), s),
        st.lists(COORDINATES, min_size=1, max_size=4),
        st.booleans(),
    ),
    st.builds(
        lambda ps, r, a: Brush(tuple(ps), r, a),
        st.lists(COORDINATES, min_size=1, max_size=4),
        st.floats(0.5, 30),
        st.booleans(),
    ),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 3), PROMPTS), min_size=1, max_size=8), st.data())
def test_undo_and_redo_are_inverse_and_objects_independent(
    gestures: list[tuple[int, Prompt]], data: st.DataObject
) -> None:
    marking = Marking(BLANK, DiscPredictor())
    history = [marking.masks()]
    for object_id, prompt in gestures:
        before = marking.masks()
        marking.add(object_id, prompt)
        after = marking.masks()
        for other in set(before) - {object_id}:
            np.testing.assert_array_equal(before[other], after[other])
        history.append(after)
    back = data.draw(st.integers(0, len(gestures)))
    for _ in range(back):
        marking.undo()
    equal(marking.masks(), history[len(gestures) - back])
    for _ in range(back):
        marking.redo()
    equal(marking.masks(), history[-1])
    assert marking.prompts == tuple(gestures)


def equal(a: dict[int, Mask], b: dict[int, Mask]) -> None:
    assert list(a) == list(b)
    for object_id in a:
        np.testing.assert_array_equal(a[object_id], b[object_id])


def test_prompt_maps_land_on_the_right_network_pixels() -> None:
    crop = Crop(top=100, left=200, height=200, width=400, size=(112, 224))
    maps = draw_prompts([Click(400, 200), Scribble(((210.0, 110.0), (590.0, 290.0)), False)], crop)
    assert maps.shape == (2, 112, 224)
    assert maps[0, 56, 112] == 1 and maps[0].sum() > 60 and maps[0, 40, 112] == 0
    assert maps[1, 5, 5] == 1 and maps[1, 107, 218] == 1
