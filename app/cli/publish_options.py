"""The options that send results to other programs."""

import argparse
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # loads torch, for which --help should not wait
    from app.pipeline.outlets.virtual_camera import VirtualCameraPlan
    from app.pipeline.outlets.zeromq import PublishPlan


def add_publish(parser: argparse.ArgumentParser) -> None:
    """Add them to the window's or a command's."""
    group = parser.add_argument_group("results for other programs")
    group.add_argument(
        "--publish",
        metavar="ADDRESS",
        help="send boxes and times of each frame as JSON over ZeroMQ, for example at "
        "tcp://127.0.0.1:5555",
    )
    group.add_argument(
        "--publish-masks",
        action="store_true",
        help="send the masks, too (as COCO run-length codes)",
    )


def add_virtual_camera(parser: argparse.ArgumentParser) -> None:
    """Add the option to the window's."""
    parser.add_argument(
        "--virtual-camera",
        nargs="?",
        const=(720, 1280, 30.0),
        type=camera_mode,
        metavar="WxH@FPS",
        help="offer the picture as a camera for video calls (without a value: 1280x720@30); see "
        "'swem-live doctor'",
    )


def camera_plan(arguments: argparse.Namespace) -> "VirtualCameraPlan | None":
    """What the arguments ask for, None if for nothing."""
    from app.pipeline.outlets.virtual_camera import VirtualCameraPlan

    if arguments.virtual_camera is None:
        return None
    height, width, rate = arguments.virtual_camera
    return VirtualCameraPlan((height, width), rate)


def camera_mode(text: str) -> tuple[int, int, float]:
    """``WIDTHxHEIGHT`` or ``WIDTHxHEIGHT@RATE``: (height, width, frames per second)."""
    found = re.fullmatch(r"([0-9]{2,4})x([0-9]{2,4})(?:@([0-9]{1,3}))?", text)
    if found is None:
        raise argparse.ArgumentTypeError("must be written as 1280x720@30")
    width, height, rate = int(found[1]), int(found[2]), float(found[3] or 30)
    if width % 2 or height % 2 or not 1 <= rate <= 240:
        raise argparse.ArgumentTypeError(
            "must have an even width and height and a rate of 1 to 240"
        )
    return height, width, rate


def publish_plan(arguments: argparse.Namespace) -> "PublishPlan | None":
    """What the arguments ask for, None if for nothing. Raises PublishError."""
    from app.pipeline.outlets.zeromq import PublishPlan

    if arguments.publish is None:
        return None
    return PublishPlan(arguments.publish, arguments.publish_masks)
