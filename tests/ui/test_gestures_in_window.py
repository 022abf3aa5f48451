"""Any sequence of gestures through the window's marking and the real editor and engine, whose
answers come as late as they like, some of their pictures never."""

from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any

import hypothesis.strategies as st
import numpy as np
import torch
from cat_clip import cats
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.pipeline import events
from app.pipeline.editing import commands as cmd
from app.pipeline.editing.editor import Editor
from app.pipeline.editing.tracked_objects import TrackedObjects
from app.pipeline.frames import Frame, Rendered, Segmented
from app.pipeline.loading import Loaded
from app.ui.state.marking import Marking
from swem_core.engine.engine import Engine, EngineConfig
from swem_core.engine.paced import PacedEngine
from swem_core.errors import SwemError
from swem_core.model.weights import load_network
from swem_core.segment.grabcut import GrabCutPredictor
from swem_core.segment.prompts import Box, Brush, Click, Prompt
from swem_core.types import ObjectId

PICTURE = np.ascontiguousarray(cats().frames[0][130:242, 400:576])  # a white cat
HEIGHT, WIDTH = PICTURE.shape[:2]
XS, YS = st.floats(0, WIDTH - 1), st.floats(0, HEIGHT - 1)
PROMPTS: st.SearchStrategy[Prompt] = st.one_of(
    st.builds(Click, XS, YS, st.booleans()),
    st.builds(Click, st.just(60.0), st.just(50.0)),  # a double click: equal, and two gestures
    st.builds(
        Brush,
        st.lists(st.tuples(XS, YS), min_size=1, max_size=3).map(tuple),
        st.floats(4, 20),
        st.booleans(),
    ),
    st.builds(
        lambda x, y, w, h: Box(x, y, x + w, y + h), XS, YS, st.floats(5, 90), st.floats(5, 90)
    ),
)


@cache
def network() -> Any:
    return load_network("lite")


class Desk:
    """A session whose work is done when the machine says so; also what is on the screen."""

    def __init__(self, hear: Callable[[events.Event], None]) -> None:
        self.engine = PacedEngine(Engine(network(), EngineConfig(96), device=torch.device("cpu")))
        loaded = Loaded(self.engine, GrabCutPredictor(), "lite", "CPU")  # type: ignore[arg-type]
        self.objects = TrackedObjects(hear)
        self.objects.attach(self.engine)
        self.editor = Editor(self.objects, self, hear, lambda: loaded)
        self.newest: Segmented | None = None
        self.answers: list[Segmented] = []
        self.waiting: list[cmd.Edit] = []

    def show(self, segmented: Segmented) -> None:
        self.answers.append(segmented)
        if segmented.draft is None:
            self.newest = segmented

    def freeze(self, shown: Segmented) -> None:
        self.waiting.append(cmd.Freeze(shown))

    def set_active(self, object_id: ObjectId) -> None:
        self.waiting.append(cmd.SetActive(object_id))

    def prompt(self, prompt: Prompt) -> None:
        self.waiting.append(cmd.AddPrompt(prompt))

    def remove_prompt(self, object_id: ObjectId, prompt: Prompt) -> None:
        self.waiting.append(cmd.RemovePrompt(object_id, prompt))

    def undo(self) -> None:
        self.waiting.append(cmd.Undo())

    def redo(self) -> None:
        self.waiting.append(cmd.Redo())

    def accept(self) -> None:
        self.waiting.append(cmd.Accept())

    def cancel(self) -> None:
        self.waiting.append(cmd.Cancel())

    def remove_object(self, object_id: ObjectId) -> None:
        self.waiting.append(cmd.RemoveObject(object_id))


class Gestures(RuleBasedStateMachine):
    @initialize()
    def start(self) -> None:
        self.marking = Marking(lambda: self.desk)  # type: ignore[arg-type, return-value]
        self.desk = Desk(self.hear)
        self.shown = Segmented(Frame(0, PICTURE, 0.0, 0))
        self.desk.newest = self.shown
        self.memory = 0

    def hear(self, event: events.Event) -> None:
        if isinstance(event, events.MarkingChanged):
            self.marking.on_marking(event)
        elif isinstance(event, events.ObjectsChanged):
            self.marking.on_objects(event)

    @rule(object_id=st.integers(1, 2), prompt=PROMPTS)
    def mark(self, object_id: ObjectId, prompt: Prompt) -> None:
        self.marking.freeze(self.shown)
        self.marking.choose(object_id)
        self.marking.prompt(prompt)
        assert self.marking.marks_on(self.shown).all[-1] == (object_id, prompt), "at once"

    @precondition(lambda self: self.marking.is_frozen and self.marking.marks_on(self.shown).all)
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        before = self.marking.marks_on(self.shown).all
        mark = data.draw(st.sampled_from(before))
        self.marking.remove_mark(mark)
        left = Counter(before) - Counter([mark])  # an equal one stays
        assert Counter(self.marking.marks_on(self.shown).all) == left, "at once"

    @rule(verb=st.sampled_from(["undo", "redo", "accept", "cancel"]))
    def other(self, verb: str) -> None:
        getattr(self.marking, verb)()

    @rule()
    def remove_object(self) -> None:
        self.marking.remove(self.marking.active)

    @rule(count=st.integers(1, 3), skips=st.booleans())
    def answer(self, count: int, skips: bool) -> None:
        for command in self.desk.waiting[:count]:
            try:
                self.desk.editor.carry_out(command)
            except SwemError:
                self.marking.forget_pending()  # as the window does when it is told
        del self.desk.waiting[:count]
        for segmented in self.desk.answers[-1 if skips else 0 :]:
            if self.marking.admits(Rendered(PICTURE, segmented)):
                self.shown = segmented
        self.desk.answers.clear()

    @rule(skips=st.booleans())
    def answer_all(self, skips: bool) -> None:
        while self.desk.waiting:
            self.answer(len(self.desk.waiting), skips)
        given = self.shown.draft.prompts if self.shown.draft else ()
        assert self.marking.marks_on(self.shown).all == given
        assert self.marking.is_frozen == self.desk.editor.is_frozen
        assert self.marking.tracked == self.desk.objects.ids

    @invariant()
    def memory_is_of_constant_size_per_object(self) -> None:
        count = len(self.desk.objects.ids)
        if count and not self.memory:
            self.memory = self.desk.objects.memory_bytes // count
        assert self.desk.objects.memory_bytes == count * self.memory


TestGestures: Any = Gestures.TestCase
TestGestures.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
