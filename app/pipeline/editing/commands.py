"""What the engine thread is asked to do: immutable messages, carried out between two frames."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from app.pipeline.frames import Segmented
from app.pipeline.saved_session import SavedSession
from app.pipeline.style import ObjectStyle
from app.prompts_file import PromptsFile
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
class Correct:
    """A prompt for a tracked object on the running picture. ``shown``: what the person saw."""

    object_id: ObjectId
    prompt: Prompt
    shown: Segmented


@dataclass(frozen=True, slots=True)
class RemovePrompt:
    """Take this very prompt on the frozen frame back, or else the last one that is equal."""

    object_id: ObjectId
    prompt: Prompt


@dataclass(frozen=True, slots=True)
class ImportMarks:
    """Mark the frozen frame with what files say, see :mod:`app.pipeline.editing.marks_files`."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Undo:
    """Take the last prompt on a frozen frame back, or else the last edit."""


@dataclass(frozen=True, slots=True)
class Redo:
    """Give what was taken back last again."""


@dataclass(frozen=True, slots=True)
class SetLocked:
    """Keep an object's memory as it is, or let it learn again."""

    object_id: ObjectId
    locked: bool


@dataclass(frozen=True, slots=True)
class Restyle:
    """An object looks different now: note it, so that it can be taken back."""

    object_id: ObjectId
    before: ObjectStyle
    after: ObjectStyle


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
class SaveSession:
    """Write all there is into a file. ``session``: what only the window knows. ``is_automatic``:
    nobody asked, so nothing is said, and nothing written where there is nothing to lose."""

    path: Path
    session: SavedSession
    is_automatic: bool


@dataclass(frozen=True, slots=True)
class Resume:
    """Take up a saved session, before the first frame."""

    session: SavedSession


@dataclass(frozen=True, slots=True)
class GiveMarks:
    """Mark the frozen frame as it was marked before."""

    marks: PromptsFile


@dataclass(frozen=True, slots=True)
class SetPaused:
    """Take no further frames (of a file), or go on."""

    paused: bool


@dataclass(frozen=True, slots=True)
class Seek:
    """Go on from ``seconds`` on the file's clock; a frame that is held is let go."""

    seconds: float


@dataclass(frozen=True, slots=True)
class SetTarget:
    """Keep this many masks per second; None: every frame in full, however long it takes."""

    fps: float | None


Edit: TypeAlias = (
    Freeze
    | SetActive
    | AddPrompt
    | Correct
    | RemovePrompt
    | ImportMarks
    | Undo
    | Redo
    | Accept
    | Cancel
    | SetLocked
    | Restyle
    | RemoveObject
    | Reset
    | SaveSession
    | Resume
    | GiveMarks
)
Command: TypeAlias = Edit | SetPaused | Seek | SetTarget
