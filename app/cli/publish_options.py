"""The options that send results to other programs."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # loads torch, for which --help should not wait
    from app.pipeline.publish import PublishPlan


def add_publish(parser: argparse.ArgumentParser) -> None:
    """Add them to the window's or a command's."""
    group = parser.add_argument_group("results for other programs")
    group.add_argument(
        "--publish",
        metavar="ADDRESS",
        help="send boxes and times of each frame as JSON over ZeroMQ, at tcp://127.0.0.1:5555",
    )
    group.add_argument(
        "--publish-masks", action="store_true", help="send the masks, too (COCO run-length codes)"
    )


def publish_plan(arguments: argparse.Namespace) -> "PublishPlan | None":
    """What the arguments ask for, None if for nothing. Raises PublishError."""
    from app.pipeline.publish import PublishPlan

    if arguments.publish is None:
        return None
    return PublishPlan(arguments.publish, arguments.publish_masks)
