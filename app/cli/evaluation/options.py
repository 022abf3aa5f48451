"""What ``swem-live eval`` and ``swem-live eval-clicks`` understand."""

import argparse
from pathlib import Path

from app.cli.argument_types import count, scored_frames
from app.cli.engine_options import add_engine
from swem_core.engine.levels import LEVELS

_LEVELS = tuple(level.name for level in LEVELS)


def add_eval(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> None:
    """Add the command."""
    evaluate = commands.add_parser(
        "eval",
        help="measure J and F on a DAVIS data set",
        description="Run the engine over a DAVIS data set exactly as live, and score it as the "
        "DAVIS 2017 evaluation code does (semi-supervised, 480p). Or score the masks of any "
        "program, compare two results, or write masks for the server of YouTube-VOS.",
    )
    evaluate.set_defaults(target="app.cli.evaluation.command:run")
    evaluate.add_argument(
        "root", type=Path, metavar="ROOT", nargs="?", help="folder of the data set"
    )
    add_year(evaluate)
    evaluate.add_argument(
        "--sequence",
        action="append",
        metavar="NAME",
        help="only this one; may be given several times",
    )
    evaluate.add_argument(
        "--frames", type=scored_frames, metavar="N", help="only the first N of each sequence"
    )
    kinds = evaluate.add_mutually_exclusive_group()
    kinds.add_argument(
        "--masks",
        type=Path,
        metavar="DIR",
        help="score these PNGs (DIR/<sequence>/<frame>.png) instead of running the engine",
    )
    kinds.add_argument(
        "--compare", nargs=2, type=Path, metavar="JSON", help="compare two files that --json wrote"
    )
    kinds.add_argument(
        "--youtube-vos",
        action="store_true",
        help="ROOT is YouTube-VOS: write masks for its server (needs --save)",
    )
    evaluate.add_argument(
        "--level",
        choices=_LEVELS,
        metavar="NAME",
        help=f"work as the governor does at this level: {', '.join(_LEVELS)}",
    )
    _add_results(evaluate)
    add_engine(evaluate)


def add_year(command: argparse.ArgumentParser) -> None:
    """Which sequences of DAVIS count."""
    command.add_argument(
        "--year", type=int, choices=(2016, 2017), default=2016, help="of DAVIS (default: 2016)"
    )


def add_eval_clicks(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    clicks = commands.add_parser(
        "eval-clicks",
        help="count the clicks that a good mask needs",
        description="Click on objects whose masks are known, as the literature does (the next "
        "click goes to the middle of the largest error), and count clicks until IoU 0.85 and 0.90.",
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
        help="kind of the first mark, which clicks follow; may be given several times",
    )
    clicks.add_argument("--weights", type=Path, metavar="FILE", help="of the click network")
    clicks.add_argument("--max-images", type=count, metavar="N", help="only the first N of a set")
    clicks.add_argument("--plot", type=Path, metavar="PNG", help="draw mean IoU against clicks")
    clicks.add_argument("--json", type=Path, metavar="FILE", help="write the results")
    clicks.add_argument(
        "--device", default="auto", help="auto, cpu, cuda, cuda:0, ... or mps (default: auto)"
    )


def _add_results(evaluate: argparse.ArgumentParser) -> None:
    results = evaluate.add_argument_group("results")
    results.add_argument(
        "--save", type=Path, metavar="DIR", help="write the predicted masks as palette PNGs"
    )
    results.add_argument("--csv", type=Path, metavar="FILE", help="write the table")
    results.add_argument(
        "--json", type=Path, metavar="FILE", help="write everything, J and F of each frame included"
    )
    results.add_argument("--plot", type=Path, metavar="PNG", help="draw J of every frame")
    results.add_argument(
        "--gallery",
        type=Path,
        metavar="PNG",
        help="draw the worst frames, with the truth outlined in white",
    )
