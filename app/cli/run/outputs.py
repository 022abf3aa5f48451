"""What ``swem-live run`` writes: its options, made from the table of formats."""

import argparse
from pathlib import Path

from app.errors import RecorderError
from app.pipeline.recording.formats import VIDEO_FORMATS, format_of, video_format
from app.pipeline.recording.plan import RecordingPlan
from app.pipeline.sound.base import SoundPlan, SourceSound

_ALPHA = tuple(each for each in VIDEO_FORMATS if each.alpha)


def add_outputs(run: argparse.ArgumentParser) -> None:
    """Add the options to the command."""
    group = run.add_argument_group("outputs (at least one, or --publish)")
    group.add_argument(
        "-o", "--output", type=Path, metavar="OUT.mkv", help="video with overlay, .mkv or .mp4"
    )
    group.add_argument(
        "--alpha",
        choices=[each.id for each in _ALPHA],
        help="make -o the source's picture, transparent except for the objects: "
        + "; ".join(f"{each.id} ({each.suffix}), {each.note}" for each in _ALPHA),
    )
    group.add_argument(
        "--masks", type=Path, metavar="DIR", help="folder for one mask PNG per frame"
    )
    group.add_argument(
        "--coco", type=Path, metavar="OUT.json", help="masks as COCO JSON with scores and times"
    )
    group.add_argument(
        "--soft-masks",
        type=Path,
        metavar="DIR",
        help="folder for one grey PNG per object and frame",
    )
    group.add_argument(
        "--audio",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="record the source's sound, where it has any (default: yes)",
    )
    group.add_argument(
        "--microphone",
        nargs="?",
        const="",
        metavar="NAME",
        help="record this microphone instead, for cameras, screens and streams (without NAME: the "
        "first; see 'swem-live devices')",
    )


def plan_of(arguments: argparse.Namespace) -> RecordingPlan | None:
    """What the arguments ask for, None if for nothing. Raises RecorderError for a wrong name."""
    output: Path | None = arguments.output
    masks, coco, soft = arguments.masks, arguments.coco, arguments.soft_masks
    if not (output or masks or coco or soft):
        return None
    if coco is not None and coco.suffix.lower() != ".json":
        raise RecorderError(f"{coco.name} is not a name for COCO masks. End it with .json.")
    sound: SoundPlan | None = SourceSound() if arguments.audio else None
    if arguments.microphone is not None:
        from app.pipeline.sound.inputs import find_microphone  # not for a mere --help

        sound = find_microphone(arguments.microphone)
    if output is not None and arguments.alpha is not None:
        wanted = video_format(arguments.alpha)
        if output.suffix.lower() != wanted.suffix:
            raise RecorderError(f"{wanted.id} needs a name that ends with {wanted.suffix}.")
        return RecordingPlan(None, masks, output, coco, soft, sound, wanted)
    if output is not None:
        format_of(output)
    return RecordingPlan(output, masks, None, coco, soft, sound)
