"""What the engine thread is asked to do: immutable messages, carried out between two frames."""

from dataclasses import dataclass
from typing import TypeAlias

from app.pipeline.frames import Segmented
from swem_core.segment.prompts import Prompt
from swem_core.types import ObjectId


@dataclass(frozen=True, slots=True)
class Freeze:
    """Hold this frame for marking. ``shown``: what the person sees."""

    shown: Segmented


@dataclass(frozen=True, slots=True)
class SetActive:
    """Prompts go to this object from now on."""

    object_id: ObjectId


@dataclass(frozen=True, slots=True)
class AddPrompt:
    """A prompt on the frozen frame for the active object."""

    prompt: Prompt


@dataclass(frozen=True, slots=True)
class Undo:
    """Take the last prompt back."""


@dataclass(frozen=True, slots=True)
class Redo:
    """Give the last prompt taken back again."""


@dataclass(frozen=True, slots=True)
class Accept:
    """Track what is marked, from the frozen frame on."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """Drop what is marked and go on as before."""


@dataclass(frozen=True, slots=True)
class RemoveObject:
    """Stop tracking one object."""

    object_id: ObjectId


@dataclass(frozen=True, slots=True)
class Reset:
    """Stop tracking all objects."""


@dataclass(frozen=True, slots=True)
class SetPaused:
    """Take no further frames (of a file), or go on."""

    paused: bool


Command: TypeAlias = (
    Freeze
    | SetActive
    | AddPrompt
    | Undo
    | Redo
    | Accept
    | Cancel
    | RemoveObject
    | Reset
    | SetPaused
)
