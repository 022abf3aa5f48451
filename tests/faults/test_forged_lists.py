"""Damaged or forged configurations, lists of videos, interrupted COCO files: taken or refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from mutations import mutated_bytes, mutated_documents

from app.__main__ import main
from app.cli.run.many import read_list
from app.errors import RecorderError, SettingsError
from app.pipeline.recording.coco import assemble
from swem_core.errors import TrainingError
from swem_core.resources import asset
from swem_core.train.config import load_config

SAME_FOLDER = settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
CONFIG = asset("configs/train-lite.toml").read_bytes()
VIDEO = {"source": "a.mp4", "mask": "a.png", "masks": "out/a"}
IMAGE = {"id": 1, "file_name": "00000.png", "width": 8, "height": 6, "frame": 0, "seconds": 0.0}
ANNOTATION = {"id": 1, "image_id": 1, "category_id": 1, "area": 4, "bbox": [0, 0, 2, 2]}
LINES: list[Any] = [
    {"category": {"id": 1, "name": "dog"}},
    {"image": IMAGE, "annotations": [ANNOTATION]},
    {"image": {**IMAGE, "id": 2}, "annotations": []},
]


def as_lines(documents: Any) -> bytes:
    entries = documents if isinstance(documents, list) else [documents]
    return b"".join(json.dumps(entry).encode() + b"\n" for entry in entries)


@SAME_FOLDER
@given(mutated_bytes(CONFIG))
def test_damaged_configurations(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "c.toml"
    path.write_bytes(data)
    try:
        assert load_config(path).data
    except TrainingError as error:
        assert "c.toml" in str(error)


@SAME_FOLDER
@given(mutated_documents([VIDEO, VIDEO]).map(as_lines) | mutated_bytes(as_lines([VIDEO, VIDEO])))
def test_forged_lists_of_videos(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "videos.jsonl"
    path.write_bytes(data)
    try:
        assert read_list(path)
    except SettingsError as error:
        assert "videos.jsonl" in str(error) and str(error).encode()


@SAME_FOLDER
@given(mutated_documents(LINES).map(as_lines) | mutated_bytes(as_lines(LINES)))
def test_forged_interrupted_coco_files(tmp_path: Path, data: bytes) -> None:
    """What can be used of them is kept; a file that cannot be completed stays as it was."""
    path = tmp_path / "out.jsonl"
    path.write_bytes(data)
    try:
        made = assemble(path)
    except RecorderError as error:
        assert "out.jsonl" in str(error) and path.read_bytes() == data
    else:
        assert set(json.loads(made.read_text())) == {"info", "images", "annotations", "categories"}
        made.unlink()
        for kept in tmp_path.glob("*.bak"):
            assert kept.read_bytes() == data
            kept.unlink()
    assert not list(tmp_path.glob(".*")), "no half-made file is left"


@pytest.mark.parametrize("ending", [b"", b"\n"])
def test_a_file_that_is_no_recording_is_not_touched(tmp_path: Path, ending: bytes) -> None:
    path = tmp_path / "videos.jsonl"
    content = as_lines([VIDEO]).rstrip() + ending
    path.write_bytes(content)
    with pytest.raises(RecorderError, match="holds no masks"):
        assemble(path)
    assert path.read_bytes() == content and list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_repaired_does_not_stop_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    foreign, empty = tmp_path / "videos.jsonl", tmp_path / "masks.jsonl"
    foreign.write_bytes(as_lines([VIDEO]))
    empty.touch()
    assert main(["repair", str(foreign), str(empty)]) == 1
    told = capsys.readouterr()
    assert "holds no masks" in told.err and str(tmp_path / "masks.json") in told.out
    assert foreign.exists() and not empty.exists()
