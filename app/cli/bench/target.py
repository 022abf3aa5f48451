"""``swem-live bench --target``: does the governor hold a rate on this machine?"""

import argparse
import time
from collections import Counter
from dataclasses import asdict, dataclass, replace
from itertools import pairwise

from rich.console import Console
from rich.table import Table

from app.cli.arguments import engine_choice
from app.cli.live_clip import RATE, live_session
from app.cli.results import write_json
from app.pipeline.loading import EngineChoice
from app.pipeline.session import Session, SessionOptions
from swem_core.engine.levels import LEVELS, Level

OBJECT_COUNTS = (1, 3)
_SETTLE_S = 6.0
_POLL_S = 0.1


@dataclass(frozen=True, slots=True)
class TargetRow:
    """``target`` 0: the governor is off. ``lowest_fps``: over any two seconds. ``changes``: of
    level, while measured. ``level``: the one most of the time was spent at. ``gain``: ``fps`` as a
    multiple of what comes without the governor in the same run."""

    target: float
    objects: int
    fps: float
    lowest_fps: float
    level: str
    changes: int
    latency_ms: float
    gain: float = 1.0


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0 once everything is measured."""
    choice, console = engine_choice(arguments), Console(highlight=False)
    rows: list[TargetRow] = []
    for objects in OBJECT_COUNTS:
        ungoverned = measure(choice, 0.0, objects, arguments.seconds)
        rows.append(ungoverned)
        console.print(_table(rows[-1:], title=False))
        for target in arguments.target_rates:
            row = measure(choice, target, objects, arguments.seconds)
            rows.append(replace(row, gain=row.fps / max(ungoverned.fps, 1e-9)))
            console.print(_table(rows[-1:], title=False))
    console.print(_table(rows, title=True))
    if arguments.json is not None:
        write_json(arguments.json, [asdict(row) for row in rows])
    return 0


def measure(choice: EngineChoice, target: float, objects: int, seconds: float) -> TargetRow:
    """Run one live session with this target and return its row."""
    with live_session(choice, objects, SessionOptions(target_fps=target or None)) as session:
        time.sleep(_SETTLE_S)
        levels, rates, delays = _watch(session, seconds)
    changes = sum(before != after for before, after in pairwise(levels))
    usual = Counter(levels).most_common(1)[0][0]
    return TargetRow(
        target=target,
        objects=objects,
        fps=sum(rates) / len(rates),
        lowest_fps=min(rates),
        level=usual,
        changes=changes,
        latency_ms=sum(delays) / len(delays),
    )


def _watch(session: Session, seconds: float) -> tuple[list[str], list[float], list[float]]:
    """Levels, rates and milliseconds from capture to the finished picture, sampled."""
    levels, rates, delays = [], [], []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        rendered = session.view.get(_POLL_S)
        stats = session.stats()
        levels.append(stats.pace.level if stats.pace is not None else "off")
        rates.append(stats.engine_fps)
        if rendered is not None:
            captured_ns = rendered.segmented.frame.captured_ns
            delays.append((time.monotonic_ns() - captured_ns) / 1e6)
    return levels, rates, delays or [0.0]


def _table(rows: list[TargetRow], *, title: bool) -> Table:
    heading = f"Live 720p at {RATE:.0f} frames/s, governed" if title else None
    table = Table(title=heading, show_header=True)
    for column in (
        "objects",
        "target",
        "masks/s",
        "of off",
        "lowest",
        "delay ms",
        "changes",
        "level",
    ):
        table.add_column(column, justify="left" if column == "level" else "right", min_width=7)
    for row in rows:
        table.add_row(
            str(row.objects),
            f"{row.target:.0f}" if row.target else "off",
            f"{row.fps:.1f}",
            f"{row.gain:.2f}x",
            f"{row.lowest_fps:.1f}",
            f"{row.latency_ms:.0f}",
            str(row.changes),
            f"{row.level}: {_meaning(row.level)}",
        )
    return table


def _meaning(name: str) -> str:
    level = next((level for level in LEVELS if level.name == name), Level(name))
    return (
        f"{100 * level.scale:.0f} % size, network on 1 of {level.mask_every} frames, "
        f"learns from 1 of {level.learn_every} of these"
    )
