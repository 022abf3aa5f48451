"""Timing the stages of a step."""

import time


class StageClock:
    """``lap("encode")`` books the time since the previous lap, or the start, as "encode"."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """End a stage. Times of stages with the same name add up."""
        now = time.perf_counter()
        self._laps[stage] = self._laps.get(stage, 0.0) + 1e3 * (now - self._last)
        self._last = now

    def milliseconds(self) -> dict[str, float]:
        """Milliseconds per stage so far, in order of first use."""
        return dict(self._laps)
