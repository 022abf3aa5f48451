"""Data flows one way, and the packages know only what they should: contracts in pyproject.toml."""

from pathlib import Path

import pytest
from importlinter.cli import lint_imports


def test_import_contracts_hold(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(Path(__file__).parent.parent)
    code = lint_imports(no_cache=True)
    assert code == 0, capsys.readouterr().out
