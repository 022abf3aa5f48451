"""Session files: what goes in comes out, and nothing else gets in."""

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file

from app.errors import SettingsError
from app.pipeline.saved_session import SavedSession, load_session, save_session
from app.pipeline.style import ObjectStyle
from app.prompts_file import ObjectPrompts, PromptsFile
from swem_core.engine.state import EngineState
from swem_core.segment.prompts import Click, Scribble

MARKS = PromptsFile(
    (90, 160),
    (ObjectPrompts(2, (Click(3, 4, True), Scribble(((1, 2), (5, 6)), False)), "dög", (1, 2, 3)),),
)
LOOKS = {2: ObjectStyle("dög", (1, 2, 3), False), 7: ObjectStyle("x", (255, 0, 0))}


def memory(value: float = 0.5) -> EngineState:
    shapes = {"kappa": (2, 3, 4), "nu": (2, 3, 5), "zeta": (2, 3), "writes": (2,)}
    return EngineState("lite", (2, 7), {n: torch.full(s, value) for n, s in shapes.items()})


FULL = SavedSession("clip.mp4", False, 12.5, LOOKS, frozenset({7}), MARKS, memory())


def test_everything_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.swemlive"
    save_session(path, FULL)
    again = load_session(path)
    for name in ("source", "is_incomplete", "position_s", "objects", "locked", "marks"):
        assert getattr(again, name) == getattr(FULL, name), name
    assert again.memory is not None and again.memory.ids == (2, 7)
    assert all(torch.equal(t, memory().tensors[n]) for n, t in again.memory.tensors.items())
    assert [each.name for each in path.parent.iterdir()] == ["a.swemlive"]


def test_a_session_without_memory_or_marks(tmp_path: Path) -> None:
    path = tmp_path / "a.swemlive"
    save_session(path, SavedSession("rtsp://cam/1", is_incomplete=True))
    assert load_session(path) == SavedSession("rtsp://cam/1", is_incomplete=True)
    assert load_session(path).is_empty and not FULL.is_empty


def rewritten(path: Path, **changes: Any) -> None:
    save_session(path, SavedSession("clip.mp4"))
    document = {
        "version": 1,
        "source": "clip.mp4",
        "is_incomplete": False,
        "objects": [],
        "locked": [],
        "has_memory": False,
    }
    save_file({}, path, metadata={"note": json.dumps(document | changes)})


LOOK = {"id": 1, "name": "a", "color": [1, 2, 3], "visible": True}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"version": 2}, "version"),
        ({"source": ""}, "source"),
        ({"source": "x" * 5000}, "source"),
        ({"source": "\\\\server\\share\\a.mp4"}, "other computers"),
        ({"source": "//server/share/a.mp4"}, "other computers"),
        ({"source": "a\nb"}, "source"),
        ({"objects": [LOOK] * 300}, "objects"),
        ({"objects": [LOOK | {"id": 0}]}, r"objects\[0\].id"),
        ({"objects": [LOOK | {"color": [1, 2, 999]}]}, "color"),
        ({"locked": ["1"]}, "locked"),
        ({"position_s": 1e300}, "position_s"),
        ({"marks": {"format": "x"}}, "lacks"),
        ({"execute": "rm"}, "execute"),
        ({"has_memory": True}, "not a state"),
    ],
)
def test_what_is_refused(tmp_path: Path, changes: dict[str, Any], told: str) -> None:
    path = tmp_path / "a.swemlive"
    rewritten(path, **changes)
    with pytest.raises(SettingsError, match=told) as caught:
        load_session(path)
    assert "a.swemlive" in str(caught.value)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 a zip", b"\xff" * 64, b"\x80\x04}\x94."])
def test_other_files_are_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.swemlive"
    path.write_bytes(data)
    with pytest.raises(SettingsError, match=r"a\.swemlive"):
        load_session(path)
    with pytest.raises(SettingsError):
        load_session(tmp_path / "missing.swemlive")


def test_a_memory_of_no_numbers_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.swemlive"
    save_session(path, SavedSession("clip.mp4", memory=memory(float("nan"))))
    with pytest.raises(SettingsError, match="no numbers"):
        load_session(path)


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SettingsError, match="Choose a folder"):
        save_session(tmp_path / "file" / "a.swemlive", FULL)
