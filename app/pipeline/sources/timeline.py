"""Timestamps of a recorded stream as seconds that rise."""

from fractions import Fraction

_NUDGE_S = 0.001
_RESTART_S = 1.0  # a bigger step back is a clock that started again, not a misplaced picture


class Timeline:
    """Timestamps of a stream -> seconds since its first picture, strictly rising.

    Exact wherever the stream's own timestamps rise. ``step_s``: seconds from one picture to the
    next where the stream does not say.
    """

    def __init__(self, step_s: float) -> None:
        self._step_s = step_s
        self._origin: Fraction | None = None
        self._origin_s = 0.0
        self._last_s: float | None = None

    def place(self, stamp: Fraction | None) -> float:
        """Seconds of the next picture. ``stamp``: its timestamp in seconds, None if unknown."""
        last = self._last_s
        if last is None:
            self._origin = stamp
            seconds = 0.0
        else:
            seconds = max(self._follow(stamp, last), last + _NUDGE_S)
        self._last_s = seconds
        return seconds

    def restart(self) -> None:
        """The next timestamp starts a new count, one step after the last picture."""
        self._origin = None

    def _follow(self, stamp: Fraction | None, last: float) -> float:
        if stamp is None:
            return last + self._step_s
        if self._origin is not None:
            seconds = self._origin_s + float(stamp - self._origin)
            if seconds > last - _RESTART_S:
                return seconds
        self._origin, self._origin_s = stamp, last + self._step_s
        return self._origin_s
