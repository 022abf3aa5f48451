"""Clocks of recorded and live pictures."""

from fractions import Fraction

_NUDGE_S = 0.001
_RESTART_S = 1.0  # a bigger step back is a clock that started again, not a misplaced picture
_MAX_AHEAD_S = 1.0  # also how long a read may be held up
_MAX_BEHIND_S = 1.0


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


class Pacer:
    """Spreads pictures that arrive in bursts (HLS segments, files on a web server) over time.

    Never builds up delay: it never waits for pictures that are late, and starts afresh when they
    are more than a second off.
    """

    def __init__(self) -> None:
        self._start_s: float | None = None

    def wait_s(self, stamp_s: float, now_s: float) -> float:
        """Seconds to hold back (0..1) the picture stamped ``stamp_s`` that is here at ``now_s``."""
        if self._start_s is None:
            self._start_s = now_s - stamp_s
        ahead = self._start_s + stamp_s - now_s
        if not -_MAX_BEHIND_S <= ahead <= _MAX_AHEAD_S:
            self._start_s = now_s - stamp_s
            return 0.0
        return max(ahead, 0.0)
