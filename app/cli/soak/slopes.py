"""Whether memory and time of a long run stayed the same: slopes, once it has warmed up."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean

from rich.table import Table

from app.cli.soak.rows import SoakRow

_FEWEST = 3  # rows that determine a slope and its error


@dataclass(frozen=True, slots=True)
class Slope:
    """Slope of a line through the rows, per minute. ``margin``: half its 95 % interval."""

    per_minute: float
    margin: float

    @property
    def is_zero(self) -> bool:
        """Whether zero lies in the 95 % interval."""
        return abs(self.per_minute) <= self.margin


def warm_up(rows: Sequence[SoakRow]) -> int | None:
    """How many rows went by until memory was level; None if it never was.

    Level: the line through all later rows, half of the run at least, is flat within its 95 %
    interval, and the first of them is no lower than all others. The run's first row, in which
    caches fill, is never among them.
    """
    for first in range(1, len(rows) // 2 + 1):
        later = rows[first:]
        if len(later) < _FEWEST:
            return None
        memory = [row.memory_mib for row in later]
        is_flat = slope([row.minutes for row in later], memory).is_zero
        if is_flat and memory[0] >= min(memory[1:]):
            return first
    return None


def level_text(rows: Sequence[SoakRow]) -> str:
    """When memory became level, and between which limits it stayed, in words."""
    first = warm_up(rows)
    if first is None:
        return "Memory never became level"
    kept = [row.memory_mib for row in rows[first:]]
    since = f"Memory level after {rows[first - 1].minutes:.1f} minutes"
    return f"{since}, {min(kept):.0f} to {max(kept):.0f} MiB"


def slope(minutes: Sequence[float], values: Sequence[float]) -> Slope:
    """Slope of the least-squares line through at least three points."""
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
    """Slopes since memory was level, or over the second half if it never was."""
    first = warm_up(rows) or len(rows) // 2
    kept = rows[first:]
    minutes = [row.minutes for row in kept]
    start = rows[first - 1].minutes if first else 0.0
    table = Table(
        title=f"Change per minute after {start:.1f} minutes", caption=f"{level_text(rows)}."
    )
    for column in ("", "per minute", "±", "verdict"):
        table.add_column(column, justify="right" if column else "left")
    for name, values in (
        ("milliseconds per frame", [row.step_ms for row in kept]),
        ("memory, MiB", [row.memory_mib for row in kept]),
        ("memory in use, MiB", [row.used_mib for row in kept if row.used_mib is not None]),
        ("open files", [float(row.files) for row in kept]),
        ("threads", [float(row.threads) for row in kept]),
    ):
        if _FEWEST <= len(values) == len(minutes):
            found = slope(minutes, values)
            verdict = "zero within noise" if found.is_zero else "not zero"
            table.add_row(name, f"{found.per_minute:+.3f}", f"{found.margin:.3f}", verdict)
    return table
