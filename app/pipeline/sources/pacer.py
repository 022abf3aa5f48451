"""When live pictures that arrive in bursts are due."""

_MAX_AHEAD_S = 1.0  # also how long a read may be held up
_MAX_BEHIND_S = 1.0


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
