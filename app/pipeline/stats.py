"""Live figures: rates, latencies, drops, memory. Stages write them, anyone reads them."""

import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from swem_core.types import ObjectId, Size

_NS = 1e9
_NOTHING_MS = 0.02  # a stage this short is not worth naming


class RateMeter:
    """Events per second over a sliding window. Thread: safe."""

    def __init__(self, window_s: float = 2.0) -> None:
        self._window_ns = int(window_s * _NS)
        self._times: deque[int] = deque()
        self._lock = threading.Lock()

    def tick(self, now_ns: int | None = None) -> None:
        """Count one event."""
        now = time.monotonic_ns() if now_ns is None else now_ns
        with self._lock:
            self._times.append(now)
            self._trim(now)

    def rate(self, now_ns: int | None = None) -> float:
        """Events per second in the window that ends now; 0.0 with fewer than two events."""
        now = time.monotonic_ns() if now_ns is None else now_ns
        with self._lock:
            self._trim(now)
            if len(self._times) < 2:
                return 0.0
            return (len(self._times) - 1) * _NS / max(now - self._times[0], 1)

    def _trim(self, now: int) -> None:
        while self._times and now - self._times[0] > self._window_ns:
            self._times.popleft()


class LatencyMeter:
    """Percentiles of the last ``size`` durations. Thread: safe."""

    def __init__(self, size: int = 120) -> None:
        self._values: deque[float] = deque(maxlen=size)
        self._lock = threading.Lock()

    def add(self, milliseconds: float) -> None:
        """Record one duration."""
        with self._lock:
            self._values.append(milliseconds)

    def percentiles(self) -> tuple[float, float]:
        """(p50, p95) in milliseconds; zeros before the first value."""
        with self._lock:
            values = list(self._values)
        if not values:
            return 0.0, 0.0
        p50, p95 = np.percentile(values, (50, 95))
        return float(p50), float(p95)


class StageMeter:
    """Running mean of the milliseconds each stage of work takes. Thread: one writes, any reads."""

    def __init__(self, weight: float = 0.1) -> None:
        self._weight = weight
        self._means: dict[str, float] = {}

    def add(self, milliseconds: Mapping[str, float]) -> None:
        """One frame's stages; the newest counts ``weight``, all before it the rest.

        A stage that a frame skips counts as 0, so the means are per frame, whatever share of the
        frames needs the stage; one that is no longer needed fades out.
        """
        means, weight = dict(self._means), self._weight
        for stage in {**means, **milliseconds}:
            value = milliseconds.get(stage, 0.0)
            before = means.get(stage, value)
            means[stage] = before + weight * (value - before)
        self._means = {stage: mean for stage, mean in means.items() if mean >= _NOTHING_MS}

    def means(self) -> Mapping[str, float]:
        """Milliseconds per stage, in the order of work."""
        return self._means


@dataclass(frozen=True, slots=True)
class PaceStats:
    """What the governor does to keep ``target_fps`` masks per second.

    ``level``: its name. ``short_side``: pixels of the shorter side of what the network sees.
    ``learn_every``, ``mask_every``: see ``swem_core.engine.levels.Level``. ``still``: share of the
    latest frames, 0..1, that kept their masks because nothing moved.
    """

    target_fps: float
    level: str
    short_side: int
    learn_every: int
    mask_every: int
    still: float


@dataclass(frozen=True, slots=True)
class Stats:
    """One reading of all meters, for the HUD (poll it a few times a second).

    Rates in frames per second, durations in milliseconds, sizes in bytes.
    ``latency_p50/p95_ms``: from a frame's arrival to its being painted.
    ``dropped``: frames overwritten unseen, per edge name ("capture", "engine", "view", "record").
    ``stage_ms``: mean time per stage of work on one frame. ``scores``: confidence per object,
    0..1. ``frame_age_ms``: since the last frame arrived from the source. ``recording_room``: bytes
    that may still be recorded, None if unknown. ``sound_level``: of the recorded microphone, 0..1.
    ``replay_seconds``, ``replay_bytes``: what the replay buffer holds, and the memory it takes.
    ``pace``: None while the governor is off.
    """

    capture_fps: float = 0.0
    engine_fps: float = 0.0
    display_fps: float = 0.0
    latency_p50_ms: float = 0.0
    latency_p95_ms: float = 0.0
    frame_age_ms: float = 0.0
    dropped: dict[str, int] = field(default_factory=dict)
    stage_ms: dict[str, float] = field(default_factory=dict)
    scores: dict[ObjectId, float] = field(default_factory=dict)
    memory_bytes: int = 0
    source_size: Size | None = None
    inference_size: Size | None = None
    recorded_frames: int = 0
    recorded_seconds: float = 0.0
    recorded_bytes: int = 0
    recording_room: int | None = None
    sound_level: float | None = None
    replay_seconds: float = 0.0
    replay_bytes: int = 0
    pace: PaceStats | None = None
