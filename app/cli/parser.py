"""What ``swem-live`` understands."""

import argparse
import importlib
from collections.abc import Callable
from pathlib import Path

from app.cli.argument_types import duration
from app.cli.bench.options import add_bench
from app.cli.drills.options import add_faults
from app.cli.engine_options import add_engine, add_target_fps
from app.cli.evaluation.options import add_eval, add_eval_clicks
from app.cli.evaluation.research_options import add_research
from app.cli.publish_options import add_publish, add_virtual_camera
from app.cli.run.options import SOURCE_HELP, add_run
from app.cli.soak.options import add_soak

DESCRIPTION = """\
Live video object segmentation: click or scribble on any object, and it stays segmented, at
constant memory and speed. Without a command the window opens."""

EPILOG = """\
examples:
  swem-live                                    the window, on the first camera
  swem-live --demo                             the window, on the clip that ships
  swem-live --source talk.mp4                  the window, on a file
  swem-live run talk.mp4 --mask first.png -o out.mkv --masks masks/
  swem-live eval DAVIS                         J and F on a DAVIS data set"""


def parse(argv: list[str]) -> argparse.Namespace:
    """Parsed arguments; ``arguments.run(arguments)`` carries the command out."""
    arguments = _parser().parse_args(argv)
    module, name = arguments.target.split(":")
    arguments.run = lambda given: _load(module, name)(given)
    return arguments


def _load(module: str, name: str) -> Callable[[argparse.Namespace], int]:
    function: Callable[[argparse.Namespace], int] = getattr(importlib.import_module(module), name)
    return function


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="swem-live",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_window(parser)
    commands = parser.add_subparsers(title="commands", metavar="")
    add_run(commands)
    _add_repair(commands)
    add_eval(commands)
    add_eval_clicks(commands)
    add_research(commands)
    add_bench(commands)
    add_soak(commands)
    add_faults(commands)
    _add_train(commands)
    devices = commands.add_parser(
        "devices", help="list cameras, screens, microphones and compute devices"
    )
    devices.set_defaults(target="app.cli.devices:run")
    doctor = commands.add_parser("doctor", help="check this machine and say what to fix")
    doctor.set_defaults(target="app.cli.doctor:run")
    return parser


def _add_window(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(target="app.cli.window:run")
    parser.add_argument("--source", metavar="SOURCE", help=SOURCE_HELP)
    parser.add_argument(
        "--demo", action="store_true", help="the clip that ships, with its objects already marked"
    )
    parser.add_argument(
        "--prompts", type=Path, metavar="FILE", help="marks to track from the first frame on"
    )
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="folder for recordings and snapshots"
    )
    parser.add_argument("--loop", action="store_true", help="play files and folders over and over")
    add_publish(parser)
    add_virtual_camera(parser)
    add_target_fps(parser, "default: as set in the window")
    add_engine(parser, set_in_window=True)


def _add_repair(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    repair = commands.add_parser(
        "repair",
        help="complete COCO masks that a crash cut off",
        description="Make the COCO JSON file of a recording that a crash cut off. (Videos and "
        "folders of PNGs need no repair.)",
    )
    repair.set_defaults(target="app.cli.repair:run")
    repair.add_argument(
        "files", nargs="+", type=Path, metavar="FILE.jsonl", help="what the crash left behind"
    )


def _add_train(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    train = commands.add_parser(
        "train",
        help="train a network",
        description="Train a network as a TOML file says; train-lite, train-click and train-r50 "
        "ship. For several processes, cards or hosts: torchrun ... -m app train ...",
    )
    train.set_defaults(target="app.cli.train:run")
    train.add_argument("config", metavar="CONFIG", help="a .toml file, or a name that ships")
    train.add_argument("--data", type=Path, metavar="DIR", help="data root (default: $SWEM_DATA)")
    train.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="DIR",
        help="folder for weights, checkpoint and log (default: swem-live-out/train-MODEL)",
    )
    train.add_argument(
        "--minutes", type=duration, metavar="M", help="length, on the clock (default: CONFIG's)"
    )
    train.add_argument(
        "--workers", type=int, metavar="N", help="processes preparing data (default: CONFIG's)"
    )
    train.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    train.add_argument(
        "--dry-run", action="store_true", help="only check the data and draw augmented clips"
    )
