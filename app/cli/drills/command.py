"""``swem-live faults``: inflicts faults on the program and reports what survives."""

import argparse
import tempfile
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from app.cli.drills.card import out_of_memory
from app.cli.drills.drill import Drill, Finding, carry_out
from app.cli.drills.endings import asked_to_end, disk_full, killed
from app.cli.drills.files import damaged_videos, forged_files, passwords
from app.cli.drills.stream import server_restarts
from app.cli.results import write_json

DRILLS = (
    Drill("killed while recording", killed),
    Drill("asked to end while recording", asked_to_end),
    Drill("disk full while recording", disk_full),
    Drill("stream server restarts, other size", server_restarts),
    Drill("damaged video files", damaged_videos),
    Drill("forged files", forged_files),
    Drill("password in a stream's address", passwords),
    Drill("card's memory full", out_of_memory),
)
_WORDS = {True: "yes", False: "NO", None: "–"}


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0 if everything that could be tried here was survived."""
    console = Console(highlight=False)
    findings: list[Finding] = []
    with tempfile.TemporaryDirectory(prefix="swem-live-faults-") as folder:
        for number, drill in enumerate(DRILLS, start=1):
            console.print(f"{number} of {len(DRILLS)}: {drill.fault}", markup=False)
            findings.append(carry_out(drill, Path(folder) / str(number)))
    console.print(_table(findings))
    if arguments.json is not None:
        write_json(arguments.json, [asdict(each) for each in findings])
    return 1 if any(finding.survived is False for finding in findings) else 0


def _table(findings: list[Finding]) -> Table:
    table = Table(title="What survives what, measured now")
    for column in ("fault", "survived", "measured"):
        table.add_column(column)
    for finding in findings:
        table.add_row(finding.fault, _WORDS[finding.survived], finding.measured)
    return table
