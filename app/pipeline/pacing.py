"""Keeps a target rate of masks: the governor, fed with what a running source brings."""

import time
from collections import deque
from collections.abc import Callable, Mapping

from app.pipeline.frames import Frame
from app.pipeline.stats import PaceStats
from swem_core.engine.engine import Engine
from swem_core.engine.governor import Governor
from swem_core.engine.paced import PacedEngine
from swem_core.engine.result import StepResult

_RATE_FRAMES = 60  # frames a source's rate is measured over
_STILL_FRAMES = 60  # frames the share of still pictures is counted over


class Pacing:
    """Drives one engine so that it keeps ``target_fps``; None: every frame in full.

    With a source slower than the target, every frame of the source is enough.
    Thread: the engine's; ``stats`` any.
    """

    def __init__(
        self,
        target_fps: float | None,
        *,
        live: bool,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``live``: frames that come while the engine works are lost, they do not wait."""
        self._live = live
        self._clock = clock
        self._engine: PacedEngine | None = None
        self._target_fps = target_fps
        self._governor = self._new_governor()
        self._seen: deque[tuple[int, float]] = deque(maxlen=_RATE_FRAMES)
        self._still: deque[bool] = deque(maxlen=_STILL_FRAMES)
        self.stats: PaceStats | None = None

    def drive(self, engine: Engine) -> PacedEngine:
        """Returns what to use in place of ``engine`` from now on."""
        self._engine = PacedEngine(engine)
        self._apply()
        return self._engine

    def set_target(self, fps: float | None) -> None:
        """Another target, from the next frame on; None switches the governor off."""
        self._target_fps = fps
        if fps is None:
            self._governor = None
            self._still.clear()
        elif self._governor is None:
            self._governor = self._new_governor()
        self._apply()

    def after_frame(
        self, frame: Frame, result: StepResult, learning_ms: Mapping[str, float]
    ) -> None:
        """Judge a tracked frame by the time it took; the next may run at another level."""
        self._seen.append((frame.index, frame.seconds))
        if self._governor is None or self._target_fps is None:
            return
        source_fps = self._source_fps()
        self._governor.target_fps = min(self._target_fps, source_fps)
        self._governor.frame_gap_ms = 1e3 / source_fps if self._live else 0.0
        spent_ms = sum(result.timings_ms.values())
        is_moved = "flow" in result.timings_ms
        if not result.carried:
            self._governor.after_network(spent_ms, sum(learning_ms.values()), len(result.ids))
        elif is_moved:
            self._governor.after_flow(spent_ms)
        self._still.append(result.carried and not is_moved)
        self._apply()

    def _new_governor(self) -> Governor | None:
        if self._target_fps is None:
            return None
        return Governor(self._target_fps, clock=self._clock)

    def _source_fps(self) -> float:
        """Frames per second of source time, dropped ones included."""
        if len(self._seen) < 2:
            return float("inf")
        (first, begin), (last, end) = self._seen[0], self._seen[-1]
        # A file that was wound back counts backwards for a while.
        return (last - first) / (end - begin) if end > begin and last > first else float("inf")

    def _apply(self) -> None:
        """Set the engine to the governor's level, and say so."""
        level = self._governor.level if self._governor is not None else None
        if self._engine is None:
            return
        if self._engine.level is not level:
            self._engine.level = level
        if level is None or self._target_fps is None:
            self.stats = None
            return
        still = sum(self._still) / len(self._still) if self._still else 0.0
        side = self._engine.short_side
        self.stats = PaceStats(
            self._target_fps, level.name, side, level.learn_every, level.mask_every, still
        )
