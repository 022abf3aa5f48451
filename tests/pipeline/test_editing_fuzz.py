"""Any sequence of live edits between frames: what the pipeline's editor promises, with the real
network, its memory compared bit by bit."""

from collections.abc import Iterable
from typing import Any

import cv2
import hypothesis.strategies as st
import torch
from cat_clip import cats
from fakes import Events
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.pipeline.editing import commands as cmd
from app.pipeline.editing.editor import Editor
from app.pipeline.editing.tracked_objects import TrackedObjects
from app.pipeline.events import HistoryChanged, MarkingChanged, ObjectRestyled
from app.pipeline.frames import Frame, Segmented
from app.pipeline.loading import Loaded
from app.pipeline.palettes import Color
from app.pipeline.style import ObjectStyle, ViewStyle
from swem_core.engine.engine import Engine, EngineConfig
from swem_core.engine.paced import PacedEngine
from swem_core.engine.state import EngineState
from swem_core.errors import SwemError
from swem_core.model.weights import load_network
from swem_core.segment.grabcut import GrabCutPredictor
from swem_core.segment.prompts import Box, Brush, Click, Prompt
from swem_core.types import ObjectId

SIZE = (160, 96)
FRAMES = [cv2.resize(image, SIZE, interpolation=cv2.INTER_AREA) for image in cats(20).frames]
NETWORK = load_network("lite")
BYTES_EACH = 395_264

IDS = st.integers(1, 3)
XS, YS = st.integers(0, SIZE[0] - 1), st.integers(0, SIZE[1] - 1)
PROMPTS: st.SearchStrategy[Prompt] = st.one_of(
    st.builds(Click, XS, YS, st.booleans()),
    st.builds(lambda x, y: Box(x - 20, y - 20, x + 20, y + 20), XS, YS),
    st.builds(lambda x, y, add: Brush(((x, y), (x + 9, y)), 7, add), XS, YS, st.booleans()),
    st.sampled_from([Box(13, 32, 60, 75), Box(98, 40, 130, 78)]),  # around the cats
)


class Screen:
    """What was shown last, drafts aside."""

    newest: Segmented | None = None

    def show(self, segmented: Segmented) -> None:
        if segmented.draft is None:
            self.newest = segmented


