"""How many CPU threads a step may use, adapted to what else runs on the machine.

OpenMP's workers wait for each other actively. On a quiet machine that is fastest; where another
program takes a core away, each of the hundred parallel regions of a step waits for a thread that
does not run. Measured on 2 cores with two busy programs beside it: 4,156 ms per step with two
threads against 29 ms on the quiet machine. One thread waits for nobody.
"""

import sys
import time
from collections.abc import Callable
from typing import Protocol

import torch

_WINDOW = 5  # steps looked at together
_CROWDED = 4.0  # involuntary context switches per step: somebody else wants our cores
_FIRST_TRY_S, _LAST_TRY_S = 4.0, 60.0


class Clock(Protocol):
    """Seconds, monotonic."""

    def __call__(self) -> float: ...


class CpuThreads:
    """Call ``after_step`` on the inference thread; it sets torch's thread count for the next one.

    Falls back to one thread when the system keeps interrupting ours, and tries all again after a
    while: 4 s at first, twice as long after each try that failed. Only Linux counts interruptions
    per thread; elsewhere nothing is changed. Thread: the one that steps.
    """

    def __init__(
        self,
        most: int,
        *,
        interruptions: Callable[[], int] | None = None,
        clock: Clock = time.monotonic,
        set_threads: Callable[[int], None] = torch.set_num_threads,
    ) -> None:
        self._most = most
        self._interruptions = interruptions or _involuntary_switches
        self._clock = clock
        self._set_threads = set_threads
        self._few = False
        self._steps = 0
        self._seen: int | None = None
        self._patience_s = _FIRST_TRY_S
        self._retry_at = 0.0

    @property
    def count(self) -> int:
        """Threads of the next step."""
        return 1 if self._few else self._most

    def after_step(self) -> None:
        """Look at how the last steps went; cheap."""
        if self._most == 1:
            return
        now_seen = self._interruptions()
        if self._seen is None:
            self._seen = now_seen
            return
        self._steps += 1
        if self._steps < _WINDOW:
            return
        per_step = (now_seen - self._seen) / self._steps
        self._seen, self._steps = now_seen, 0
        self._decide(per_step)

    def _decide(self, per_step: float) -> None:
        now = self._clock()
        if not self._few:
            if per_step >= _CROWDED:
                self._switch(few=True)
                self._retry_at = now + self._patience_s
                self._patience_s = min(2 * self._patience_s, _LAST_TRY_S)
            elif now > self._retry_at + self._patience_s:
                self._patience_s = _FIRST_TRY_S  # all has been well for as long as we waited
        elif now >= self._retry_at:
            self._switch(few=False)
            self._retry_at = now

    def _switch(self, *, few: bool) -> None:
        self._few = few
        self._seen = None
        self._set_threads(self.count)


def _involuntary_switches() -> int:
    """How often the system took this thread off its core so far; 0 where that is not counted."""
    if not sys.platform.startswith("linux"):
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_THREAD).ru_nivcsw
