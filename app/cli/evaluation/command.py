"""``swem-live eval``: J and F on a DAVIS data set."""

import argparse
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from app.cli.arguments import engine_choice
from app.cli.evaluation.compare import compare
from app.cli.evaluation.youtube_vos import run_youtube
from app.cli.results import table_console
from app.errors import UsageError
from swem_core.data.davis import DavisDataset, DavisSequence
from swem_core.engine.levels import level_named
from swem_core.engine.paced import PacedEngine
from swem_core.eval.gallery import save_gallery, worst_frames
from swem_core.eval.plots import plot_report
from swem_core.eval.report import COLUMNS, Report, SequenceResult, write_csv, write_json
from swem_core.eval.run import SequenceRun, run_sequence
from swem_core.eval.scoring import saved_masks, score_saved

_GALLERY = 16  # pictures

T = TypeVar("T")


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0 once all sequences are scored."""
    console = table_console()
    if arguments.compare is not None:
        one, other = arguments.compare
        return compare(one, other, arguments.plot, console)
    if arguments.root is None:
        raise UsageError("Say where the data set is: swem-live eval ROOT.")
    if arguments.youtube_vos:
        return run_youtube(arguments, console)
    dataset = DavisDataset(arguments.root, year=arguments.year)
    names = arguments.sequence or dataset.names
    sequences = [dataset.sequence(name).first(arguments.frames) for name in names]
    with tempfile.TemporaryDirectory() as scratch:
        # the gallery looks at masks on disk, whoever wrote them
        masks = arguments.masks or arguments.save or (arguments.gallery and Path(scratch))
        report = _report(arguments, sequences, masks, console)
        _show(report, console)
        _write(arguments, report)
        if arguments.gallery is not None:
            save_gallery(
                arguments.gallery,
                worst_frames(report, _GALLERY),
                {sequence.name: sequence for sequence in sequences},
                partial(saved_masks, masks),
            )
    return 0


def _report(
    arguments: argparse.Namespace,
    sequences: list[DavisSequence],
    masks: Path | None,
    console: Console,
) -> Report:
    about: dict[str, str | float] = {"data": arguments.root.name, "year": arguments.year}
    if arguments.masks is not None:
        score = partial(score_saved, arguments.masks)
        results: list[SequenceResult] = _over(sequences, score, console)
        return Report(tuple(results), about | {"masks": str(arguments.masks)})
    loaded = engine_choice(arguments).load()
    level = level_named(arguments.level) if arguments.level is not None else None
    engine = PacedEngine(loaded.engine, level)

    def track(sequence: DavisSequence, progress: Callable[[], None]) -> SequenceRun:
        folder = masks / sequence.name if masks is not None else None
        return run_sequence(engine, sequence, masks_to=folder, progress=progress)

    runs: list[SequenceRun] = _over(sequences, track, console)
    fps = sum(one.frames for one in runs) / sum(one.seconds for one in runs)
    about |= {
        "model": loaded.model,
        "device": loaded.device,
        "short_side": arguments.size,
        "level": arguments.level or "off",
        "fps": round(fps, 2),
    }
    return Report(tuple(one.result for one in runs), about)


def _over(
    sequences: list[DavisSequence],
    work: Callable[[DavisSequence, Callable[[], None]], T],
    console: Console,
) -> list[T]:
    done = []
    with Progress(console=console) as bar:
        task = bar.add_task("", total=sum(len(sequence) for sequence in sequences))
        for sequence in sequences:
            bar.update(task, description=sequence.name)
            done.append(work(sequence, lambda: bar.advance(task)))
    return done


def _write(arguments: argparse.Namespace, report: Report) -> None:
    if arguments.csv is not None:
        write_csv(arguments.csv, report)
    if arguments.json is not None:
        write_json(arguments.json, report)
    if arguments.plot is not None:
        plot_report(arguments.plot, report)


def _show(report: Report, console: Console) -> None:
    table = Table(title="DAVIS semi-supervised")
    for column in COLUMNS:
        table.add_column(column, justify="left" if column == "sequence" else "right")
    rows = report.table()
    for row in rows[:-1]:
        table.add_row(*row)
    table.add_section()
    table.add_row(*rows[-1])
    console.print(table)
    fps = report.about.get("fps")
    speed = f"   {fps} frames/s on {report.about['device']}" if fps is not None else ""
    console.print(f"J&F {100 * report.j_and_f:.1f}{speed}")
