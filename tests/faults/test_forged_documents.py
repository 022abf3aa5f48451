"""Sessions, settings and marks that were damaged or forged: taken, or refused with a message."""

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from mutations import mutated_bytes, mutated_documents, safetensors_file, safetensors_parts

from app.errors import SettingsError
from app.pipeline.saved_session import SavedSession, load_session, save_session
from app.pipeline.style import ObjectStyle
from app.prompts_file import ObjectPrompts, PromptsFile, load_prompts, parse_prompts, prompts_text
from app.settings import Settings, parse_settings, settings_text
from app.settings_file import SettingsFile
from swem_core.engine.state import TENSORS, EngineState
from swem_core.errors import PromptError
from swem_core.segment.prompts import Box, Brush, Click, Lasso, Scribble

SAME_FOLDER = settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
STROKE = ((1.0, 2.0), (5.0, 6.0), (9.0, 3.0))
MARKS = PromptsFile(
    (90, 160),
    (
        ObjectPrompts(2, (Click(3, 4), Scribble(STROKE, False)), "dog", (1, 2, 3)),
        ObjectPrompts(3, (Box(1, 2, 30, 40), Lasso(STROKE), Brush(STROKE, 4.0))),
    ),
)
SESSION = SavedSession(
    "clip.mp4",
    position_s=12.5,
    objects={2: ObjectStyle("dog", (1, 2, 3), False)},
    locked=frozenset({2}),
    marks=MARKS,
    memory=EngineState("lite", (2, 7), {name: torch.full((2, 3), 0.5) for name in TENSORS}),
)
SETTINGS = Settings(
    recent=("talk.mp4",), shortcuts={"freeze": ("F", "Space")}, window={"view/opacity": 0.3}
)
MARKS_DOCUMENT = json.loads(prompts_text(MARKS))
SETTINGS_DOCUMENT = json.loads(settings_text(SETTINGS))


def assert_tells(error: Exception, *words: str) -> None:
    """A person can read it: on any terminal, in one breath."""
    text = str(error)
    assert all(word in text for word in words) and len(text) < 2000
    assert text.encode("utf-8"), "no half of a surrogate pair, at which printing fails"


def encoded(document: Any) -> bytes:
    return json.dumps(document).encode()


@SAME_FOLDER
@given(mutated_documents(MARKS_DOCUMENT))
def test_forged_marks(document: Any) -> None:
    try:
        found = parse_prompts(encoded(document))
    except PromptError as error:
        assert_tells(error)
    else:
        assert parse_prompts(prompts_text(found).encode()) == found


@SAME_FOLDER
@given(mutated_bytes(prompts_text(MARKS).encode()))
def test_damaged_marks(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "marks.json"
    path.write_bytes(data)
    try:
        load_prompts(path)
    except PromptError as error:
        assert_tells(error, "marks.json")


@SAME_FOLDER
@given(mutated_documents(SETTINGS_DOCUMENT))
@example({**SETTINGS_DOCUMENT, "window": {"view/opacity": "\ud800"}})
def test_forged_settings(document: Any) -> None:
    try:
        found, complaints = parse_settings(encoded(document))
    except SettingsError as error:
        assert_tells(error)
        return
    for complaint in complaints:
        assert_tells(SettingsError(complaint))
    again = settings_text(found).encode("ascii")
    assert parse_settings(again) == (found, ()), "what was taken can be kept"


@SAME_FOLDER
@given(mutated_bytes(settings_text(SETTINGS).encode()))
def test_damaged_settings(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(data)
    file = SettingsFile.open(path)
    if file.notice:  # else the damage changed nothing that matters
        assert_tells(SettingsError(file.notice))
        assert (tmp_path / "settings.json.bak").read_bytes() == data


@pytest.fixture(scope="module")
def session_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("session") / "a.swemlive"
    save_session(path, SESSION)
    return path.read_bytes()


def try_session(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    try:
        found = load_session(path)
    except SettingsError as error:
        assert_tells(error, path.name)
    else:
        assert found.source and (found.memory is None or isinstance(found.memory, EngineState))


@SAME_FOLDER
@given(data=st.data())
def test_damaged_sessions(tmp_path: Path, session_file: bytes, data: st.DataObject) -> None:
    try_session(tmp_path / "a.swemlive", data.draw(mutated_bytes(session_file)))


@SAME_FOLDER
@given(data=st.data())
def test_forged_notes_of_sessions(tmp_path: Path, session_file: bytes, data: st.DataObject) -> None:
    header, tensors = safetensors_parts(session_file)
    note = data.draw(mutated_documents(json.loads(header["__metadata__"]["note"])))
    header["__metadata__"]["note"] = json.dumps(note)
    try_session(tmp_path / "a.swemlive", safetensors_file(header, tensors))


@SAME_FOLDER
@given(data=st.data())
def test_forged_headers_of_sessions(
    tmp_path: Path, session_file: bytes, data: st.DataObject
) -> None:
    header, tensors = safetensors_parts(session_file)
    forged = data.draw(mutated_documents(header))
    try_session(tmp_path / "a.swemlive", safetensors_file(forged, tensors))


@pytest.mark.parametrize("ids", ["[" * 100_000, "9" * 10_000, "[1, 1]", "[true]", '"2"', "[2]"])
def test_ids_that_are_none(tmp_path: Path, session_file: bytes, ids: str) -> None:
    header, tensors = safetensors_parts(session_file)
    header["__metadata__"]["ids"] = ids
    path = tmp_path / "a.swemlive"
    path.write_bytes(safetensors_file(header, tensors))
    with pytest.raises(SettingsError, match=r"a\.swemlive"):
        load_session(path)
