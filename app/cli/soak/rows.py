"""What a long run measures: one row of means per stretch of time."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import fmean

import psutil

from app.pipeline.stats import Stats
from swem_core.freed_memory import memory_in_use

_MIB = 2**20
_LONGEST_ROW_S = 60.0
_FEWEST_ROWS = 12  # of a run shorter than as many minutes


@dataclass(frozen=True, slots=True)
class SoakRow:
    """Means over a stretch that ended ``minutes`` after the start.

    ``step_ms``: milliseconds the engine spends per frame. ``fps``: masks per second.
    ``memory_mib``: resident memory. ``files``, ``threads``: open at the end of the stretch (handles
    on Windows). ``used_mib``: memory allocated, without what the allocator keeps after it was
    freed; None where the system does not tell.
    """

    minutes: float
    step_ms: float
    fps: float
    memory_mib: float
    files: int
    threads: int
    used_mib: float | None = None


class SoakMeter:
    """Turns readings into ``rows`` from the first tracked picture on. Thread: one."""

    def __init__(self, seconds: float, tell: Callable[[SoakRow], None]) -> None:
        """``seconds``: length of the run, with a row a minute, or 12 if it is shorter than 12
        minutes. ``tell`` is called with each row when it is complete."""
        self.rows: list[SoakRow] = []
        self.row_s = min(_LONGEST_ROW_S, seconds / _FEWEST_ROWS)
        self._most_rows = round(seconds / self.row_s)
        self._tell = tell
        self._process = psutil.Process()
        self._begin: float | None = None
        self._readings = _Readings()

    @property
    def is_done(self) -> bool:
        """Whether all rows are complete."""
        return len(self.rows) >= self._most_rows

    def sample(self, stats: Stats) -> None:
        """Take a reading; several a second."""
        now = time.monotonic()
        if self._begin is None:
            self._begin = now if stats.scores else None
            return
        self._readings.add(stats, self._process)
        if now - self._begin >= self.row_s * (len(self.rows) + 1):
            row = self._readings.row((now - self._begin) / 60, self._process)
            self.rows.append(row)
            self._readings = _Readings()
            self._tell(row)


@dataclass(slots=True)
class _Readings:
    step_ms: list[float] = field(default_factory=list)
    fps: list[float] = field(default_factory=list)
    memory_mib: list[float] = field(default_factory=list)
    used_mib: list[float] = field(default_factory=list)

    def add(self, stats: Stats, process: psutil.Process) -> None:
        stages = stats.stage_ms
        self.step_ms.append(sum(spent for stage, spent in stages.items() if stage != "compose"))
        self.fps.append(stats.engine_fps)
        self.memory_mib.append(process.memory_info().rss / _MIB)
        used = memory_in_use()
        self.used_mib += [used / _MIB] if used is not None else []

    def row(self, minutes: float, process: psutil.Process) -> SoakRow:
        return SoakRow(
            *(minutes, fmean(self.step_ms), fmean(self.fps), fmean(self.memory_mib)),
            *(_open_files(process), process.num_threads()),
            fmean(self.used_mib) if self.used_mib else None,
        )


def _open_files(process: psutil.Process) -> int:
    if sys.platform == "win32":
        return process.num_handles()
    return process.num_fds()
