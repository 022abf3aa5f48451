"""Mean IoU against the number of clicks, as a picture."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from swem_core.eval.chart import Line, Panel, save_panels


def plot_clicks(path: Path, curves: Mapping[str, Sequence[float]], title: str) -> None:
    """Write a PNG. ``curves``: label -> mean IoU (0..1) after 1, 2, ... clicks.

    Raises DatasetError if it cannot be written.
    """
    lines = tuple(
        Line(label, tuple((float(n), iou) for n, iou in enumerate(curve, start=1)), dots=True)
        for label, curve in curves.items()
    )
    save_panels(path, [Panel(title, "clicks", "mean IoU", lines, y_range=(0.0, 1.0))])
