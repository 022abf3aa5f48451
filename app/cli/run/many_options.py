"""The options of ``swem-live run`` for many videos."""

import argparse
from pathlib import Path


def add_list(run: argparse.ArgumentParser, marks: "argparse._MutuallyExclusiveGroup") -> None:
    """Add them to the command; ``marks``: what one of is required."""
    marks.add_argument(
        "--list",
        type=Path,
        metavar="JSONL",
        help="many videos, one JSON object a line with source, mask or prompts, and output, masks, "
        "coco or soft-masks; what is done is noted beside it, and not done again",
    )
    many = run.add_argument_group("many videos (--list)")
    many.add_argument(
        "--jobs", type=_count, default=1, metavar="N", help="videos at the same time (default: 1)"
    )
    many.add_argument(
        "--part",
        type=_part,
        metavar="I/N",
        help="only every N-th video from the I-th on, so that N hosts share the list",
    )


def _count(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return value


def _part(text: str) -> tuple[int, int]:
    one, _, of = text.partition("/")
    part, parts = int(one), int(of)
    if not 1 <= part <= parts:
        raise argparse.ArgumentTypeError("a part is 1/N to N/N")
    return part, parts
