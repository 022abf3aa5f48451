"""``swem-live run --list``: many videos, some of which fail, in two calls."""

import json
from pathlib import Path

import cv2
import pytest
from cat_clip import Clip, cats

from app.__main__ import main
from app.cli.run.many import read_list
from app.errors import SettingsError
from swem_core.data.masks import write_mask

FRAMES = 3


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """Two folders of pictures that can be segmented, and one that is missing."""
    clip: Clip = cats()
    lines = []
    for name in ("one", "two", "missing"):
        folder = tmp_path / name
        if name != "missing":
            folder.mkdir()
            for index in range(FRAMES):
                cv2.imwrite(str(folder / f"{index}.png"), clip.frames[index])
        entry = {"source": folder, "mask": tmp_path / "first.png", "masks": tmp_path / f"m-{name}"}
        lines.append(json.dumps({key: str(value) for key, value in entry.items()}))
    write_mask(tmp_path / "first.png", clip.labels[0])
    (tmp_path / "list.jsonl").write_text("\n".join(lines) + "\n")
    return tmp_path / "list.jsonl"


def test_what_is_done_is_not_done_again(
    listed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("run", "--list", listed, "--part", "1/3") == 0
    assert len(list((tmp_path / "m-one").glob("*.png"))) == FRAMES
    assert not (tmp_path / "m-two").exists()
    assert run("run", "--list", listed, "--jobs", 2) == 1
    shown = capsys.readouterr().out
    assert "3 videos in the list, 2 to do here" in shown
    assert "missing: failed" in shown
    assert len(list((tmp_path / "m-two").glob("*.png"))) == FRAMES
    record = [json.loads(x) for x in (tmp_path / "list.done-1-of-1.jsonl").read_text().splitlines()]
    assert {Path(one["source"]).name: one["exit"] for one in record} == {"two": 0, "missing": 1}
    with (tmp_path / "list.done-1-of-1.jsonl").open("a") as file:
        file.write('{"key": "cut o')
    assert run("run", "--list", listed, "--part", "1/3") == 0
    assert "3 videos in the list, 0 to do here" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", "names no videos"),
        ("{", "line 1: no JSON"),
        ("[]", "must be as"),
        ('{"source": "a", "mask": "b", "masks": "c", "colour": "d"}', "'colour' is none of"),
        ('{"source": "a", "mask": "b"}', "needs a source"),
        ('{"source": "a", "mask": "b", "prompts": "c", "masks": "d"}', "needs a source"),
    ],
)
def test_lists_with_mistakes(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "list.jsonl").write_text(line)
    with pytest.raises(SettingsError, match=message):
        read_list(tmp_path / "list.jsonl")


def test_a_run_without_a_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("run", "--mask", tmp_path / "x.png", "-o", "o.mkv") == 2
    assert "--list FILE" in capsys.readouterr().err
