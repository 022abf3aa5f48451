"""Any sequence of gestures: what undo, redo and removal promise, on a real picture."""

from typing import Any

import hypothesis.strategies as st
import numpy as np
from cat_clip import cats
from hypothesis import settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from swem_core.errors import PromptError
from swem_core.segment.grabcut import GrabCutPredictor
from swem_core.segment.marking import Marking
from swem_core.segment.prompts import Box, Brush, Click, Lasso, Prompt, Scribble
from swem_core.types import Alpha, ObjectId

PICTURE = np.ascontiguousarray(cats().frames[0][140:230:2, 420:560:2])  # a white cat, small
HEIGHT, WIDTH = PICTURE.shape[:2]
TRACKED = np.zeros((HEIGHT, WIDTH), np.uint8)
TRACKED[20:40, 10:30] = 255

IDS = st.integers(1, 3)
XS, YS = st.floats(0, WIDTH - 1), st.floats(0, HEIGHT - 1)
POINTS = st.tuples(XS, YS)
PROMPTS: st.SearchStrategy[Prompt] = st.one_of(
    st.builds(Click, XS, YS, st.booleans()),
    st.builds(Scribble, st.lists(POINTS, min_size=1, max_size=3).map(tuple), st.booleans()),
    st.builds(
        Brush,
        st.lists(POINTS, min_size=1, max_size=3).map(tuple),
        st.floats(0.5, 20),
        st.booleans(),
    ),
    st.builds(
        lambda at, w, h, positive: Box(*at, at[0] + w, at[1] + h, positive),
        POINTS,
        st.floats(1, WIDTH),
        st.floats(1, HEIGHT),
        st.booleans(),
    ),
    st.builds(Lasso, st.lists(POINTS, min_size=3, max_size=5).map(tuple), st.booleans()),
)
Look = tuple[dict[ObjectId, Alpha], tuple[tuple[ObjectId, Prompt], ...]]


class Gestures(RuleBasedStateMachine):
    """A person at random, and what must hold whatever she does."""

    @initialize()
    def freeze(self) -> None:
        self.marking = Marking(PICTURE, GrabCutPredictor(), {3: TRACKED})
        self.past: list[Look] = [self.look()]
        self.future: list[Look] = []

    def look(self) -> Look:
        return self.marking.alphas(), self.marking.prompts

    def changed(self, only: ObjectId) -> None:
        """One more step of history, which concerned one object."""
        before, after = self.past[-1][0], self.marking.alphas()
        for other in (set(before) | set(after)) - {only}:
            np.testing.assert_array_equal(before[other], after[other])
        self.past.append(self.look())
        self.future.clear()

    @rule(object_id=IDS, prompt=PROMPTS)
    def mark(self, object_id: ObjectId, prompt: Prompt) -> None:
        self.marking.add(object_id, prompt)
        self.changed(object_id)

    @rule(object_id=IDS, left=st.integers(0, WIDTH - 9))
    def place(self, object_id: ObjectId, left: int) -> None:
        mask = np.zeros((HEIGHT, WIDTH), np.bool_)
        mask[5:20, left : left + 9] = True
        self.marking.place({object_id: mask})
        np.testing.assert_array_equal(self.marking.masks()[object_id], mask)
        self.changed(object_id)

    @precondition(lambda self: self.marking.prompts)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        given = self.marking.prompts
        index = data.draw(st.integers(0, len(given) - 1))
        self.marking.remove(index)
        assert self.marking.prompts == given[:index] + given[index + 1 :]
        self.changed(given[index][0])

    @rule(object_id=IDS)
    def refused(self, object_id: ObjectId) -> None:
        for bad in (Lasso(((1, 1),)), Brush(((1, 1),), -1)):
            try:
                self.marking.add_all([(object_id, Click(5, 5)), (object_id, bad)])
            except PromptError:
                continue
            raise AssertionError("accepted")

    @rule()
    def undo(self) -> None:
        assert self.marking.can_undo == (len(self.past) > 1)
        if self.marking.can_undo:
            self.future.append(self.past.pop())
        self.marking.undo()

    @rule()
    def redo(self) -> None:
        assert self.marking.can_redo == bool(self.future)
        if self.future:
            self.past.append(self.future.pop())
        self.marking.redo()

    @invariant()
    def shows_what_history_says(self) -> None:
        masks, prompts = self.look()
        assert list(masks) == list(self.past[-1][0]) and prompts == self.past[-1][1]
        assert self.marking.touched == tuple(masks)
        for object_id, alpha in masks.items():
            assert alpha.shape == (HEIGHT, WIDTH) and alpha.dtype == np.uint8
            np.testing.assert_array_equal(alpha, self.past[-1][0][object_id])


TestGestures: Any = Gestures.TestCase
TestGestures.settings = settings(max_examples=40, stateful_step_count=12, deadline=None)
