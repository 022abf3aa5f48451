from dataclasses import replace

from fakes import Events, FakeEngine, some_mask

from app.pipeline.editing.history import LENGTH, History, LockEdit, StyleEdit
from app.pipeline.editing.tracked_objects import TrackedObjects
from app.pipeline.events import (
    EditKind,
    HistoryChanged,
    LocksChanged,
    ObjectRestyled,
    ObjectsChanged,
    Step,
)
from app.pipeline.style import ObjectStyle, ViewStyle
from swem_core.engine.paced import PacedEngine

CAT = ObjectStyle("Cat", (1, 2, 3))
FRAME = some_mask()[..., None].repeat(3, 2).astype("uint8")


def objects() -> tuple[TrackedObjects, Events]:
    events = Events()
    tracked = TrackedObjects(events)
    tracked.attach(PacedEngine(FakeEngine()))  # type: ignore[arg-type]
    return tracked, events


def test_one_history_in_the_order_things_were_done() -> None:
    tracked, events = objects()
    plain = ViewStyle().of(1)
    tracked.mark(FRAME, {1: some_mask(), 2: some_mask()}, EditKind.MARKED)
    tracked.restyle(1, plain, CAT)
    tracked.set_locked(2, True)
    tracked.remove([1])
    assert tracked.ids == (2,)
    tracked.undo()
    assert set(tracked.ids) == {1, 2}
    tracked.undo()
    assert events.of(LocksChanged)[-1] == LocksChanged(frozenset())
    tracked.undo()
    assert events.of(ObjectRestyled)[-1] == ObjectRestyled(1, CAT, plain, 1)
    tracked.undo()
    assert tracked.ids == () and events.of(ObjectsChanged)[-1] == ObjectsChanged(())
    assert events.of(HistoryChanged)[-1] == HistoryChanged(None, Step(EditKind.MARKED, (1, 2)))
    tracked.undo()  # nothing left
    for _ in range(4):
        tracked.redo()
    assert tracked.ids == (2,)
    assert events.of(ObjectRestyled)[-1] == ObjectRestyled(1, plain, CAT, 1)
    assert events.of(LocksChanged)[-1] == LocksChanged(frozenset({2}))
    assert events.of(HistoryChanged)[-1] == HistoryChanged(Step(EditKind.REMOVED, (1,)), None)


def test_a_new_edit_ends_what_could_be_made_again() -> None:
    tracked, events = objects()
    tracked.set_locked(1, True)
    tracked.undo()
    tracked.set_locked(3, True)
    assert events.of(HistoryChanged)[-1] == HistoryChanged(Step(EditKind.LOCKED, (3,)), None)


def test_trying_colours_is_one_edit_renaming_another() -> None:
    history, styles = History(), [replace(CAT, color=(i, i, i)) for i in range(5)]
    for before, after in zip([CAT, *styles], styles, strict=False):
        history.push(StyleEdit(1, before, after))
    renamed = replace(styles[-1], name="Tom")
    history.push(StyleEdit(1, styles[-1], renamed))
    undone: list[object] = []

    def swap(edit: object) -> LockEdit:
        undone.append(edit)
        return LockEdit(1, False)

    history.undo(swap)
    history.undo(swap)
    assert undone == [StyleEdit(1, styles[-1], renamed), StyleEdit(1, CAT, styles[-1])]
    assert history.next_undo is None


def test_the_oldest_edits_are_forgotten() -> None:
    history, undone = History(), []
    for index in range(LENGTH + 9):
        history.push(LockEdit(index + 1, False))
    while history.next_undo:
        history.undo(lambda edit: undone.append(edit) or edit)  # type: ignore[func-returns-value]
    assert len(undone) == LENGTH and undone[-1] == LockEdit(10, False)
