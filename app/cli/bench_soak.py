"""``swem-live bench --soak``: does the live pipeline cost the same after an hour as at first?"""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from statistics import NormalDist, fmean

import psutil
from rich.console import Console
from rich.table import Table

from app.cli.choice import engine_choice
from app.cli.live_clip import live_session
from app.pipeline.loading import EngineChoice
from app.pipeline.session import Session

_BUCKET_S = 60.0
_MOST_BUCKETS_OF_SHORT_RUNS = 6
_POLL_S = 0.25
_MIB = 2**20


@dataclass(frozen=True, slots=True)
class SoakRow:
    """Means over one stretch that ended ``minutes`` after the start; files, threads at its end.

    ``step_ms``: milliseconds the engine spends per frame. ``files``: open descriptors (handles on
    Windows).
    """

    minutes: float
    step_ms: float
    fps: float
    memory_mib: float
    files: int
    threads: int


@dataclass(frozen=True, slots=True)
class Slope:
    """Of a line through the rows, per minute, with half the width of its 95 % interval."""

    per_minute: float
    margin: float

    @property
    def is_zero(self) -> bool:
        """Within noise."""
        return abs(self.per_minute) <= self.margin


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0 once everything is measured."""
    console = Console(highlight=False)
    rows: list[SoakRow] = []
    for row in soak(engine_choice(arguments), 60 * arguments.soak, arguments.live_objects):
        rows.append(row)
        console.print(
            f"{row.minutes:6.1f} min  {row.step_ms:6.1f} ms  {row.fps:5.1f} masks/s  "
            f"{row.memory_mib:7.1f} MiB  {row.files} files  {row.threads} threads"
        )
    console.print(slopes_table(rows))
    if arguments.json is not None:
        arguments.json.write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n")
    return 0


def soak(choice: EngineChoice, seconds: float, objects: int) -> Iterator[SoakRow]:
    """Run the live pipeline; a row per minute, or a sixth of a run shorter than six minutes."""
    bucket_s = min(_BUCKET_S, seconds / _MOST_BUCKETS_OF_SHORT_RUNS)
    with live_session(choice, objects) as session:
        begin = time.monotonic()
        for number in range(1, round(seconds / bucket_s) + 1):
            yield _row(session, begin, begin + number * bucket_s)


def _row(session: Session, begin: float, end: float) -> SoakRow:
    process = psutil.Process()
    steps, rates, memory = [], [], []
    while time.monotonic() < end:
        session.view.get(_POLL_S)
        stats = session.stats()
        stages = stats.stage_ms
        steps.append(sum(spent for stage, spent in stages.items() if stage != "compose"))
        rates.append(stats.engine_fps)
        memory.append(process.memory_info().rss / _MIB)
    return SoakRow(
        minutes=(end - begin) / 60,
        step_ms=fmean(steps),
        fps=fmean(rates),
        memory_mib=fmean(memory),
        files=open_files(process),
        threads=process.num_threads(),
    )


def open_files(process: psutil.Process) -> int:
    """Descriptors, or handles on Windows."""
    if sys.platform == "win32":
        return process.num_handles()
    return process.num_fds()


def slope(minutes: Sequence[float], values: Sequence[float]) -> Slope:
    """Least squares; at least three points."""
    x, y, free = fmean(minutes), fmean(values), len(values) - 2
    spread = sum((minute - x) ** 2 for minute in minutes)
    per_minute = sum((m - x) * (v - y) for m, v in zip(minutes, values, strict=True)) / spread
    residuals = (v - y - per_minute * (m - x) for m, v in zip(minutes, values, strict=True))
    variance = sum(residual**2 for residual in residuals) / free / spread
    return Slope(per_minute, student_975(free) * variance**0.5)


def student_975(free: int) -> float:
    """The 97.5 % quantile of Student's t, exact for 1 and 2 degrees of freedom, else to 1 % by
    the expansion in 1/n (Abramowitz and Stegun 26.7.5)."""
    if free <= 2:
        return (12.706, 4.303)[free - 1]
    z = NormalDist().inv_cdf(0.975)
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / free + second / free**2 + third / free**3


def slopes_table(rows: Sequence[SoakRow]) -> Table:
    """Slopes over all rows but the first, in which caches fill."""
    table = Table(title="Change per minute, with its 95 % interval")
    for column in ("", "per minute", "±", "verdict"):
        table.add_column(column, justify="right" if column else "left")
    kept = rows[1:]
    minutes = [row.minutes for row in kept]
    for name, values in (
        ("milliseconds per frame", [row.step_ms for row in kept]),
        ("memory, MiB", [row.memory_mib for row in kept]),
        ("open files", [float(row.files) for row in kept]),
        ("threads", [float(row.threads) for row in kept]),
    ):
        if len(values) > 2:
            found = slope(minutes, values)
            verdict = "zero within noise" if found.is_zero else "not zero"
            table.add_row(name, f"{found.per_minute:+.3f}", f"{found.margin:.3f}", verdict)
    return table
