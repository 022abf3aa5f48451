"""What ``swem-live eval`` understands."""

import argparse
from pathlib import Path

from swem_core.engine.levels import LEVELS

_LEVELS = tuple(level.name for level in LEVELS)


def add_eval(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> argparse.ArgumentParser:
    """Add the command; the options of the engine are the caller's part."""
    evaluate = commands.add_parser(
        "eval",
        help="J and F on a DAVIS data set",
        description="Run the engine over a DAVIS data set exactly as live, and score it as the "
        "DAVIS 2017 evaluation code does (semi-supervised, 480p). Or score masks that any program "
        "wrote, compare two results, or write the masks of YouTube-VOS for its server.",
    )
    evaluate.set_defaults(target="app.cli.evaluation.command:run")
    evaluate.add_argument("root", type=Path, metavar="ROOT", nargs="?", help="the data set")
    evaluate.add_argument("--year", type=int, choices=(2016, 2017), default=2016)
    evaluate.add_argument("--sequence", action="append", metavar="NAME", help="only this one")
    evaluate.add_argument("--frames", type=_frames, metavar="N", help="only the first of each")
    kinds = evaluate.add_mutually_exclusive_group()
    kinds.add_argument(
        "--masks",
        type=Path,
        metavar="DIR",
        help="score these PNGs (DIR/<sequence>/<frame>.png) instead of running the engine",
    )
    kinds.add_argument(
        "--compare", nargs=2, type=Path, metavar="JSON", help="two results of --json, side by side"
    )
    kinds.add_argument(
        "--youtube-vos",
        action="store_true",
        help="ROOT is YouTube-VOS: write the masks for its server (needs --save)",
    )
    evaluate.add_argument(
        "--level",
        choices=_LEVELS,
        metavar="NAME",
        help=f"as the governor would at this level: {', '.join(_LEVELS)}",
    )
    _add_results(evaluate)
    return evaluate


def _add_results(evaluate: argparse.ArgumentParser) -> None:
    results = evaluate.add_argument_group("results")
    results.add_argument("--save", type=Path, metavar="DIR", help="predicted masks, palette PNGs")
    results.add_argument("--csv", type=Path, metavar="FILE", help="the table")
    results.add_argument("--json", type=Path, metavar="FILE", help="all, with J and F per frame")
    results.add_argument("--plot", type=Path, metavar="PNG", help="J of every frame")
    results.add_argument(
        "--gallery", type=Path, metavar="PNG", help="the worst frames, truth outlined in white"
    )


def _frames(text: str) -> int:
    value = int(text)
    if value < 3:
        raise argparse.ArgumentTypeError("at least 3: the first and the last are not scored")
    return value
