"""``swem-live ablate``: what each constant of the memory is worth, as a table."""

import argparse
from collections.abc import Callable

from rich.progress import Progress
from rich.table import Table

from app.cli.evaluation.research import prepare
from swem_core.data.davis import DavisSequence
from swem_core.engine.engine import Engine, EngineConfig
from swem_core.eval.ablation import AblatedNetwork, Variant, variants
from swem_core.eval.report import Report, write_rows
from swem_core.eval.run import run_sequence

COLUMNS = ("factor", "value", "J&F", "J", "F", "frames/s", "KiB per object")
NOTE = (
    "Only inference changes: the weights were trained with the values of the first row, and "
    "retrained for each other row they would do better. Fewer shares (L) are filled up with the "
    "last one."
)


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0 once all variants have run."""
    research = prepare(arguments)
    network, clips, console = research.network, research.clips, research.console
    config = EngineConfig(short_side=arguments.size, precision=arguments.precision)
    todo, rows = variants(network.memory, arguments.only), []
    with Progress(console=console) as bar:
        task = bar.add_task("", total=len(todo) * sum(map(len, clips)))
        for variant in todo:
            bar.update(task, description=f"{variant.factor} {variant.value}")
            engine = Engine(AblatedNetwork(network, variant.spec), config, device=research.device)
            rows.append(_row(variant, engine, clips, lambda: bar.advance(task)))
    console.print(_table(rows))
    console.print(NOTE, soft_wrap=True)
    if arguments.csv is not None:
        write_rows(arguments.csv, COLUMNS, rows)
    return 0


def _row(
    variant: Variant, engine: Engine, clips: list[DavisSequence], progress: Callable[[], None]
) -> tuple[str, ...]:
    runs, size = [], 0
    for clip in clips:
        runs.append(run_sequence(engine, clip, progress=progress))
        size = engine.state_bytes // len(engine.objects)
    report = Report(tuple(one.result for one in runs))
    quality = (report.j_and_f, report.j.mean, report.f.mean)
    fps = sum(one.frames for one in runs) / sum(one.seconds for one in runs)
    shown = (f"{100 * value:.1f}" for value in quality)
    return (variant.factor, variant.value, *shown, f"{fps:.1f}", f"{size / 1024:.0f}")


def _table(rows: list[tuple[str, ...]]) -> Table:
    table = Table(title="Memory constants, changed at inference")
    for column in COLUMNS:
        table.add_column(column, justify="left" if column in COLUMNS[:2] else "right")
    for number, row in enumerate(rows):
        if number and row[0] != rows[number - 1][0]:
            table.add_section()
        table.add_row(*row)
    return table
