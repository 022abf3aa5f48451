"""What ``swem-live`` understands."""

import argparse
import importlib
from collections.abc import Callable
from pathlib import Path

from app.cli.bench.compare_options import add_compare
from app.cli.bench.modes import add_bench_modes
from app.cli.evaluation.options import add_eval
from app.cli.evaluation.research_options import add_research
from app.cli.publish_options import add_publish, add_virtual_camera
from app.cli.run.many_options import add_list
from app.cli.run.outputs import add_outputs
from app.cli.run.view_options import add_view_options
from app.cli.soak_options import add_faults, add_soak

DESCRIPTION = """\
Live video object segmentation: click or scribble on any object, and it stays segmented, at
constant memory and speed. Without a command the window opens."""

EPILOG = """\
examples:
  swem-live                                    the window, on the first camera
  swem-live --demo                             the window on the clip that ships
  swem-live --source talk.mp4                  the window on a file
  swem-live run talk.mp4 --mask first.png -o out.mkv --masks masks/
  swem-live eval DAVIS                         J and F on a DAVIS data set"""

_SOURCE_HELP = (
    "camera, camera:1, camera:NAME, screen, screen:1, screen:X,Y,WxH, a file, a folder of images, "
    "or a stream address"
)


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
    parser.set_defaults(target="app.cli.window:run")
    parser.add_argument("--source", metavar="SOURCE", help=_SOURCE_HELP)
    parser.add_argument(
        "--demo", action="store_true", help="the clip that ships, with its objects already marked"
    )
    parser.add_argument("--prompts", type=Path, metavar="FILE", help="mark these objects at once")
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="folder for recordings and pictures"
    )
    parser.add_argument("--loop", action="store_true", help="play files and folders for ever")
    add_publish(parser)
    add_virtual_camera(parser)
    _add_target(parser, "default: as set in the window")
    _add_engine(parser)
    # Not given: as chosen in the window. The commands without a window do not look there.
    parser.set_defaults(device=None, size=None, precision=None)
    commands = parser.add_subparsers(title="commands", metavar="")
    _add_run(commands)
    _add_repair(commands)
    _add_engine(add_eval(commands))
    _add_eval_clicks(commands)
    for research in add_research(commands):
        _add_engine(research)
    _add_bench(commands)
    add_soak(commands, _add_engine)
    add_faults(commands)
    _add_train(commands)
    devices = commands.add_parser(
        "devices", help="list cameras, screens, microphones and compute devices"
    )
    devices.set_defaults(target="app.cli.devices:run")
    doctor = commands.add_parser("doctor", help="check this machine, and say what to mend")
    doctor.set_defaults(target="app.cli.doctor:run")
    return parser


