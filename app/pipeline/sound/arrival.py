"""Estimates from the arrival of samples when a microphone heard them."""

from collections import deque
from typing import Final

import numpy as np

from app.pipeline.sound.base import SAMPLE_RATE, Samples

_WINDOW_S: Final = 3.0
_TOLERANCE: Final = SAMPLE_RATE // 500  # 2 ms
_RESTART: Final = SAMPLE_RATE  # a device that was asleep; less may be a thread that had to wait
_STRETCH: Final = 1000  # one sample in so many may be added or left out; nobody hears that


class ArrivalClock:
    """Numbers the samples of a device on this computer's clock: second 0 is sample 0.

    Chunks arrive late by a time that varies but is never negative, so the earliest of the last
    three seconds tells how the device's clock runs against ours. Chunks are stretched or shortened
    by a thousandth at most until both agree; after a gap the count starts anew.
    ``latency_s``: how long after it was heard a sample arrives at the earliest.
    """

    def __init__(self, latency_s: float) -> None:
        self._latency_s = latency_s
        self._next: int | None = None
        self._late: deque[tuple[float, int]] = deque()  # (arrival, samples late)

    def place(self, samples: Samples, arrived_s: float) -> tuple[int, Samples]:
        """The number of the first sample, and the samples as they fit there."""
        count = samples.shape[1]
        heard = round((arrived_s - self._latency_s) * SAMPLE_RATE) - count
        start = self._next
        if start is None or abs(heard - start) > _RESTART or self._is_settling(heard - start):
            start = heard
            self._late.clear()
        self._late.append((arrived_s, heard - start))
        while self._late[0][0] < arrived_s - _WINDOW_S:
            self._late.popleft()
        samples = self._fitted(samples)
        self._next = start + samples.shape[1]
        return start, samples

    def _is_settling(self, late: int) -> bool:
        """Earlier than any before it: what we took for the start was late itself."""
        is_new = not self._late or self._late[-1][0] - self._late[0][0] < _WINDOW_S / 2
        return is_new and late < 0

    def _fitted(self, samples: Samples) -> Samples:
        count = samples.shape[1]
        off = min(late for _, late in self._late)
        span_s = self._late[-1][0] - self._late[0][0]
        if abs(off) <= _TOLERANCE or (off > 0 and span_s < _WINDOW_S / 2) or count < 2:
            return samples
        step = max(1, count // _STRETCH) * (1 if off > 0 else -1)
        self._late = deque((at, late - step) for at, late in self._late)
        places = np.linspace(0, count - 1, count + step)
        stretched = [np.interp(places, np.arange(count), channel) for channel in samples]
        return np.asarray(stretched, np.float32)
