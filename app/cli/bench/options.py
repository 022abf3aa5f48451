"""What ``swem-live bench`` understands, and which module does what is asked for."""

import argparse
import importlib
from collections.abc import Callable
from pathlib import Path

from app.cli.argument_types import duration, minutes, pixel_density, rates
from app.cli.bench.compare_options import add_compare
from app.cli.engine_options import add_engine

_MODES = {
    "compare": "compare",
    "render": "render",
    "train": "train",
    "target_rates": "target",
    "trace": "trace",
    "soak": "soak",
    "gestures": "gestures",
}
"""Option -> the module of this package that carries it out."""


def add_bench(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    bench = commands.add_parser(
        "bench",
        help="measure the speed of this machine",
        description="Measure Engine.step and the window's whole pipeline on the clip that ships, "
        "or something else with one of the options below. Close other programs first.",
    )
    bench.set_defaults(target="app.cli.bench.command:run")
    bench.add_argument("--seconds", type=duration, default=8.0, help="per measurement (default: 8)")
    bench.add_argument("--json", type=Path, metavar="FILE", help="write the results")
    bench.add_argument(
        "--render",
        action="store_const",
        const=True,
        help="measure drawing instead: every effect, at 720p and 1080p, with 1, 3 and 5 objects",
    )
    bench.add_argument(
        "--train", metavar="CONFIG", help="train for five times --seconds instead, see train"
    )
    bench.add_argument(
        "--data", type=Path, metavar="DIR", help="data root of --train (default: $SWEM_DATA)"
    )
    add_compare(bench)
    _add_live(bench)
    add_engine(bench)


def _add_live(bench: argparse.ArgumentParser) -> None:
    live = bench.add_argument_group(
        "live pipeline", "Measure the pipeline on the clip as a camera of 30 frames/s instead."
    )
    mode = live.add_mutually_exclusive_group()
    mode.add_argument(
        "--target",
        dest="target_rates",
        type=rates,
        metavar="N,N,...",
        help="which of these rates the governor holds, with 1 and 3 objects",
    )
    mode.add_argument("--trace", type=Path, metavar="FILE", help="write a Chrome trace (JSON)")
    mode.add_argument(
        "--soak", type=minutes, metavar="MINUTES", help="whether time and memory stay the same"
    )
    mode.add_argument(
        "--gestures",
        type=pixel_density,
        nargs="?",
        const=1.0,
        metavar="DENSITY",
        help="how soon the window answers the hand, on a screen of this pixel density (default: 1)",
    )
    live.add_argument(
        "--picture",
        type=Path,
        metavar="PNG",
        help="draw a stretch of --trace, or the curves of --soak",
    )
    live.add_argument(
        "--live-objects",
        type=int,
        choices=range(1, 9),
        default=1,
        help="how many --trace, --soak and --gestures track (default: 1)",
    )


def chosen_mode(arguments: argparse.Namespace) -> Callable[[argparse.Namespace], int] | None:
    """What an option asks for instead of the usual measurements, if any does."""
    for option, name in _MODES.items():
        if getattr(arguments, option) is not None:
            module = importlib.import_module(f"app.cli.bench.{name}")
            run: Callable[[argparse.Namespace], int] = module.run
            return run
    return None
