"""Gathers the meters of a session's stages into one reading."""

import time
from collections.abc import Mapping
from typing import Protocol

from app.pipeline.capture import CaptureStage
from app.pipeline.compositor import CompositorStage
from app.pipeline.engine_stage import EngineStage
from app.pipeline.frames import Rendered
from app.pipeline.recording.recorder import Recorder
from app.pipeline.recording.replay import Replay
from app.pipeline.stats import LatencyMeter, RateMeter, Stats


class Edge(Protocol):
    """A connection between two stages, which counts the frames that nobody took."""

    @property
    def dropped(self) -> int:
        """How many were dropped so far."""
        ...


class SessionMeters:
    """``edges``: connections by the names they have in ``Stats.dropped``."""

    def __init__(
        self,
        capture: CaptureStage,
        engine: EngineStage,
        compositor: CompositorStage,
        recorder: Recorder,
        replay: Replay,
        *,
        edges: Mapping[str, Edge],
    ) -> None:
        self._capture, self._engine, self._compositor = capture, engine, compositor
        self._recorder, self._replay, self._edges = recorder, replay, edges
        self._painted_rate = RateMeter()
        self._latency = LatencyMeter()
        self._last_painted = -1

    def painted(self, rendered: Rendered) -> None:
        """Count a picture that is on the screen, each frame once. Thread: the one that paints."""
        frame = rendered.segmented.frame
        if rendered.segmented.draft is not None or frame.index == self._last_painted:
            return
        self._last_painted = frame.index
        self._painted_rate.tick()
        self._latency.add((time.monotonic_ns() - frame.captured_ns) / 1e6)

    def reading(self) -> Stats:
        """All meters now. Thread: any."""
        result, info = self._engine.last_result, self._capture.info
        compose_ms = self._compositor.compose_ms.percentiles()[0]
        p50, p95 = self._latency.percentiles()
        dropped = {name: edge.dropped for name, edge in self._edges.items()}
        return Stats(
            capture_fps=self._capture.rate.rate(),
            engine_fps=self._engine.rate.rate(),
            display_fps=self._painted_rate.rate(),
            latency_p50_ms=p50,
            latency_p95_ms=p95,
            frame_age_ms=(time.monotonic_ns() - self._capture.last_arrival_ns) / 1e6,
            dropped={**dropped, "record": self._recorder.dropped},
            stage_ms={**self._engine.stage_ms.means(), "compose": compose_ms},
            scores=dict(result.scores) if result else {},
            memory_bytes=self._engine.memory_bytes,
            source_size=info.size if info else None,
            inference_size=result.inference_size if result else None,
            recorded_frames=self._recorder.frames,
            recorded_seconds=self._recorder.seconds,
            recorded_bytes=self._recorder.bytes,
            recording_room=self._recorder.free_bytes,
            sound_level=self._recorder.sound_level,
            replay_seconds=self._replay.seconds,
            replay_bytes=self._replay.bytes,
            pace=self._engine.pace,
        )
