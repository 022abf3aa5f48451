"""Milliseconds per stage of a step."""

import time


class StageClock:
    """``lap("encode")`` files the time since the last lap (or the start) under that name."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """End a stage; stages of the same name add up."""
        now = time.perf_counter()
        self._laps[stage] = self._laps.get(stage, 0.0) + 1e3 * (now - self._last)
        self._last = now

    def milliseconds(self) -> dict[str, float]:
        """What was filed so far, in order."""
        return dict(self._laps)
