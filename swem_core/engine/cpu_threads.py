"""Adapting the number of CPU threads to the load that other programs put on the machine.

OpenMP workers busy-wait for each other. That is fastest on an idle machine; but where another
program occupies a core, each of the hundred parallel regions of a step waits for a thread that is
not running. Measured on 2 cores: 29 ms per step with two threads and 45 ms with one when idle,
4,156 ms and 168 ms beside two busy programs. A single thread waits for nobody.
"""

import time
from collections.abc import Callable, Hashable

import torch

_SAMPLES = 3  # steps a judgement rests on
_WORSE = 1.25  # all threads must not be this much slower than one
_HOPELESS = 3.0  # ... and a single step as slow as this ends a try at once
_COMPARE_EVERY_S = 20.0
_FIRST_WAIT_S, _LAST_WAIT_S = 5.0, 60.0


class CpuThreads:
    """Call ``after_step`` with each step's duration; it sets torch's thread count for the next.

    A few steps with one thread give the baseline, measured again when the work changes and every
    20 s. All threads are used while they beat it. Otherwise one is used, and all are tried again
    after 5 s, then at growing intervals. Thread: the one that steps.
    """

    def __init__(
        self,
        most: int,
        *,
        clock: Callable[[], float] = time.monotonic,
        set_threads: Callable[[int], None] = torch.set_num_threads,
    ) -> None:
        self._most = most
        self._clock = clock
        self._set_threads = set_threads
        self._work: Hashable = None
        self._yardstick_ms: float | None = None
        self._samples: list[float] = []
        self._few = False
        self._wait_s = _FIRST_WAIT_S
        self._due = 0.0

    @property
    def count(self) -> int:
        """Threads of the next step."""
        return 1 if self._few else self._most

    def after_step(self, milliseconds: float, work: Hashable) -> None:
        """Account for the step that just ended. ``work``: equal for steps that cost the same."""
        if self._most == 1:
            return
        if work != self._work:
            self._work, self._yardstick_ms = work, None
            self._use(few=True)
            return  # the first step of new work is not typical
        self._samples.append(milliseconds)
        if self._few:
            self._judge_one()
        else:
            self._judge_all()

    def _judge_one(self) -> None:
        if self._yardstick_ms is None:
            if len(self._samples) >= _SAMPLES:
                self._yardstick_ms = min(self._samples)
                self._use(few=False)
        elif self._clock() >= self._due:
            self._use(few=False)

    def _judge_all(self) -> None:
        assert self._yardstick_ms is not None
        newest = self._samples[-_SAMPLES:]
        hopeless = newest[-1] > _HOPELESS * self._yardstick_ms
        if hopeless or (len(newest) == _SAMPLES and min(newest) > _WORSE * self._yardstick_ms):
            self._due = self._clock() + self._wait_s
            self._wait_s = min(2 * self._wait_s, _LAST_WAIT_S)
            self._use(few=True)
        elif len(self._samples) > _SAMPLES and self._clock() >= self._due:
            self._wait_s = _FIRST_WAIT_S
            self._yardstick_ms = None
            self._use(few=True)

    def _use(self, *, few: bool) -> None:
        if not few:
            self._due = self._clock() + _COMPARE_EVERY_S
        self._few = few
        self._samples = []
        self._set_threads(self.count)
