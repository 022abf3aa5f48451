"""Statistics of a training run."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager

from swem_core.train.journal import TrainingStats
from swem_core.train.loss import ClipLoss


class Meter:
    """Means since the last report, and speed over the whole run except ``warm_up`` steps."""

    def __init__(self, clips_per_step: int, warm_up: int = 5) -> None:
        self._clips, self._warm_up = clips_per_step, warm_up
        self._start = self._recent_start = time.perf_counter()
        self._waited = self._recent_waited = 0.0
        self._steps = 0
        self._recent: list[tuple[float, float, float, float]] = []

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Context around waiting for a batch."""
        begin = time.perf_counter()
        yield
        waited = time.perf_counter() - begin
        self._waited += waited
        self._recent_waited += waited

    def add(self, loss: ClipLoss, gradient: float) -> None:
        """Account for one step. ``gradient``: norm before clipping."""
        values = loss.total.item(), loss.entropy.item(), loss.iou.item(), gradient
        self._recent.append(values)
        self._steps += 1
        if self._steps == self._warm_up:
            self._start, self._waited = time.perf_counter(), 0.0

    @property
    def diverged(self) -> bool:
        """Whether the last loss is not finite."""
        return bool(self._recent) and not math.isfinite(self._recent[-1][0])

    @property
    def recent_loss(self) -> float:
        """Mean total loss since the last report."""
        return sum(values[0] for values in self._recent) / max(len(self._recent), 1)

    @property
    def clips_per_second(self) -> float:
        """Speed over the whole run."""
        steps = self._steps - self._warm_up if self._steps > self._warm_up else self._steps
        return steps * self._clips / max(time.perf_counter() - self._start, 1e-9)

    @property
    def waiting_share(self) -> float:
        """Share of the whole run spent waiting for data, 0..1."""
        return self._waited / max(time.perf_counter() - self._start, 1e-9)

    def report(
        self, step: int, progress: float, minutes: float, loss: float, rate: float
    ) -> TrainingStats:
        """Means since the last report, then reset. ``loss``: mean over all processes."""
        now = time.perf_counter()
        seconds = max(now - self._recent_start, 1e-9)
        count = len(self._recent)
        means = [sum(values) / count for values in zip(*self._recent, strict=True)]
        _, entropy, iou, gradient = means
        report = TrainingStats(
            step=step,
            progress=progress,
            minutes=minutes,
            loss=loss,
            entropy=entropy,
            iou=iou,
            rate=rate,
            gradient=gradient,
            clips_per_second=len(self._recent) * self._clips / seconds,
            waiting=self._recent_waited / seconds,
        )
        self._recent, self._recent_start, self._recent_waited = [], now, 0.0
        return report
