from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prompt_strategies import PROMPTS

from swem_core.errors import PromptError
from swem_core.segment.areas import allowed, as_marks
from swem_core.segment.change import Change
from swem_core.segment.marking import Marking
from swem_core.segment.prompts import Box, Brush, Click, Hint, Lasso, Prompt, Scribble, points_of
from swem_core.types import Alpha, Image, Mask

BLANK = np.zeros((60, 100, 3), np.uint8)


class DiscPredictor:
    """Stands in for the network where only the bookkeeping is tested: a disc per click."""

    def begin(self, image: Image) -> None:
        self.size = image.shape[:2]

    def predict(self, prompts: Sequence[Hint], previous: Alpha | None) -> Alpha:
        rows, columns = np.mgrid[: self.size[0], : self.size[1]]
        mask = np.zeros(self.size, bool)
        for prompt in prompts:
            for x, y in points_of(prompt):
                near = (columns - x) ** 2 + (rows - y) ** 2 <= 64
                positive = prompt.positive
                mask = mask | near if positive else mask & ~near
        return mask.astype(np.uint8) * np.uint8(255)


def test_pressure_makes_a_brush_wide_and_thin() -> None:
    marking = Marking(np.zeros((60, 100, 3), np.uint8), None)
    line = ((20.0, 30.0), (50.0, 30.0), (80.0, 30.0))
    marking.add(1, Brush(line, 10, pressures=(0.2, 0.6, 1.0)))
    marking.add(2, Brush(line, 10))
    marking.add(3, Brush(line, 10, pressures=(1.0, 1.0, 1.0)))
    uneven, even, full = marking.masks().values()
    heights = [int(uneven[:, x].sum()) for x in (20, 35, 50, 65, 80)]
    assert np.allclose(heights, [5, 9, 13, 17, 21], atol=1)
    assert not (uneven & ~even).any() and (even ^ full).sum() < 0.01 * even.sum()
    for shares in ((0.5,), (0.0, 1.0, 1.0), (0.5, 0.5, 1.5)):
        with pytest.raises(PromptError, match="pressures"):
            marking.add(1, Brush(line, 10, pressures=shares))


def test_a_marking_knows_what_undo_would_take_back() -> None:
    image = np.zeros((60, 80, 3), np.uint8)
    marking = Marking(image, DiscPredictor())
    click, brush = Click(20, 20), Brush(((30, 30),), 4.0)
    assert marking.last_change is None and marking.next_change is None
    marking.add(1, click)
    assert marking.last_change == Change((1,), (click,))
    marking.add(2, brush)
    assert marking.last_change == Change((2,), (brush,))
    marking.undo()
    assert marking.last_change == Change((1,), (click,))
    assert marking.next_change == Change((2,), (brush,))
    marking.redo()
    marking.remove(0)
    assert marking.last_change == Change((1,), (), (click,))
    marking.place({2: np.ones((60, 80), bool), 3: np.eye(60, 80, dtype=bool)})
    assert marking.last_change == Change((2, 3), (), (brush,))


def test_the_areas_of_prompts() -> None:
    box, click = Box(10, 10, 30, 30), Click(60, 40)
    limits = allowed([box], (60, 100))
    assert limits is not None and limits[20, 20] and not limits[40, 60]
    assert as_marks([box], (60, 100)) == [Click(20, 20)]
    assert allowed([box, click], (60, 100)) is None, "a later mark outside lifts the limits"
    assert as_marks([box, click], (60, 100)) == [click]
    assert as_marks([Box(200, 200, 300, 300)], (60, 100)) == []


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
        Box(3, 3, 3, 9),
        Box(3, 9, 8, 2),
        Box(3, 3, float("inf"), 9),
        Lasso(((1.0, 1.0), (5.0, 5.0))),
    ],
)
def test_unusable_prompts_change_nothing(bad: Prompt) -> None:
    marking = Marking(BLANK, DiscPredictor())
    with pytest.raises(PromptError):
        marking.add(1, bad)
    assert marking.masks() == {} and not marking.can_undo


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


def test_a_mark_is_removed_as_if_it_had_never_been_and_that_can_be_undone() -> None:
    marking, without = Marking(BLANK, DiscPredictor()), Marking(BLANK, DiscPredictor())
    gestures: list[tuple[int, Prompt]] = [
        (1, Click(20, 30)),
        (2, Click(80, 30)),
        (1, Brush(((30.0, 30.0),), radius=4)),
        (1, Click(50, 30)),
    ]
    for number, gesture in enumerate(gestures):
        marking.add(*gesture)
        if number != 2:
            without.add(*gesture)
    before = marking.masks()
    marking.remove(2)
    assert marking.prompts == without.prompts
    for object_id, mask in without.masks().items():
        np.testing.assert_array_equal(marking.masks()[object_id], mask)
    marking.undo()
    equal(marking.masks(), before)
    marking.redo()
    marking.remove(1)
    assert marking.touched == (1,), "an object without marks is not marked"
    with pytest.raises(PromptError, match="no mark number 3"):
        marking.remove(2)


def test_placed_masks_are_marks_and_can_be_corrected() -> None:
    marking = Marking(BLANK, DiscPredictor())
    mask = np.zeros(BLANK.shape[:2], np.bool_)
    mask[10:40, 10:40] = True
    marking.add(1, Click(80, 30))
    marking.place({1: mask, 2: ~mask})
    equal(marking.masks(), {1: mask, 2: ~mask})
    assert marking.prompts == ()
    marking.add(1, Brush(((80.0, 30.0),), radius=3))
    marking.remove(0)
    np.testing.assert_array_equal(marking.masks()[1], mask)
    for _ in range(3):
        marking.undo()
    assert marking.masks()[1][30, 80] and marking.touched == (1,)


def test_several_prompts_are_one_change_or_none() -> None:
    marking = Marking(BLANK, DiscPredictor())
    with pytest.raises(PromptError):
        marking.add_all([(1, Click(5, 5)), (2, Click(float("nan"), 5))])
    assert marking.touched == () and not marking.can_undo
    marking.add_all([(1, Click(5, 5)), (2, Click(50, 5))])
    marking.undo()
    assert marking.touched == () and not marking.can_undo
