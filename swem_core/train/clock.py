"""Progress of a training run, by the clock or by its steps."""

import time
from collections.abc import Callable

from swem_core.train.config import TrainConfig


class TrainingClock:
    """Training time over all sessions of a run, and progress from 0 to 1. Thread: any.

    ``elapsed``: seconds trained before this session.
    """

    def __init__(
        self,
        config: TrainConfig,
        elapsed: float = 0.0,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._steps = config.steps
        self._seconds = 60 * config.minutes if config.minutes is not None else None
        self._now = now
        self._start = now() - elapsed

    @property
    def elapsed(self) -> float:
        """Seconds trained."""
        return self._now() - self._start

    def progress(self, step: int) -> float:
        """Progress before step number ``step``, 0..1."""
        if self._steps is not None:
            return min(step / self._steps, 1.0)
        assert self._seconds is not None
        return min(self.elapsed / self._seconds, 1.0)
