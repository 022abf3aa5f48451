"""What else ``swem-live bench`` can measure of the live pipeline; each in a module of its own."""

import argparse
import importlib
from collections.abc import Callable
from pathlib import Path

_MODULES = {"train": "train", "target_rates": "target", "trace": "trace", "soak": "soak"}


def add_bench_modes(bench: argparse.ArgumentParser) -> None:
    """Their options."""
    bench.add_argument(
        "--train", metavar="CONFIG", help="train for five times --seconds instead, see train"
    )
    bench.add_argument("--data", type=Path, metavar="DIR", help="of --train (default: $SWEM_DATA)")
    live = bench.add_argument_group("the live pipeline instead (the clip as a 30 fps camera)")
    mode = live.add_mutually_exclusive_group()
    mode.add_argument(
        "--target",
        dest="target_rates",
        type=_rates,
        metavar="N,N,...",
        help="which of these rates the governor holds, with 1 and 3 objects",
    )
    mode.add_argument("--trace", type=Path, metavar="FILE", help="write a Chrome trace (JSON)")
    mode.add_argument(
        "--soak", type=minutes, metavar="MINUTES", help="whether time and memory stay the same"
    )
    live.add_argument("--picture", type=Path, metavar="PNG", help="draw some of --trace")
    live.add_argument(
        "--live-objects",
        type=int,
        choices=range(1, 9),
        default=1,
        help="tracked by --trace and --soak (default: 1)",
    )


def chosen_mode(arguments: argparse.Namespace) -> Callable[[argparse.Namespace], int] | None:
    """The command to run instead, if one of the options asks for it."""
    for option, name in _MODULES.items():
        if getattr(arguments, option) is not None:
            module = importlib.import_module(f"app.cli.bench.{name}")
            run: Callable[[argparse.Namespace], int] = module.run
            return run
    return None


def _rates(text: str) -> tuple[float, ...]:
    rates = tuple(float(part) for part in text.split(","))
    if not all(1 <= rate <= 240 for rate in rates):
        raise argparse.ArgumentTypeError("rates are 1 to 240 frames per second, as in 10,20,30")
    return rates


def minutes(text: str) -> float:
    """How long a run is to take, from the command line."""
    value = float(text)
    if not 0 < value <= 7 * 24 * 60:
        raise argparse.ArgumentTypeError("a run takes more than 0 minutes, at most a week")
    return value
