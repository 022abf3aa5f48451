"""Plots of evaluations: J of every frame, IoU against clicks."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from swem_core.eval.chart import Line, Panel, save_panels
from swem_core.eval.report import ObjectResult, Report, common_objects


def plot_report(path: Path, report: Report) -> None:
    """Write a PNG of J over the frames: one panel per sequence, one line per object.

    Raises OutputError.
    """
    panels = [
        _j_panel(result.name, [(f"object {one.object_id}", one) for one in result.objects])
        for result in report.sequences
    ]
    save_panels(path, panels, columns=3)


def plot_reports(path: Path, reports: Mapping[str, Report]) -> None:
    """Write a PNG of J over the frames: one panel per object that all reports contain, one line per
    report. Raises OutputError."""
    by_object = {label: report.by_object() for label, report in reports.items()}
    panels = [
        _j_panel(
            f"{name}, object {object_id}",
            [(label, results[name, object_id]) for label, results in by_object.items()],
        )
        for name, object_id in common_objects(*reports.values())
    ]
    save_panels(path, panels, columns=3)


def plot_clicks(path: Path, curves: Mapping[str, Sequence[float]], title: str) -> None:
    """Write a PNG of the mean IoU against the number of clicks.

    ``curves``: label -> mean IoU (0..1) after 1, 2, ... clicks. Raises OutputError.
    """
    lines = tuple(Line(label, _points(curve), dots=True) for label, curve in curves.items())
    save_panels(path, [Panel(title, "clicks", "mean IoU", lines, y_range=(0.0, 1.0))])


def _j_panel(title: str, results: Sequence[tuple[str, ObjectResult]]) -> Panel:
    lines = tuple(Line(label, _points(one.j_frames)) for label, one in results)
    return Panel(title, "frame", "J", lines, y_range=(0.0, 1.0))


def _points(values: Sequence[float]) -> tuple[tuple[float, float], ...]:
    """(1, first value), (2, second value), ..."""
    return tuple((float(number), value) for number, value in enumerate(values, start=1))
