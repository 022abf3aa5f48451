"""``swem-live eval --compare``: two results side by side."""

from pathlib import Path

from rich.console import Console
from rich.table import Table

from app.errors import SettingsError
from swem_core.eval.plots import plot_reports
from swem_core.eval.report import Report, common_objects, read_json


def compare(one: Path, other: Path, plot: Path | None, console: Console) -> int:
    """Print both; exit code 0. Raises DatasetError, SettingsError if they share no object."""
    first, second = read_json(one), read_json(other)
    keys = common_objects(first, second)
    if not keys:
        raise SettingsError(f"{one} and {other} have no object in common.")
    console.print(_table(first, second, keys, (one.stem, other.stem)))
    left = sum(len(report.by_object()) - len(keys) for report in (first, second))
    if left:
        console.print(f"Left out: {left} that only one of them has.")
    if plot is not None:
        label = other.stem if other.stem != one.stem else f"{other.stem} (2)"
        plot_reports(plot, {one.stem: first, label: second})
    return 0


def _table(
    first: Report, second: Report, keys: list[tuple[str, int]], names: tuple[str, str]
) -> Table:
    table = Table(title=f"J&F of {names[0]} and {names[1]}")
    table.add_column("sequence")
    for heading in ("object", *names, "difference", "J", "F"):
        table.add_column(heading, justify="right")
    gathered = []
    for name, object_id in keys:
        a, b = (report.by_object()[name, object_id] for report in (first, second))
        values = (a.j_and_f, b.j_and_f, b.j.mean - a.j.mean, b.f.mean - a.f.mean)
        gathered.append(values)
        table.add_row(name, str(object_id), *_cells(*values))
    table.add_section()
    means = [sum(column) / len(gathered) for column in zip(*gathered, strict=True)]
    table.add_row("all", str(len(gathered)), *_cells(*means))
    return table


def _cells(a: float, b: float, j: float, f: float) -> list[str]:
    points = (f"{100 * value:+.1f}" for value in (b - a, j, f))
    return [f"{100 * a:.1f}", f"{100 * b:.1f}", *points]
