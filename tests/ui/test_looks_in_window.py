"""Any sequence of hiding, showing alone, renaming, recolouring, locking, and taking it back,
between the window's state and the real editor, whose answers come as late as they like."""

from dataclasses import replace
from typing import Any

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.pipeline import events
from app.pipeline.editing import commands as cmd
from app.pipeline.editing.editor import Editor
from app.pipeline.editing.history import StyleEdit
from app.pipeline.editing.tracked_objects import TrackedObjects
from app.pipeline.frames import Segmented
from app.pipeline.loading import Loaded
from app.pipeline.palettes import Color, Palette
from app.pipeline.style import ObjectStyle, ViewStyle, differing
from app.ui.state.live_editing import LiveEditing
from app.ui.state.looks import Looks
from swem_core.errors import SwemError
from swem_core.types import ObjectId

ALL = (1, 2, 3)
IDS = st.sampled_from(ALL)


class Session:
    """An editor without an engine; what it is asked for is done when the machine says so."""

    newest: Segmented | None = None

    def __init__(self) -> None:
        self.waiting: list[cmd.Edit] = []
        self.told: list[events.Event] = []
        self.editor = Editor(TrackedObjects(self.told.append), self, self.told.append, self.ready)

    def ready(self) -> Loaded:
        raise SwemError("There is no engine.")

    def show(self, segmented: Segmented) -> None:
        raise AssertionError("There is no picture.")

    def restyled(self, object_id: ObjectId, before: ObjectStyle, after: ObjectStyle) -> None:
        self.waiting.append(cmd.Restyle(object_id, before, after))

    def set_locked(self, object_id: ObjectId, locked: bool) -> None:
        self.waiting.append(cmd.SetLocked(object_id, locked))


class LooksOfObjects(RuleBasedStateMachine):
    """A person at random at the rows of three objects."""

    @initialize()
    def start(self) -> None:
        self.session = Session()
        self.looks = Looks(ViewStyle())
        self.live = LiveEditing(
            lambda: self.session,  # type: ignore[arg-type, return-value]
            *(None, None),  # type: ignore[arg-type]
            corrects=True,
        )
        self.looks.edited.connect(self.live.restyled)

    # --- what there is ------------------------------------------------------------------------

    def styles(self) -> dict[ObjectId, ObjectStyle]:
        return {i: self.looks.of(i) for i in ALL}

    def seen(self) -> set[ObjectId]:
        return {i for i in ALL if self.looks.chosen.shows(i)}

    def whole(self) -> tuple[object, ...]:
        return self.styles(), self.looks.chosen.solo, self.live.locked

    def change(self, object_id: ObjectId, field: str, value: Any) -> None:
        """Of one object one thing changes, at once, whatever is still under way."""
        before, solo = self.styles(), self.looks.chosen.solo
        looks = self.looks
        setters: Any = {"name": looks.rename, "color": looks.recolor, "visible": looks.set_visible}
        setters[field](object_id, value)
        assert self.styles() == {**before, object_id: replace(before[object_id], **{field: value})}
        assert looks.chosen.solo == solo

    # --- what is done -------------------------------------------------------------------------

    @rule(object_id=IDS, name=st.sampled_from(["Tom", "Kim"]))
    def rename(self, object_id: ObjectId, name: str) -> None:
        self.change(object_id, "name", name)

    @rule(object_id=IDS, color=st.sampled_from([(250, 0, 1), (1, 250, 0)]))
    def recolor(self, object_id: ObjectId, color: Color) -> None:
        self.change(object_id, "color", color)

    @rule(object_id=IDS, visible=st.booleans())
    def hide(self, object_id: ObjectId, visible: bool) -> None:
        self.change(object_id, "visible", visible)

    @rule(object_id=st.none() | IDS)
    def solo(self, object_id: ObjectId | None) -> None:
        before = self.whole()
        self.looks.set_solo(object_id)
        assert self.whole() == (before[0], object_id, before[2])

    @rule(object_ids=st.lists(IDS, min_size=1, max_size=3))
    def solo_and_back(self, object_ids: list[ObjectId]) -> None:
        """Alone, another one alone, all again: as many are seen as before."""
        self.looks.set_solo(None)
        before = self.seen()
        for object_id in object_ids:
            self.looks.set_solo(object_id)
            assert self.seen() == {object_id}
        self.looks.set_solo(None)
        assert self.seen() == before

    @rule(object_id=IDS, locked=st.booleans())
    def lock(self, object_id: ObjectId, locked: bool) -> None:
        before = self.styles()
        self.live.set_locked(object_id, locked)
        assert self.styles() == before

    @rule(palette=st.sampled_from(Palette))
    def palette(self, palette: Palette) -> None:
        before = self.styles()
        self.looks.set_palette(palette)
        for i, style in self.styles().items():
            assert (style.name, style.visible) == (before[i].name, before[i].visible)

    @rule(command=st.sampled_from([cmd.Undo(), cmd.Redo()]))
    def back_or_forth(self, command: cmd.Edit) -> None:
        self.session.waiting.append(command)

    @rule(count=st.integers(1, 3))
    def answer(self, count: int) -> None:
        for command in self.session.waiting[:count]:
            self.session.editor.carry_out(command)
        del self.session.waiting[:count]
        for event in self.session.told:
            match event:
                case events.ObjectRestyled():
                    self.looks.amend(event.object_id, self.live.not_overtaken(event))
                case events.LocksChanged() | events.HistoryChanged():
                    self.live.on_event(event)
        self.session.told.clear()

    def answer_all(self) -> None:
        while self.session.waiting:
            self.answer(len(self.session.waiting))

    @rule(count=st.integers(1, 4))
    def there_and_back(self, count: int) -> None:
        """As many steps forward as back: nothing is different."""
        self.answer_all()
        trail = [self.whole()]
        for _ in range(count):
            if self.live.undo is None:
                break
            (touched,) = self.live.undo.ids
            before = self.styles()
            self.session.waiting.append(cmd.Undo())
            self.answer_all()
            assert all(self.looks.of(i) == before[i] for i in ALL if i != touched)
            trail.append(self.whole())
        for expected in trail[-2::-1]:
            self.session.waiting.append(cmd.Redo())
            self.answer_all()
            assert self.whole() == expected

    # --- what always holds --------------------------------------------------------------------

    @invariant()
    def alone_is_alone(self) -> None:
        solo = self.looks.chosen.solo
        visible = {i for i in ALL if self.looks.of(i).visible}
        assert self.seen() == (visible if solo is None else {solo})

    @precondition(lambda self: not self.session.waiting)
    @invariant()
    def what_can_be_taken_back_is_seen(self) -> None:
        """Nothing that came late has put itself over what the person did last."""
        done = self.session.editor._objects._history._done
        last = {
            (edit.object_id, name): value
            for edit in done
            if isinstance(edit, StyleEdit)
            for name, value in differing(edit.there, edit.here).items()
        }
        assert all(getattr(self.looks.of(i), name) == value for (i, name), value in last.items())


TestLooksOfObjects: Any = LooksOfObjects.TestCase
TestLooksOfObjects.settings = settings(max_examples=100, stateful_step_count=20, deadline=None)
