"""Choosing the level of quality that holds a target rate of masks, from measured times alone."""

import time
from collections import deque
from collections.abc import Callable, Hashable, Sequence

from swem_core.engine.levels import LEVELS, Level

_WINDOW = 16  # network frames a judgement looks back on
_OUTLIERS = 3  # slowest of them left out: the adaptive thread count tries three steps with one
_ENOUGH = 6  # network frames before the first judgement
_SETTLE = 5  # network frames left out after a change: other sizes, caches and thread counts
_HEADROOM = 0.9  # share of a frame's time that may be spent
_COMFORT = 0.75  # ... and must suffice before a better level is tried
_OVER_S = 0.4  # how long it must be too slow before a level goes
_FIRST_WAIT_S, _LAST_WAIT_S = 3.0, 60.0  # how long there must be time to spare
_RELAPSE_S = 10.0  # a better level that lasts shorter was a mistake: wait longer next time
_FLOW_GUESS_MS = 3.0  # until optical flow was measured


class Governor:
    """Report what each frame took, then read ``level`` for the next one.

    Chooses the best level whose predicted time fits the target. The prediction scales recent
    measurements by the number of pixels and by how often each part runs. After 0.4 s over budget
    it lowers the level; it raises it only after a better level has fitted comfortably for 3 s,
    doubled each time that turned out to be a mistake. Thread: one.
    """

    def __init__(
        self,
        target_fps: float,
        levels: Sequence[Level] = LEVELS,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``levels``: best first."""
        self._levels = tuple(levels)
        self._clock = clock
        self._index = 0
        self._costs = _Costs()
        self._work: Hashable = None
        self._over_since: float | None = None
        self._spare_since: float | None = None
        self._wait_s = _FIRST_WAIT_S
        self._raised_at: float | None = None
        self.target_fps = target_fps
        self.frame_gap_ms = 0.0
        """Time between two frames of a live source; 0 for a file, which waits."""

    @property
    def level(self) -> Level:
        """Level for the next frame."""
        return self._levels[self._index]

    def after_network(self, segment_ms: float, memorise_ms: float, work: Hashable) -> None:
        """Account for a frame that went through the network, and adapt the level.

        ``memorise_ms``: 0 if it was not learnt from. ``work``: equal for frames that cost the same
        at one level, e.g. the number of objects.
        """
        if work != self._work:
            self._work = work
            self._start_over()
        self._costs.add(segment_ms, memorise_ms)
        if self._costs.are_known:
            self._judge()

    def after_flow(self, milliseconds: float) -> None:
        """Account for moving the masks by optical flow."""
        self._costs.add_flow(milliseconds)

    def _judge(self) -> None:
        now = self._clock()
        budget_ms = _HEADROOM * 1e3 / self.target_fps
        too_slow = self._predict(self._index) > budget_ms
        self._over_since = _since(self._over_since, too_slow, now)
        better = self._best_within(_COMFORT * budget_ms)
        self._spare_since = _since(self._spare_since, better < self._index, now)
        if self._over_since is not None and now - self._over_since >= _OVER_S:
            self._lower(self._best_within(budget_ms), now)
        elif self._spare_since is not None and now - self._spare_since >= self._wait_s:
            self._raised_at = now
            self._go(better)

    def _lower(self, index: int, now: float) -> None:
        if index == self._index:
            return  # nothing is cheaper
        if self._raised_at is not None and now - self._raised_at < _RELAPSE_S:
            self._wait_s = min(2 * self._wait_s, _LAST_WAIT_S)
        else:
            self._wait_s = _FIRST_WAIT_S
        self._raised_at = None
        self._go(index)

    def _best_within(self, milliseconds: float) -> int:
        """Index of the best level that takes at most so long, or of the fastest."""
        for index in range(len(self._levels)):
            if self._predict(index) <= milliseconds:
                return index
        return min(range(len(self._levels)), key=self._predict)

    def _predict(self, index: int) -> float:
        return self._costs.predict(self.level, self._levels[index], self.frame_gap_ms)

    def _go(self, index: int) -> None:
        self._index = index
        self._start_over()

    def _start_over(self) -> None:
        self._costs.forget()
        self._over_since = self._spare_since = None


class _Costs:
    """Recent times at one level and one number of objects."""

    def __init__(self) -> None:
        self._to_skip = _SETTLE
        self._segment: deque[float] = deque(maxlen=_WINDOW)
        self._memorise: deque[float] = deque(maxlen=_WINDOW)
        self._flow: deque[float] = deque(maxlen=_WINDOW)

    @property
    def are_known(self) -> bool:
        """Whether there are enough measurements for a prediction."""
        return len(self._segment) >= _ENOUGH

    def add(self, segment_ms: float, memorise_ms: float) -> None:
        if self._to_skip:
            self._to_skip -= 1
            return
        self._segment.append(segment_ms)
        if memorise_ms:
            self._memorise.append(memorise_ms)

    def add_flow(self, milliseconds: float) -> None:
        self._flow.append(milliseconds)

    def predict(self, now: Level, then: Level, gap_ms: float) -> float:
        """Milliseconds per mask at level ``then``, from measurements at level ``now``.

        If the network takes longer than ``gap_ms``, frames of a live source are dropped meanwhile
        and the next has to be waited for, so cheap optical flow does not help beyond that.
        """
        pixels = (then.scale / now.scale) ** 2
        network = pixels * (_typical(self._segment) + _typical(self._memorise) / then.learn_every)
        flow = _typical(self._flow) if self._flow else _FLOW_GUESS_MS
        if network > _HEADROOM * gap_ms:
            flow = max(flow, gap_ms)
        return (network + flow * (then.mask_every - 1)) / then.mask_every

    def forget(self) -> None:
        """Drop what no longer applies; the cost of optical flow is independent of the level."""
        self._to_skip = _SETTLE
        self._segment.clear()
        self._memorise.clear()


def _typical(values: Sequence[float]) -> float:
    """Mean without the slowest few; 0 for no values, e.g. if no object may learn."""
    kept = sorted(values)[: max(1, len(values) - _OUTLIERS)]
    return sum(kept) / max(1, len(kept))


def _since(before: float | None, holds: bool, now: float) -> float | None:
    """Since when a condition has held without interruption; None while it does not."""
    if not holds:
        return None
    return now if before is None else before
