"""Data flows one way, and the packages know only what they should: contracts in pyproject.toml."""

import subprocess
import sys
from pathlib import Path


def test_import_contracts_hold() -> None:
    # In a process of its own: import-linter disables every logger there is.
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as lint; lint()",
    ]
    root = Path(__file__).parent.parent
    result = subprocess.run([*command, "--no-cache"], cwd=root, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout
