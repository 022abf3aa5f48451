"""The whole program, played at by random gestures: nothing fails, no file stays open."""

import json
from pathlib import Path

import pytest

from app.__main__ import main

pytestmark = pytest.mark.slow


def test_a_short_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture, figures = tmp_path / "soak.png", tmp_path / "soak.json"
    arguments = ["--size", "96", "--device", "cpu", "--plot", str(picture), "--json", str(figures)]
    assert main(["soak", "0.3", "--seed", "3", *arguments]) == 0, capsys.readouterr().err
    rows = json.loads(figures.read_text())
    assert len(rows) >= 6, "a busy machine begins to track late"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert "gestures" in capsys.readouterr().out
    assert max(row["files"] for row in rows) < 60