def _add_engine(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("engine")
    group.add_argument(
        "--model",
        choices=("lite", "r50"),
        default="lite",
        help="network (default: lite; r50 is the paper's own, for which you bring the weights)",
    )
    group.add_argument(
        "--weights",
        type=Path,
        metavar="FILE",
        help="a .safetensors or official .pth file instead of the shipped",
    )
    group.add_argument(
        "--device", default="auto", help="auto, cpu, cuda, cuda:0, cuda:1, ... or mps"
    )
    group.add_argument(
        "--size",
        type=_short_side,
        default=240,
        metavar="PIXELS",
        help="shorter side of what the network sees (default: 240; more is finer and slower)",
    )
    group.add_argument(
        "--precision",
        choices=("auto", "fp32", "bf16", "fp16"),
        default="auto",
        help="of the convolutions (default: the fastest this hardware is built for)",
    )


def _add_target(parser: argparse.ArgumentParser, default: str) -> None:
    parser.add_argument(
        "--target-fps",
        type=_rate,
        metavar="N",
        help="keep N masks per second by working on smaller pictures and less often where the "
        f"machine is too slow; 0: every frame in full ({default})",
    )


def _add_run(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    run = commands.add_parser(
        "run",
        help="segment a source without a window",
        description="Segment a source without a window: the same engine and threads as the "
        "window's, as fast as the machine allows, no frame left out.",
    )
    run.set_defaults(target="app.cli.run.command:run")
    run.add_argument("source", metavar="SOURCE", nargs="?", help=_SOURCE_HELP)
    marks = run.add_mutually_exclusive_group(required=True)
    marks.add_argument(
        "--mask", type=Path, metavar="PNG", help="the objects on the first frame, as a mask"
    )
    marks.add_argument(
        "--prompts", type=Path, metavar="FILE", help="the objects as clicks, scribbles, brush"
    )
    add_list(run, marks)
    add_outputs(run)
    add_publish(run)
    _add_target(run, "default: 0")
    run.add_argument("--opacity", type=float, default=0.45, help="of the overlay, 0 to 1")
    add_view_options(run)
    _add_engine(run)


def _add_repair(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    repair = commands.add_parser(
        "repair",
        help="complete masks that a crash cut off",
        description="Make the COCO JSON file of a recording that was cut off. (Videos and PNG "
        "folders stay readable by themselves.)",
    )
    repair.set_defaults(target="app.cli.repair:run")
    repair.add_argument("files", nargs="+", type=Path, metavar="FILE.jsonl")


def _add_eval_clicks(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    clicks = commands.add_parser(
        "eval-clicks",
        help="how many clicks an object takes",
        description="Click on objects whose masks are known, as the literature does (the next "
        "click falls deepest inside the largest error), and count clicks until IoU 0.85 and 0.90.",
    )
    clicks.set_defaults(target="app.cli.evaluation.clicks:run")
    clicks.add_argument(
        "root",
        type=Path,
        metavar="DIR",
        help="a folder with images/ and masks/, a folder of such folders, or DAVIS (first frames)",
    )
    clicks.add_argument(
        "--method",
        action="append",
        choices=("click", "grabcut", "em"),
        help="may be given several times (default: click, the click network)",
    )
    clicks.add_argument(
        "--first",
        action="append",
        choices=("click", "box", "lasso", "scribble"),
        help="what the first mark is, before the clicks; may be given several times",
    )
    clicks.add_argument("--weights", type=Path, metavar="FILE", help="of the click network")
    clicks.add_argument("--max-images", type=_count, metavar="N", help="only the first N of a set")
    clicks.add_argument("--plot", type=Path, metavar="PNG", help="mean IoU against clicks")
    clicks.add_argument("--json", type=Path, metavar="FILE")
    clicks.add_argument("--device", default="auto", help="auto, cpu, cuda, cuda:0, ... or mps")


def _add_bench(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    bench = commands.add_parser(
        "bench",
        help="measure speed on this machine",
        description="Measure Engine.step and the window's whole pipeline on the clip that ships. "
        "Close other programs first.",
    )
    bench.set_defaults(target="app.cli.bench.command:run")
    bench.add_argument("--seconds", type=float, default=8.0, help="per measurement (default: 8)")
    bench.add_argument("--json", type=Path, metavar="FILE")
    add_compare(bench)
    bench.add_argument(
        "--render",
        action="store_const",
        dest="target",
        const="app.cli.bench.render:run",
        help="measure drawing instead: every effect, at 720p and 1080p, with 1, 3 and 5 objects",
    )
    add_bench_modes(bench)
    _add_engine(bench)


def _add_train(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    train = commands.add_parser(
        "train",
        help="train a network",
        description="Train a network as a TOML file says; train-lite, train-click and train-r50 "
        "ship. Several processes, cards and hosts: torchrun ... -m app train ...",
    )
    train.set_defaults(target="app.cli.train:run")
    train.add_argument("config", metavar="CONFIG", help="a .toml file, or a name that ships")
    train.add_argument("--data", type=Path, metavar="DIR", help="data root (default: $SWEM_DATA)")
    train.add_argument(
        "-o", "--output", type=Path, metavar="DIR", help="weights, checkpoint and log"
    )
    train.add_argument("--minutes", type=float, metavar="M", help="train so long, on the clock")
    train.add_argument("--workers", type=int, metavar="N", help="processes that prepare data")
    train.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    train.add_argument("--dry-run", action="store_true", help="check the data, show some clips")


def _short_side(text: str) -> int:
    value = int(text)
    if not 64 <= value <= 2160:
        raise argparse.ArgumentTypeError("a size is 64 to 2160 pixels")
    return value


def _rate(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 240:
        raise argparse.ArgumentTypeError("a rate is 0 to 240 frames per second")
    return value


def _count(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return value
