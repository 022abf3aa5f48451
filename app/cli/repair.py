"""``swem-live repair``: complete the COCO masks that a crash left behind."""

import argparse
import sys
from pathlib import Path

from app.errors import RecorderError
from app.pipeline.recording.coco import LINES_SUFFIX, assemble


def run(arguments: argparse.Namespace) -> int:
    """Exit code: 0 if every file was completed."""
    code = 0
    for path in arguments.files:
        code = max(code, _repair(path))
    return code


def _repair(path: Path) -> int:
    if path.suffix != LINES_SUFFIX or not path.is_file():
        print(
            f"swem-live: {path} is not an unfinished recording. Give the {LINES_SUFFIX} file of a "
            "recording that was cut off; videos and PNG folders need no repair.",
            file=sys.stderr,
        )
        return 1
    try:
        print(f"Wrote {assemble(path)}")
    except RecorderError as error:  # the files after it are repaired all the same
        print(f"swem-live: {error}", file=sys.stderr)
        return 1
    return 0
