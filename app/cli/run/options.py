"""What ``swem-live run`` understands."""

import argparse
from pathlib import Path

from app.cli.argument_types import count, share
from app.cli.engine_options import add_engine, add_target_fps
from app.cli.publish_options import add_publish
from app.cli.run.outputs import add_outputs
from app.cli.run.view_options import add_view_options

SOURCE_HELP = (
    "camera, camera:1, camera:NAME, screen, screen:1, screen:X,Y,WxH, a file, a folder of images, "
    "or a stream address"
)


def add_run(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    run = commands.add_parser(
        "run",
        help="segment a source without a window",
        description="Segment a source without a window: with the same engine and threads, as fast "
        "as the machine allows, and without leaving out a frame of a file.",
    )
    run.set_defaults(target="app.cli.run.command:run")
    run.add_argument("source", metavar="SOURCE", nargs="?", help=SOURCE_HELP)
    marks = run.add_mutually_exclusive_group(required=True)
    marks.add_argument(
        "--mask", type=Path, metavar="PNG", help="the objects on the first frame, as a mask"
    )
    marks.add_argument(
        "--prompts", type=Path, metavar="FILE", help="the objects on the first frame, as marks"
    )
    marks.add_argument(
        "--list",
        type=Path,
        metavar="JSONL",
        help="many videos, a JSON object per line with source, mask or prompts, and output, masks, "
        "coco or soft-masks; finished ones are noted beside the list and not done again",
    )
    _add_many(run)
    add_outputs(run)
    add_publish(run)
    add_target_fps(run, "default: 0")
    run.add_argument(
        "--opacity", type=share, default=0.45, help="of the overlay, 0 to 1 (default: 0.45)"
    )
    add_view_options(run)
    add_engine(run)


def _add_many(run: argparse.ArgumentParser) -> None:
    many = run.add_argument_group("many videos (--list)")
    many.add_argument(
        "--jobs", type=count, default=1, metavar="N", help="videos at the same time (default: 1)"
    )
    many.add_argument(
        "--part",
        type=part,
        metavar="I/N",
        help="only every N-th video, from the I-th on, so that N hosts share the list",
    )


def part(text: str) -> tuple[int, int]:
    """``I/N``: (which part, of how many)."""
    first, _, second = text.partition("/")
    number, parts = int(first), int(second)
    if not 1 <= number <= parts:
        raise argparse.ArgumentTypeError("must be 1/N to N/N")
    return number, parts
