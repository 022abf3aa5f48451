"""Writing files so that a crash never leaves half a file under the final name."""

import uuid
from pathlib import Path


def write_atomic(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path``: written beside it first, then renamed over it in one step.

    The folder must exist. Readers see the old content or the new, never a mixture. Raises OSError;
    the temporary file is gone then and ``path`` is as it was. Thread: safe.
    """
    beside = path.with_name(f".{uuid.uuid4().hex}.tmp")
    try:
        beside.write_bytes(data)
        beside.replace(path)  # rename would fail on Windows where path exists
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
