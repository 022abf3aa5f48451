"""Pictures of a report: J of every frame, one run or several."""

from collections.abc import Mapping
from pathlib import Path

from swem_core.eval.chart import Line, Panel, save_panels
from swem_core.eval.report import ObjectResult, Report


def plot_report(path: Path, report: Report) -> None:
    """J against time, one panel per sequence and one line per object. Raises DatasetError."""
    panels = [
        _panel(result.name, [(f"object {one.object_id}", one) for one in result.objects])
        for result in report.sequences
    ]
    save_panels(path, panels, columns=3)


def plot_reports(path: Path, reports: Mapping[str, Report]) -> None:
    """The same of several runs, one panel per object that all of them scored."""
    panels = []
    for key in common_objects(*reports.values()):
        name, object_id = key
        lines = [(label, objects_of(report)[key]) for label, report in reports.items()]
        panels.append(_panel(f"{name}, object {object_id}", lines))
    save_panels(path, panels, columns=3)


def objects_of(report: Report) -> dict[tuple[str, int], ObjectResult]:
    """By (sequence, object id)."""
    return {(r.name, one.object_id): one for r in report.sequences for one in r.objects}


def common_objects(*reports: Report) -> list[tuple[str, int]]:
    """(sequence, object id) of what all reports scored, in the first one's order."""
    others = [objects_of(report) for report in reports[1:]]
    return [key for key in objects_of(reports[0]) if all(key in other for other in others)]


def _panel(title: str, lines: list[tuple[str, ObjectResult]]) -> Panel:
    return Panel(
        title,
        "frame",
        "J",
        tuple(
            Line(label, tuple((float(n), j) for n, j in enumerate(one.j_frames, start=1)))
            for label, one in lines
        ),
        y_range=(0.0, 1.0),
    )
