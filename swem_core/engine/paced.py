"""An engine that computes no more than its level of quality requires."""

import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from swem_core.engine.engine import Engine
from swem_core.engine.levels import Level
from swem_core.engine.result import StepResult
from swem_core.engine.state import EngineState
from swem_core.engine.warp import Grey, change, small_grey, warp
from swem_core.types import Image, Mask, ObjectId

STILL = 1.5
"""A picture whose ``change`` is below this is still."""
CUT = 90.0
"""A ``change`` above this is a cut, on which optical flow cannot be trusted."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """The latest frame that went through the network."""

    grey: Grey
    result: StepResult


class PacedEngine:
    """An :class:`Engine` that skips segmenting or learning as its level says.

    ``level=None``: everything on every frame. Otherwise a still picture keeps its masks, and the
    level says how often the network and the memory run. A frame with anchors, the one after it,
    and the first after any other change of the memory always go through the network. All other
    methods are the engine's. Thread: any, but one at a time.
    """

    def __init__(self, engine: Engine, level: Level | None = None) -> None:
        self._engine = engine
        self._short_side = engine.short_side
        self._seen: _Seen | None = None
        self._frames_since = 0
        self._until_learning = 0
        self._is_carried = False
        self.level = level

    @property
    def level(self) -> Level | None:
        """Level of quality; may be set between any two frames."""
        return self._level

    @level.setter
    def level(self, level: Level | None) -> None:
        self._level = level
        self._engine.short_side = round(self._short_side * (level.scale if level else 1.0))
        if level is None:
            self._seen = None

    @property
    def short_side(self) -> int:
        """Length in pixels of the network input's shorter side at the current level."""
        return self._engine.short_side

    @property
    def objects(self) -> tuple[ObjectId, ...]:
        """See :attr:`Engine.objects`."""
        return self._engine.objects

    @property
    def state_bytes(self) -> int:
        """See :attr:`Engine.state_bytes`."""
        return self._engine.state_bytes

    def segment(
        self, image: Image, *, anchors: Mapping[ObjectId, Mask] | None = None
    ) -> StepResult:
        """See :meth:`Engine.segment`. A ``carried`` result is the last one, possibly moved.

        ``timings_ms``: "motion" for comparing the pictures, "flow" if the masks were moved.
        """
        if self._level is None:
            self._is_carried = False
            return self._engine.segment(image, anchors=anchors)
        start = time.perf_counter()
        grey = small_grey(image)
        result = None if anchors else self._carried(image, grey, self._level)
        motion_ms = 1e3 * (time.perf_counter() - start)
        self._is_carried = result is not None
        if result is not None:
            self._frames_since += 1
            flow_ms = sum(result.timings_ms.values())
            return replace(result, timings_ms={"motion": motion_ms - flow_ms, **result.timings_ms})
        self._seen, self._frames_since = None, 0
        result = self._engine.segment(image, anchors=anchors)
        self._seen = _Seen(grey, replace(result, notice=None))
        return replace(result, timings_ms={"motion": motion_ms, **result.timings_ms})

    def memorise(self, hold: Collection[ObjectId] = ()) -> dict[str, float]:
        """See :meth:`Engine.memorise`. Learns nothing if it is not this frame's turn."""
        if self._is_carried:
            return {}
        if self._level is not None:
            self._until_learning = max(0, self._until_learning - 1)
            if self._until_learning:
                return {}
            self._until_learning = self._level.learn_every
        return self._engine.memorise(hold)

    def step(
        self,
        image: Image,
        *,
        anchors: Mapping[ObjectId, Mask] | None = None,
        memorise: bool = True,
    ) -> StepResult:
        """See :meth:`Engine.step`."""
        result = self.segment(image, anchors=anchors)
        learning_ms = self.memorise() if memorise else {}
        return replace(result, timings_ms={**result.timings_ms, **learning_ms})

    def look(self, image: Image) -> StepResult:
        """Masks of one frame by the network, at any level; the frame is not learnt from."""
        self._seen = None
        result = self._engine.segment(image)
        self._engine.memorise(hold=self.objects)
        return result

    def cut(self) -> None:
        """Declare that the next frame does not follow the last, so that the network segments it."""
        self._seen = None

    def remove(self, ids: Iterable[ObjectId]) -> None:
        """See :meth:`Engine.remove`."""
        self._seen = None
        self._engine.remove(ids)

    def reset(self) -> None:
        """See :meth:`Engine.reset`."""
        self._seen, self._until_learning = None, 0
        self._engine.reset()

    def save_state(self) -> EngineState:
        """See :meth:`Engine.save_state`."""
        return self._engine.save_state()

    def restore(self, state: EngineState) -> None:
        """See :meth:`Engine.restore`."""
        self._seen = None
        self._engine.restore(state)

    def _carried(self, image: Image, grey: Grey, level: Level) -> StepResult | None:
        """The last masks, moved to this frame if needed; None if the network must run."""
        seen = self._seen
        if seen is None or seen.result.source_size != image.shape[:2]:
            return None
        moved = change(seen.grey, grey)
        if moved < STILL:
            return replace(seen.result, carried=True, timings_ms={})
        if self._frames_since + 1 >= level.mask_every or moved > CUT or seen.result.anchors:
            return None
        return warp(seen.result, seen.grey, grey)
