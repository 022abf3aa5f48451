"""Sources and engines whose behaviour a test can dictate."""

import threading
import time
from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

import numpy as np
import torch

from app.errors import SourceError
from app.pipeline.events import Event
from app.pipeline.frames import Frame
from app.pipeline.loading import Loaded
from app.pipeline.sources.base import SourceInfo
from swem_core.engine.result import StepResult
from swem_core.engine.state import EngineState
from swem_core.types import Image, Mask, ObjectId

SIZE = (48, 64)
AnEvent = TypeVar("AnEvent")


class FakeSource:
    """Frames of constant grey level = index, at ``rate``, ``count`` of them (None = for ever).

    ``failures``: frame indices at which ``read`` raises once, as an unplugged camera does.
    """

    def __init__(
        self,
        *,
        live: bool,
        count: int | None = None,
        rate: float = 100,
        failures: tuple[int, ...] = (),
    ) -> None:
        self.is_live, self.name = live, "fake"
        self._count, self._rate, self._failures = count, rate, list(failures)
        self._read = 0
        self._since_open = 0
        self.opened = self.closed = 0
        self.threads: set[str] = set()

    def open(self) -> SourceInfo:
        self.opened += 1
        self._since_open = 0
        self.threads.add(threading.current_thread().name)
        return SourceInfo(self.name, SIZE, self._rate, self._count, self.is_live)

    def read(self) -> Frame | None:
        if self._failures and self._read == self._failures[0]:
            self._failures.pop(0)
            raise SourceError("The camera was unplugged. Plug it in again.")
        if self._count is not None and self._read >= self._count:
            return None
        if self.is_live:
            time.sleep(1 / self._rate)
        image = np.full((*SIZE, 3), self._read % 256, np.uint8)
        frame = Frame(self._read, image, self._since_open / self._rate, time.monotonic_ns())
        self._read += 1
        self._since_open += 1
        return frame

    def close(self) -> None:
        self.closed += 1
        self.threads.add(threading.current_thread().name)


class FakeEngine:
    """Tracks by remembering the anchors; ``before`` may sleep or raise on each frame."""

    def __init__(self, before: Callable[[Image], None] = lambda image: None) -> None:
        self.objects: tuple[ObjectId, ...] = ()
        self.state_bytes = 0
        self.short_side = 48
        self.seen: list[int] = []
        self.held: list[tuple[ObjectId, ...]] = []
        self._before = before
        self._masks: dict[ObjectId, Mask] = {}

    def segment(
        self, image: Image, *, anchors: Mapping[ObjectId, Mask] | None = None
    ) -> StepResult:
        start = time.perf_counter()
        self._before(image)
        spent = {"decode": 1e3 * (time.perf_counter() - start)}
        self.seen.append(int(image[0, 0, 0]))
        self._masks.update(anchors or {})
        self.objects = tuple(self._masks)
        self.state_bytes = 100 * len(self.objects)
        logits = [np.where(m, 9, -9)[::4, ::4].astype(np.float32) for m in self._masks.values()]
        scores = dict.fromkeys(self.objects, 1.0)
        given = dict(anchors or {})
        return StepResult(self.objects, np.stack(logits), SIZE, SIZE, scores, given, spent)

    def memorise(self, hold: Collection[ObjectId] = ()) -> dict[str, float]:
        self.held.append(tuple(hold))
        return {}

    def remove(self, ids: list[ObjectId]) -> None:
        for object_id in ids:
            self._masks.pop(object_id, None)
        self.objects = tuple(self._masks)

    def reset(self) -> None:
        self.remove(list(self.objects))

    def save_state(self) -> EngineState:
        masks = [torch.from_numpy(mask) for mask in self._masks.values()]
        stacked = torch.stack(masks) if masks else torch.zeros(0, *SIZE, dtype=torch.bool)
        return EngineState("fake", self.objects, {"masks": stacked})

    def restore(self, state: EngineState) -> None:
        masks = zip(state.ids, state.tensors["masks"], strict=True)
        self._masks.update({object_id: mask.numpy() for object_id, mask in masks})
        self.objects = tuple(self._masks)

    def load(self) -> Loaded:
        """What the engine thread loads."""
        return Loaded(self, None, "fake", "test")  # type: ignore[arg-type]


class Events:
    """A listener that keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[Event] = []

    def __call__(self, event: Event) -> None:
        self.heard.append(event)

    def of(self, kind: type[AnEvent]) -> list[AnEvent]:
        return [event for event in self.heard if isinstance(event, kind)]


def wait_until(
    condition: Callable[[], object], what: str = "it is so", timeout_s: float = 20
) -> None:
    """Poll; a test never asserts how fast something is, only that it happens."""
    end = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < end, f"timed out waiting until {what}"
        time.sleep(0.005)


def some_mask() -> Mask:
    mask = np.zeros(SIZE, np.bool_)
    mask[16:32, 16:48] = True
    return mask
