"""Marks given and taken back that no picture shows yet."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from swem_core.segment.prompts import Prompt
from swem_core.types import ObjectId

Mark: TypeAlias = tuple[ObjectId, Prompt]
"""A gesture. Two equal ones are two: the session hands back the very prompt it was given, and by
that they are told apart."""


@dataclass(frozen=True, slots=True)
class _Leaving:
    """A mark taken back. ``seen``: a picture has shown it since. ``by_undo``: only a redo brings it
    back; otherwise an undo does."""

    mark: Mark
    seen: bool
    by_undo: bool


@dataclass(frozen=True, slots=True)
class _Done:
    """A mark carried out. ``number``: of the correction that it was, None for a mark accepted."""

    mark: Mark
    number: int | None


class AskedMarks:
    """What the person asked for, ahead of the session. Pictures may be skipped, never overtaken."""

    def __init__(self) -> None:
        self._pending: tuple[Mark, ...] = ()
        self._undoable: tuple[Mark, ...] = ()  # those pending since which only marks were given
        self._leaving: tuple[_Leaving, ...] = ()
        self._done: tuple[_Done, ...] = ()
        self._seen = 0  # corrections that the pictures show

    @property
    def pending(self) -> tuple[Mark, ...]:
        """Given, in that order, and not shown yet."""
        return self._pending

    @property
    def next_undo(self) -> Mark | None:
        """The pending mark that an undo takes back; None where only the session knows what."""
        return self._undoable[-1] if self._undoable else None

    def settled(self, given: Iterable[Mark]) -> tuple[Mark, ...]:
        """Those of a picture's marks that nobody has taken back."""
        leaving = [one.mark for one in self._leaving]
        return tuple(mark for mark in given if not _is_among(mark, leaving))

    def give(self, mark: Mark) -> None:
        """Asked for."""
        self._pending = (*self._pending, mark)
        self._undoable = (*self._undoable, mark)

    def take_back(self, mark: Mark) -> None:
        """This one is not wanted any more, whenever it was given."""
        self._leave(mark, by_undo=False)
        self._undoable = ()  # an undo would give it again

    def undo(self) -> None:
        """The last change is taken back."""
        if self._undoable:
            self._leave(self._undoable[-1], by_undo=True)
        else:
            self._pending = ()
            self._leaving = tuple(one for one in self._leaving if one.by_undo)

    def redo(self) -> None:
        """It is made again."""
        self.forget()

    def accept(self) -> None:
        """To be tracked as marked; an undo would now take that back."""
        self._undoable = ()

    def accepted(self) -> None:
        """All marks have become tracked objects, which the next picture shows."""
        self._undoable, self._leaving = (), ()
        self._done = (*self._done, *(_Done(mark, None) for mark in self._pending))

    def saw(self, corrections: int, *, tracked: bool) -> None:
        """A picture came that shows so many corrections; ``tracked``: and what was accepted."""
        self._seen = max(self._seen, corrections)
        shown = [
            one.mark
            for one in self._done
            if (tracked if one.number is None else one.number <= self._seen)
        ]
        self._done = tuple(one for one in self._done if not _is_among(one.mark, shown))
        self._keep_pending(lambda mark: not _is_among(mark, shown))

    def leave_it_to_the_session(self) -> None:
        """Something else was asked for: which of the pending ones count, only its answer shows."""
        self._pending = self._undoable = ()

    def forget(self) -> None:
        """Nothing is asked for that no picture shows."""
        self._pending, self._undoable, self._leaving, self._done = (), (), (), ()

    def settle(self, given: tuple[Mark, ...]) -> None:
        """A picture came with these marks."""
        self._keep_pending(lambda mark: not _is_among(mark, given))
        leaving = [(one, _is_among(one.mark, given)) for one in self._leaving]
        self._leaving = tuple(
            replace(one, seen=is_there) for one, is_there in leaving if is_there or not one.seen
        )

    def carried_out(self, mark: Mark, number: int) -> None:
        """What this one did is in the pictures that show ``number`` corrections, without its name.
        Until one comes it stays, or for a moment neither would be seen."""
        self._undoable = tuple(one for one in self._undoable if one[1] is not mark[1])
        self._done = (*self._done, _Done(mark, number))
        self.saw(0, tracked=False)

    def _leave(self, mark: Mark, *, by_undo: bool) -> None:
        seen = not _is_among(mark, self._pending)
        self._leaving = (*self._leaving, _Leaving(mark, seen, by_undo))
        self._keep_pending(lambda one: one[1] is not mark[1])

    def _keep_pending(self, is_kept: Callable[[Mark], bool]) -> None:
        self._pending = tuple(mark for mark in self._pending if is_kept(mark))
        self._undoable = tuple(mark for mark in self._undoable if is_kept(mark))


def _is_among(mark: Mark, marks: Iterable[Mark]) -> bool:
    return any(one[1] is mark[1] for one in marks)
