"""``swem-live bench --gestures``: is every movement of the hand answered within a display frame?"""

import argparse
import os
from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np
from rich.console import Console
from rich.table import Table

from app.cli.arguments import engine_choice
from app.cli.bench.command import offscreen
from app.cli.results import write_json

if TYPE_CHECKING:
    from app.cli.bench.gesture_times import GestureRow

FRAME_MS = 1000 / 60


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0 once everything is measured."""
    if arguments.gestures != 1:
        os.environ["QT_SCALE_FACTOR"] = str(arguments.gestures)  # read when Qt starts
    with offscreen():
        from app.cli.bench.gesture_times import measure_gestures

        rows = measure_gestures(engine_choice(arguments), arguments.live_objects)
    Console(highlight=False).print(_table(rows, arguments.gestures, arguments.live_objects))
    if arguments.json is not None:
        write_json(arguments.json, [asdict(row) for row in rows])
    return 0


def _table(rows: "list[GestureRow]", density: float, objects: int) -> Table:
    title = f"ms from an event to its painting: 1080p, density {density:g}, {objects} tracked"
    table = Table(title=title)
    for column in ("gesture", "picture", "events", "median", "p99", "worst", "over 1/60 s"):
        table.add_column(column, justify="left" if column in ("gesture", "picture") else "right")
    for row in rows:
        times = np.array(row.milliseconds or [0.0])
        figures = (np.median(times), np.percentile(times, 99), times.max())
        table.add_row(
            row.gesture,
            "held" if row.frozen else "running",
            str(len(row.milliseconds)),
            *(f"{figure:.1f}" for figure in figures),
            f"{100 * (times > FRAME_MS).mean():.0f} %",
        )
    return table
