"""``swem-live eval``: J and F on a DAVIS data set."""

import argparse
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from app.cli.choice import engine_choice
from swem_core.data.davis import DavisDataset, Sequence
from swem_core.engine.levels import level_named
from swem_core.engine.paced import PacedEngine
from swem_core.eval.report import COLUMNS, Report, write_csv, write_json
from swem_core.eval.run import SequenceRun, Tracker, run_sequence


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0 once all sequences are scored."""
    dataset = DavisDataset(arguments.root, year=arguments.year)
    names = arguments.sequence or dataset.names
    sequences = [dataset.sequence(name) for name in names]
    loaded = engine_choice(arguments).load()
    console = Console() if sys.stdout.isatty() else Console(width=120)
    level = level_named(arguments.level) if arguments.level is not None else None
    runs = _run_all(PacedEngine(loaded.engine, level), sequences, arguments.masks, console)
    fps = sum(one.frames for one in runs) / sum(one.seconds for one in runs)
    about = {
        "model": loaded.model,
        "device": loaded.device,
        "short_side": arguments.size,
        "level": arguments.level or "off",
        "fps": round(fps, 2),
    }
    report = Report(tuple(one.result for one in runs), about)
    console.print(_table(report))
    console.print(f"J&F {100 * report.j_and_f:.1f}   {fps:.1f} frames/s on {loaded.device}")
    if arguments.csv is not None:
        write_csv(arguments.csv, report)
    if arguments.json is not None:
        write_json(arguments.json, report)
    return 0


def _run_all(
    engine: Tracker, sequences: list[Sequence], masks_to: Path | None, console: Console
) -> list[SequenceRun]:
    runs = []
    with Progress(console=console) as bar:
        task = bar.add_task("", total=sum(len(sequence) for sequence in sequences))
        for sequence in sequences:
            bar.update(task, description=sequence.name)
            folder = masks_to / sequence.name if masks_to is not None else None
            runs.append(
                run_sequence(engine, sequence, masks_to=folder, progress=lambda: bar.advance(task))
            )
    return runs


def _table(report: Report) -> Table:
    table = Table(title="DAVIS semi-supervised")
    for column in COLUMNS:
        table.add_column(column, justify="left" if column == "sequence" else "right")
    rows = report.table()
    for row in rows[:-1]:
        table.add_row(*row)
    table.add_section()
    table.add_row(*rows[-1])
    return table
