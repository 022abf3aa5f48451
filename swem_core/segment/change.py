"""What tells two states of a marking apart, for the words on the button that takes it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from swem_core.segment.prompts import Prompt
from swem_core.types import ObjectId


class HasPrompts(Protocol):
    """One object's part of a state; equal if nothing has changed."""

    @property
    def given(self) -> tuple[tuple[int, Prompt], ...]:
        """Its prompts, each with its rank among all."""
        ...


@dataclass(frozen=True, slots=True)
class Change:
    """``ids``: the objects it concerns. ``added``, ``removed``: prompts; both are empty where masks
    were placed."""

    ids: tuple[ObjectId, ...]
    added: tuple[Prompt, ...] = ()
    removed: tuple[Prompt, ...] = ()


def change_between(
    before: Mapping[ObjectId, HasPrompts], after: Mapping[ObjectId, HasPrompts]
) -> Change:
    """From one state to another."""
    ids = tuple(i for i in {**before, **after} if before.get(i) != after.get(i))
    given = [
        dict(g for i in ids if i in state for g in state[i].given) for state in (before, after)
    ]
    old, new = given
    added = tuple(prompt for rank, prompt in new.items() if rank not in old)
    return Change(ids, added, tuple(prompt for rank, prompt in old.items() if rank not in new))