class Editing(RuleBasedStateMachine):
    """A person at random at the running picture."""

    @initialize()
    def start(self) -> None:
        self.events, self.screen = Events(), Screen()
        engine = Engine(NETWORK, EngineConfig(short_side=96))
        self.engine, self.objects = PacedEngine(engine), TrackedObjects(self.events)
        self.objects.attach(self.engine)
        loaded = Loaded(engine, GrabCutPredictor(), "lite", "cpu")
        self.editor = Editor(self.objects, self.screen, self.events, lambda: loaded)
        self.looks = {i: ViewStyle().of(i) for i in (1, 2, 3)}
        self.index = 0
        self.frame()

    # --- what there is ------------------------------------------------------------------------

    def memory(self, ids: Iterable[ObjectId]) -> EngineState:
        state = self.objects.memory()
        assert state is not None
        return state.only(tuple(ids))

    def whole(self) -> tuple[object, ...]:
        """All that undo and redo go between, as plain values."""
        state = self.memory((1, 2, 3))
        tensors = {
            i: tuple(tensor[row].numpy().tobytes() for tensor in state.tensors.values())
            for row, i in enumerate(state.ids)
        }
        draft = self.editor._desk.draft()
        drawn = draft.draft if draft is not None and draft.draft is not None else None
        marks = (drawn.prompts, {i: a.tobytes() for i, a in drawn.alphas.items()}) if drawn else ()
        return tensors, self.objects.locked, self.shown_looks(), marks

    def shown_looks(self) -> dict[ObjectId, object]:
        told: list[Any] = self.events.of(ObjectRestyled)
        for event in told[getattr(self, "heard", 0) :]:
            assert self.looks[event.object_id] == event.before
            self.looks[event.object_id] = event.after
        self.heard = len(told)
        return dict(self.looks)

    def do(self, command: cmd.Edit, *touched: ObjectId) -> bool:
        """Carry out; nobody but ``touched`` may change. False if it was refused."""
        others = [i for i in self.objects.ids if i not in touched]
        before = self.memory(others)
        try:
            self.editor.carry_out(command)
        except SwemError:
            assert same(self.memory(others), before)
            return False
        assert same(self.memory(others), before)
        return True

    # --- what is done -------------------------------------------------------------------------

    @rule()
    def frame(self) -> None:
        """The source goes on, and the tracker learns."""
        image = FRAMES[self.index % len(FRAMES)]
        frame = Frame(self.index, image, self.index / 30, self.index)
        self.index += 1
        if not self.editor.is_frozen:
            result = self.objects.segment(image)
            self.objects.learn()
            self.screen.newest = Segmented(frame, result)

    @rule(object_id=IDS, prompts=st.lists(PROMPTS, min_size=1, max_size=2), accept=st.booleans())
    def mark(self, object_id: ObjectId, prompts: list[Prompt], accept: bool) -> None:
        assert self.screen.newest is not None
        self.do(cmd.Freeze(self.screen.newest))
        self.do(cmd.SetActive(object_id))
        for prompt in prompts:
            self.do(cmd.AddPrompt(prompt))
        if accept:
            draft = self.editor._desk.masks()
            self.do(cmd.Accept(), *draft)

    @rule(object_id=IDS, prompt=PROMPTS)
    def correct(self, object_id: ObjectId, prompt: Prompt) -> None:
        newest = self.screen.newest
        if not self.editor.is_frozen and object_id in self.objects.ids and newest is not None:
            self.do(cmd.Correct(object_id, prompt, newest), object_id)

    @rule(object_id=IDS, locked=st.booleans())
    def lock(self, object_id: ObjectId, locked: bool) -> None:
        self.do(cmd.SetLocked(object_id, locked))
        assert (object_id in self.objects.locked) is locked

    @rule(
        object_id=IDS,
        name=st.sampled_from(["Tom", "Kim"]),
        color=st.sampled_from([(250, 0, 0), (0, 250, 0)]),
        visible=st.booleans(),
    )
    def restyle(self, object_id: ObjectId, name: str, color: Color, visible: bool) -> None:
        before = self.shown_looks()[object_id]
        after = ObjectStyle(name, color, visible)
        if after != before:
            self.looks[object_id] = after
            self.do(cmd.Restyle(object_id, before, after))  # type: ignore[arg-type]

    @rule(object_id=IDS)
    def remove(self, object_id: ObjectId) -> None:
        self.do(cmd.RemoveObject(object_id), object_id)
        assert object_id not in self.objects.ids

    @rule()
    def reset(self) -> None:
        self.do(cmd.Reset(), *self.objects.ids)
        assert not self.objects.ids

    @precondition(lambda self: self.editor.is_frozen)
    @rule()
    def cancel(self) -> None:
        self.do(cmd.Cancel())
        assert not self.editor.is_frozen

    @rule(count=st.integers(1, 4))
    def back_and_forth(self, count: int) -> None:
        """As many steps forward as back: nothing is different."""
        trail = [self.whole()]
        for _ in range(count):
            if not self.told_undo():
                break
            self.editor.carry_out(cmd.Undo())
            trail.append(self.whole())
        for expected in trail[-2::-1]:
            self.editor.carry_out(cmd.Redo())
            assert self.whole() == expected

    @rule()
    def back(self) -> None:
        self.editor.carry_out(cmd.Undo())

    @rule()
    def forth(self) -> None:
        self.editor.carry_out(cmd.Redo())

    def told_undo(self) -> bool:
        """Whether the program says that there is something to take back."""
        marking: list[Any] = self.events.of(MarkingChanged)
        history: list[Any] = self.events.of(HistoryChanged)
        return any(told and told[-1].undo is not None for told in (marking, history))

    # --- what always holds --------------------------------------------------------------------

    @invariant()
    def memory_is_as_large_as_ever(self) -> None:
        assert self.objects.memory_bytes == BYTES_EACH * len(self.objects.ids)
        assert len(set(self.objects.ids)) == len(self.objects.ids)
        state = self.memory(self.objects.ids)
        assert all(torch.isfinite(t.float()).all() for t in state.tensors.values())


def same(a: EngineState, b: EngineState) -> bool:
    return a.ids == b.ids and all(torch.equal(t, b.tensors[name]) for name, t in a.tensors.items())


TestEditing: Any = Editing.TestCase
TestEditing.settings = settings(max_examples=40, stateful_step_count=16, deadline=None)
