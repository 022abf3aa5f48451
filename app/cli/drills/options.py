"""The command line of ``swem-live faults``."""

import argparse
from pathlib import Path


def add_faults(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    faults = commands.add_parser(
        "faults",
        help="inject faults and tell what survives them",
        description="Kill the program while it records, fill the disk, restart a stream's server, "
        "feed it damaged and forged files, and tell what was survived and what was lost. Takes two "
        "minutes; writes to a temporary folder only.",
    )
    faults.set_defaults(target="app.cli.drills.command:run")
    faults.add_argument("--json", type=Path, metavar="FILE", help="write the findings")
