"""``swem-live faults``: every drill is survived, and one that is not is told."""

import json
from pathlib import Path

import pytest

from app.__main__ import main
from app.cli.drills import command
from app.cli.drills.command import DRILLS
from app.cli.drills.drill import Drill, NotHereError, must


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_everything_is_survived(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["faults", "--json", str(tmp_path / "f.json")]) == 0, capsys.readouterr().out
    findings = json.loads((tmp_path / "f.json").read_text())
    assert len(findings) == len(DRILLS)
    assert sum(finding["survived"] is True for finding in findings) >= 6
    assert all(finding["measured"] for finding in findings)


def test_a_loss_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def loses(folder: Path) -> str:
        must(not folder.is_dir(), "3 of 4 pictures")
        return "nothing"

    def breaks(folder: Path) -> str:
        return (folder / "missing").read_text()

    def cannot(folder: Path) -> str:
        raise NotHereError("no such signal")

    drills = [Drill("lightning", loses), Drill("flood", breaks), Drill("frost", cannot)]
    monkeypatch.setattr(command, "DRILLS", drills[2:])
    assert main(["faults"]) == 0 and "no such signal" in capsys.readouterr().out
    monkeypatch.setattr(command, "DRILLS", drills)
    assert main(["faults"]) == 1
    said = capsys.readouterr().out
    assert "3 of 4 pictures" in said and "FileNotFoundError" in said
