"""Writing files of results: tables, plots, pictures."""

from pathlib import Path

from swem_core.data.files import write_atomic
from swem_core.errors import OutputError


def write_output(path: Path, data: bytes) -> None:
    """Write a file atomically, creating its folder. Raises OutputError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, data)
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written ({error.strerror or error}). "
            "Choose a folder that may be written to and has space."
        ) from error
