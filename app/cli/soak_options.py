"""The command line of ``swem-live soak``."""

import argparse
from collections.abc import Callable
from pathlib import Path

from app.cli.bench_modes import minutes


def add_soak(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    add_engine: Callable[[argparse.ArgumentParser], None],
) -> None:
    """The command and its options."""
    soak = commands.add_parser(
        "soak",
        help="use the whole program at random for long",
        description="Run the window on the clip that ships, as a camera would bring it, while "
        "random gestures mark, correct, record and switch effects; then tell whether memory, open "
        "files, threads and time per frame stayed the same. Without a screen: "
        "QT_QPA_PLATFORM=offscreen.",
    )
    soak.set_defaults(target="app.cli.soak:run")
    soak.add_argument("minutes", type=minutes, metavar="MINUTES")
    soak.add_argument("--seed", type=int, default=1, help="of the gestures (default: 1)")
    soak.add_argument("--plot", type=Path, metavar="PNG", help="draw the curves")
    soak.add_argument("--json", type=Path, metavar="FILE")
    add_engine(soak)
