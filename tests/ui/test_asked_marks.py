"""What is asked for ahead of the session: equal marks, undo of a removal, pictures skipped."""

import pytest
from ui_fakes import FakeSession, rendered

from app.pipeline.events import EditKind, Step
from app.pipeline.frames import Draft
from app.ui.state.asked_marks import Mark
from app.ui.state.marking import Marking
from swem_core.segment.prompts import Box, Click


@pytest.fixture
def marking(session: FakeSession) -> Marking:
    marking = Marking(lambda: session)
    marking.freeze(rendered(0).segmented)
    return marking


def shown(marking: Marking, *given: Mark) -> tuple[Mark, ...]:
    """All the marks on a picture of the session that knows of ``given``."""
    picture = rendered(0, Draft(1, {}, given))
    assert marking.admits(picture)
    return marking.marks_on(picture.segmented).all


def test_of_two_equal_marks_undo_takes_one(marking: Marking) -> None:
    for _ in range(2):
        marking.prompt(Box(10, 10, 60, 50))
    first, second = marking.pending
    marking.undo()
    assert marking.pending == (first,)
    assert shown(marking, first) == (first,)
    assert shown(marking, first, second) == (first,), "drawn before the session knew"
    assert shown(marking, first) == (first,)


def test_a_mark_given_again_waits_for_its_own_picture(marking: Marking) -> None:
    for _ in range(2):
        marking.prompt(Click(30, 30))
    assert len(shown(marking, marking.pending[0])) == 2


def test_undo_after_a_removal_takes_no_mark_away(marking: Marking, session: FakeSession) -> None:
    old: Mark = (1, Click(30, 30))
    assert shown(marking, old) == (old,)
    marking.prompt(Click(90, 60))
    (new,) = marking.pending
    marking.remove_mark(old)
    assert marking.next_undo is None, "only the session knows, and has not said it yet"
    marking.undo()
    shown(marking, old, new)
    shown(marking, new)  # the session has carried out the removal, and then the undo
    assert shown(marking, old, new) == (old, new)
    assert session.names()[-1] == "undo"


def test_a_removed_mark_comes_back_though_no_picture_was_without_it(marking: Marking) -> None:
    mark: Mark = (1, Click(30, 30))
    assert shown(marking, mark) == (mark,)
    marking.remove_mark(mark)
    assert shown(marking, mark) == ()
    marking.undo()
    assert shown(marking, mark) == (mark,)


def test_after_an_import_the_session_says_what_undo_takes(marking: Marking) -> None:
    marking.prompt(Click(30, 30))
    (mark,) = marking.pending
    assert marking.next_undo == Step(EditKind.CLICK, (1,))
    marking.import_marks(())
    marking.undo()
    assert shown(marking, mark) == (mark,)
