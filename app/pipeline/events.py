"""What the pipeline tells whoever shows it: small immutable facts, never frames.

They arrive on worker threads through ``Listener``; a GUI hands them on to its own thread.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TypeAlias

from app.pipeline.recording.formats import Conversion
from app.pipeline.sources.base import SourceInfo
from app.pipeline.style import ObjectStyle
from swem_core.segment.prompts import Prompt
from swem_core.types import ObjectId


class Level(Enum):
    """How serious a notice is."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the person: what happened and what to do."""

    level: Level
    text: str


@dataclass(frozen=True, slots=True)
class SourceOpened:
    """The first frame is on its way."""

    info: SourceInfo


@dataclass(frozen=True, slots=True)
class SourceLost:
    """A live source has stopped; it is opened again in ``retry_s`` seconds."""

    text: str
    retry_s: float


@dataclass(frozen=True, slots=True)
class SourceEnded:
    """A file is finished (``frames`` read), or a source failed for good (a Notice says why)."""

    frames: int


@dataclass(frozen=True, slots=True)
class EngineReady:
    """The network is loaded and warm. ``device`` and ``model`` are names for people. ``clicks``:
    the click network is there; without it, a box is the best first mark."""

    model: str
    device: str
    clicks: bool = True


class EditKind(Enum):
    """What a change was, for the words on the buttons that undo and redo it."""

    CLICK = "click"
    SCRIBBLE = "scribble"
    BOX = "box"
    LASSO = "lasso"
    BRUSH = "brush"
    ERASER = "eraser"
    MARK_REMOVED = "mark removed"
    IMPORTED = "imported"
    MARKED = "marked"
    CORRECTED = "corrected"
    REMOVED = "removed"
    RENAMED = "renamed"
    RECOLORED = "recoloured"
    SHOWN = "shown or hidden"
    RESTYLED = "restyled"
    LOCKED = "locked or unlocked"


@dataclass(frozen=True, slots=True)
class Step:
    """A change that can be undone or redone, and the objects it concerns."""

    kind: EditKind
    ids: tuple[ObjectId, ...]


@dataclass(frozen=True, slots=True)
class MarkingChanged:
    """The state of marking, after any change.

    ``frozen``: a frame is held for marking. ``active``: object that prompts go to.
    ``touched``: objects with a draft mask that ``accept`` would track. ``undo``, ``redo``: changes
    of the marks on the held frame.
    """

    frozen: bool
    active: ObjectId
    touched: tuple[ObjectId, ...]
    undo: Step | None = None
    redo: Step | None = None


@dataclass(frozen=True, slots=True)
class ObjectsChanged:
    """The tracked objects, in the order they were added."""

    ids: tuple[ObjectId, ...]


@dataclass(frozen=True, slots=True)
class LostChanged:
    """Tracked objects that are out of sight; their memory is kept until they are back."""

    lost: frozenset[ObjectId]


@dataclass(frozen=True, slots=True)
class LocksChanged:
    """Objects that take no prompts and whose memory stays as it is."""

    locked: frozenset[ObjectId]


@dataclass(frozen=True, slots=True)
class HistoryChanged:
    """What undo and redo would concern; None where there is nothing."""

    undo: Step | None
    redo: Step | None


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction of the running picture was carried out: the masks know of it now.

    ``number``: counts from 1; pictures with as many corrections or more show what it did.
    """

    object_id: ObjectId
    prompt: Prompt
    number: int


@dataclass(frozen=True, slots=True)
class CatchingUp:
    """After a held frame of a live source: ``left`` of ``total`` frames are still to be tracked."""

    left: int
    total: int


@dataclass(frozen=True, slots=True)
class ObjectsStyled:
    """Names and colours that came with prompts."""

    objects: Mapping[ObjectId, ObjectStyle]


@dataclass(frozen=True, slots=True)
class ObjectRestyled:
    """Undo or redo has changed what differs between the two styles of an object, no more.

    ``restyles``: how many of the person's own changes had been heard of by then.
    """

    object_id: ObjectId
    before: ObjectStyle
    after: ObjectStyle
    restyles: int


@dataclass(frozen=True, slots=True)
class RecordingStarted:
    """``path`` now grows on disk."""

    path: Path


@dataclass(frozen=True, slots=True)
class RecordingStopped:
    """``path`` is complete and closed. ``error``: None, or why it ended early (still readable).

    If a recording could not even begin, no RecordingStarted precedes this.
    ``files``: all files and folders that are complete now. ``continues``: the recording goes on in
    another part, whose RecordingStarted follows. ``conversion``: what is to be made of them now.
    """

    path: Path
    frames: int
    dropped: int
    seconds: float
    error: str | None = None
    files: tuple[Path, ...] = ()
    continues: bool = False
    conversion: Conversion | None = None


@dataclass(frozen=True, slots=True)
class SnapshotSaved:
    """A picture of the view was written. ``files``: it, and its mask and cut-out, if any."""

    path: Path
    files: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplaySaved:
    """The replay buffer was saved as ``path``; ``files``: it, and the masks with it."""

    path: Path
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class ConversionProgress:
    """``path`` is being made; ``done`` 0..1."""

    path: Path
    done: float


@dataclass(frozen=True, slots=True)
class ConversionEnded:
    """``path`` is complete: the target, or the recording itself if it was cancelled or failed."""

    path: Path
    error: str | None = None


@dataclass(frozen=True, slots=True)
class SessionSaved:
    """A session file that the person asked for is complete."""

    path: Path


@dataclass(frozen=True, slots=True)
class StageFailed:
    """A stage has stopped on an error; the others still work. ``text`` says what to do."""

    stage: str
    text: str


Event: TypeAlias = (
    Notice
    | SourceOpened
    | SourceLost
    | SourceEnded
    | EngineReady
    | MarkingChanged
    | ObjectsChanged
    | LostChanged
    | LocksChanged
    | HistoryChanged
    | Corrected
    | CatchingUp
    | ObjectsStyled
    | ObjectRestyled
    | RecordingStarted
    | RecordingStopped
    | SnapshotSaved
    | SessionSaved
    | ReplaySaved
    | ConversionProgress
    | ConversionEnded
    | StageFailed
)

Listener: TypeAlias = Callable[[Event], None]
"""Called on worker threads; must return at once."""


def both(first: Listener, second: Listener) -> Listener:
    """A listener that hands every event to ``first``, then to ``second``."""

    def hear(event: Event) -> None:
        first(event)
        second(event)

    return hear
