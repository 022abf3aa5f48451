"""``swem-live compare-memory``: SWEM's memory against one that grows."""

import argparse

from rich.progress import Progress
from rich.table import Table

from app.cli.evaluation.research import prepare
from swem_core.engine.device import device_name
from swem_core.eval.compare_memory import COLUMNS, MemoryRun, memory_kinds, plot_runs, run_memory
from swem_core.eval.report import write_rows

CAVEAT = (
    "The network was trained for SWEM's read-out. J&F of the growing memory is only indicative; "
    "times and sizes are what they are. Lost objects go on learning here, as in the papers."
)


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0 once all memories have run."""
    research = prepare(arguments)
    network, clips, console = research.network, research.clips, research.console
    options = (clips, research.device, arguments.size, arguments.precision)
    todo, runs = memory_kinds(arguments.every), []
    # the first frames of a process are slow: oneDNN makes its kernels, the memory is not paged in
    run_memory(todo[0], network, [clips[0].first(4)], *options[1:])
    with Progress(console=console) as bar:
        task = bar.add_task("", total=len(todo) * sum(map(len, clips)))
        for kind in todo:
            bar.update(task, description=kind.label)
            runs.append(run_memory(kind, network, *options, lambda: bar.advance(task)))
    console.print(_table(runs, device_name(research.device)))
    console.print(CAVEAT, soft_wrap=True)
    if arguments.csv is not None:
        write_rows(arguments.csv, COLUMNS, [one.row() for one in runs])
    if arguments.plot is not None:
        plot_runs(arguments.plot, runs)
    return 0


def _table(runs: list[MemoryRun], device: str) -> Table:
    table = Table(title=f"Memories behind the same network, on {device}")
    for column in COLUMNS:
        table.add_column(column, justify="left" if column == COLUMNS[0] else "right")
    for one in runs:
        table.add_row(*one.row())
    return table
