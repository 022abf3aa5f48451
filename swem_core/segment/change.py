"""The difference between two states of a marking, for the label of the undo button."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from swem_core.segment.prompts import Prompt
from swem_core.types import ObjectId


class HasPrompts(Protocol):
    """One object's part of a state; compares equal if nothing has changed."""

    @property
    def given(self) -> tuple[tuple[int, Prompt], ...]:
        """Its prompts, each with its rank among all objects' prompts."""
        ...


@dataclass(frozen=True, slots=True)
class Change:
    """One undoable change. ``ids``: the objects concerned. ``added``, ``removed``: prompts; both
    are empty if masks were placed."""

    ids: tuple[ObjectId, ...]
    added: tuple[Prompt, ...] = ()
    removed: tuple[Prompt, ...] = ()


def change_between(
    before: Mapping[ObjectId, HasPrompts], after: Mapping[ObjectId, HasPrompts]
) -> Change:
    """The change that leads from one state to another."""
    ids = tuple(i for i in {**before, **after} if before.get(i) != after.get(i))
    given = [
        dict(g for i in ids if i in state for g in state[i].given) for state in (before, after)
    ]
    old, new = given
    added = tuple(prompt for rank, prompt in new.items() if rank not in old)
    return Change(ids, added, tuple(prompt for rank, prompt in old.items() if rank not in new))
