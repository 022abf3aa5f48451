"""Writing files atomically, so that a crash never leaves half a file under the final name."""

import uuid
from pathlib import Path


def write_atomic(path: Path, data: bytes) -> None:
    """Write ``data`` to a temporary file beside ``path``, then rename it over ``path``.

    The folder must exist. Readers see either the old content or the new. Raises OSError; then the
    temporary file is removed and ``path`` unchanged. Thread: any.
    """
    beside = path.with_name(f".{uuid.uuid4().hex}.tmp")
    try:
        beside.write_bytes(data)
        beside.replace(path)  # rename would fail on Windows where path exists
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
