"""The command line of ``swem-live soak``."""

import argparse
from pathlib import Path

from app.cli.argument_types import minutes
from app.cli.engine_options import add_engine


def add_soak(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    soak = commands.add_parser(
        "soak",
        help="use the window at random for a long time",
        description="Run the window on the clip that ships, as a camera would bring it, while "
        "random gestures mark, correct, record and switch effects; then tell whether memory, open "
        "files, threads and time per frame stayed the same. Without a display: "
        "QT_QPA_PLATFORM=offscreen.",
    )
    soak.set_defaults(target="app.cli.soak.command:run")
    soak.add_argument("minutes", type=minutes, metavar="MINUTES", help="how long")
    soak.add_argument("--seed", type=int, default=1, help="of the gestures (default: 1)")
    soak.add_argument("--plot", type=Path, metavar="PNG", help="draw the curves")
    soak.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    add_engine(soak)
