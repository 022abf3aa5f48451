"""How far a training is: by the clock or by its steps."""

import time
from collections.abc import Callable

from swem_core.train.config import TrainConfig


class Clock:
    """Time trained, over all starts, and progress from 0 to 1. Thread: any may ask."""

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
        """Seconds."""
        return self._now() - self._start

    def progress(self, step: int) -> float:
        """0..1 before step number ``step``."""
        if self._steps is not None:
            return min(step / self._steps, 1.0)
        assert self._seconds is not None
        return min(self.elapsed / self._seconds, 1.0)
