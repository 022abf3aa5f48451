"""A session in a file: what was looked at, the objects, and what the tracker knew of them.

The file is safetensors, which holds numbers and text and nothing that could run; the text is JSON
whose every value is checked. It names one source, which is opened as if a person had typed it.
"""

import json
import math
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from safetensors import SafetensorError
from safetensors.torch import save_file

from app.checked_json import Node, parse_json
from app.errors import SettingsError
from app.pipeline.style import ObjectStyle
from app.prompts_file import PromptsFile, parse_prompts, prompts_text
from swem_core.engine.state import EngineState, read_note
from swem_core.errors import PromptError, StateError
from swem_core.types import MAX_OBJECT_ID, ObjectId

SUFFIX: Final = ".swemlive"
VERSION: Final = 1
MAX_BYTES: Final = 1024**3
MAX_HEADER: Final = 8 * 1024**2
MAX_TEXT: Final = 4096
MAX_NAME: Final = 100
MAX_SECONDS: Final = 1e9
_NETWORK_SHARES: Final = ("\\\\", "//")


@dataclass(frozen=True, slots=True)
class SavedSession:
    """``source``: text that opens it. ``is_incomplete``: the address had a password, which is not
    kept. ``position_s``: of the frame shown last, on its file's own clock. ``objects``: their
    looks. ``marks``: on the frozen frame, if one was. ``memory``: None if nothing was tracked.
    """

    source: str
    is_incomplete: bool = False
    position_s: float | None = None
    objects: Mapping[ObjectId, ObjectStyle] = field(default_factory=dict)
    locked: frozenset[ObjectId] = frozenset()
    marks: PromptsFile | None = None
    memory: EngineState | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been marked yet."""
        return self.marks is None and (self.memory is None or not self.memory.ids)


def save_session(path: Path, session: SavedSession) -> None:
    """Write the file in one step, replacing an old one. Raises SettingsError."""
    note = json.dumps(_document(session), ensure_ascii=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, session.memory, note)
    except (OSError, SafetensorError) as error:
        raise SettingsError(
            f"The session cannot be saved to {path} ({error}). "
            "Choose a folder that may be written to and has space."
        ) from error


def _write(path: Path, memory: EngineState | None, note: str) -> None:
    beside = path.with_name(f".{uuid.uuid4().hex}.tmp")
    try:
        if memory is not None:
            memory.save(beside, note)
        else:
            save_file({}, beside, metadata={"note": note})
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def load_session(path: Path) -> SavedSession:
    """Read and check a file. Raises SettingsError that names the file and what is wrong."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SettingsError("it is too large for a session.")
        note = read_note(path).encode("utf-8", "surrogatepass")
        if len(note) > MAX_HEADER:
            raise SettingsError("its description is too long.")
        session, has_memory = _session(parse_json(note, SettingsError))
        return replace(session, memory=_memory(path) if has_memory else None)
    except OSError as error:
        raise SettingsError(f"The session {path} cannot be read ({error.strerror}).") from error
    except (SettingsError, StateError, PromptError) as error:
        raise SettingsError(f"The session {path} cannot be used: {error}") from error


def _memory(path: Path) -> EngineState:
    memory = EngineState.load(path)
    if not all(bool(tensor.isfinite().all()) for tensor in memory.tensors.values()):
        raise StateError("its memory holds values that are no numbers.")
    return memory


def _document(session: SavedSession) -> dict[str, Any]:
    document: dict[str, Any] = {
        "version": VERSION,
        "source": session.source,
        "is_incomplete": session.is_incomplete,
        "objects": [
            {"id": i, "name": look.name, "color": look.color, "visible": look.visible}
            for i, look in sorted(session.objects.items())
        ],
        "locked": sorted(session.locked),
        "has_memory": session.memory is not None,
    }
    if session.position_s is not None and math.isfinite(session.position_s):
        document["position_s"] = session.position_s
    if session.marks is not None:
        document["marks"] = json.loads(prompts_text(session.marks))
    return document


def _session(root: Node) -> tuple[SavedSession, bool]:
    required = ("version", "source", "is_incomplete", "objects", "locked", "has_memory")
    fields = root.fields(*required, optional=("position_s", "marks"))
    fields["version"].integer(VERSION, VERSION)
    source = fields["source"].text(MAX_TEXT)
    if source.startswith(_NETWORK_SHARES):
        raise fields["source"].error("a session does not open files of other computers by itself")
    position, marks = fields.get("position_s"), fields.get("marks")
    objects = fields["objects"].items(0, MAX_OBJECT_ID)
    locked = fields["locked"].items(0, MAX_OBJECT_ID)
    session = SavedSession(
        source,
        fields["is_incomplete"].flag(),
        position.number(-MAX_SECONDS, MAX_SECONDS) if position else None,
        dict(map(_look, objects)),
        frozenset(node.integer(1, MAX_OBJECT_ID) for node in locked),
        parse_prompts(json.dumps(marks.value).encode()) if marks else None,
    )
    return session, fields["has_memory"].flag()


def _look(node: Node) -> tuple[ObjectId, ObjectStyle]:
    fields = node.fields("id", "name", "color", "visible")
    red, green, blue = (part.integer(0, 255) for part in fields["color"].items(3, 3))
    style = ObjectStyle(fields["name"].text(MAX_NAME), (red, green, blue), fields["visible"].flag())
    return fields["id"].integer(1, MAX_OBJECT_ID), style
