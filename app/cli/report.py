"""What somebody who is asked for help needs to know: this machine, and the end of the log."""

import re
from importlib import metadata
from pathlib import Path

from app.cli.doctor import examine
from app.log import log_path
from app.pipeline.sources.address import redact

_LINES = 80
_TAIL_BYTES = 64 * 1024
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://[^\s'\"<>]+")


def report() -> str:
    """Findings of ``doctor`` and the last lines of the log, without passwords. Takes seconds."""
    lines = [f"swem-live {_version()}"]
    for finding in examine():
        mark = "ok" if finding.ok else "!!"
        lines.append(f"{mark}  {finding.subject}: {finding.state} {finding.remedy}".rstrip())
    lines += ["", "End of the log:", *last_lines(log_path())]
    return without_secrets("\n".join(lines)) + "\n"


def last_lines(path: Path) -> list[str]:
    """The end of a text file, none if it cannot be read."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return []
    return text.splitlines()[-_LINES:]


def without_secrets(text: str) -> str:
    """``text`` with every address redacted, and the person's folder as ``~``."""
    text = _ADDRESS.sub(lambda found: redact(found[0]), text)
    return text.replace(str(Path.home()), "~")


def _version() -> str:
    try:
        return metadata.version("swem-live")
    except metadata.PackageNotFoundError:
        return "(not installed)"
