"""A camera that shows the cats: at its own pace, whether anybody looks or not."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from cat_clip import RATE, SIZE, Clip
from fakes import Events

from app.pipeline.frames import Frame, Rendered
from app.pipeline.loading import EngineChoice, Loaded
from app.pipeline.session import Session, SessionOptions
from app.pipeline.sources.base import SourceInfo


class LiveClip:
    """The clip's frames at ``rate``; ``play`` lets it go on, and its last frame stays."""

    is_live, name = True, "cats"

    def __init__(self, clip: Clip, rate: float = RATE) -> None:
        self._clip, self._rate = clip, rate
        self._index = 0
        self.until = 0
        self.shown: dict[int, int] = {}
        """Which of the clip's frames each frame of the source is."""

    def open(self) -> SourceInfo:
        return SourceInfo(self.name, SIZE, self._rate, None, True)

    def read(self) -> Frame | None:
        time.sleep(1 / self._rate)
        last = self.shown[self._index - 1] if self._index else -1
        self.shown[self._index] = min(last + 1, self.until, len(self._clip.frames) - 1)
        image = self._clip.frames[self.shown[self._index]]
        frame = Frame(self._index, image, self._index / self._rate, time.monotonic_ns())
        self._index += 1
        return frame

    def close(self) -> None:
        pass


@cache
def lite() -> Loaded:
    """One network for all tests; sessions use it one after the other."""
    return EngineChoice(device="cpu", precision="fp32").load()


def fresh_lite() -> Loaded:
    """The network, tracking nothing."""
    lite().engine.reset()
    return lite()


@contextmanager
def live(source: LiveClip, events: Events) -> Iterator[Session]:
    session = Session(source, fresh_lite, events, options=SessionOptions())
    session.start()
    try:
        yield session
    finally:
        assert session.stop() == []


def newest(
    session: Session, wanted: Callable[[Rendered], bool] = lambda r: True, timeout_s: float = 20
) -> Rendered:
    """The next picture that is as wanted."""
    end = time.monotonic() + timeout_s
    while time.monotonic() < end:
        rendered = session.view.get(timeout=0.1)
        if rendered is not None and wanted(rendered):
            return rendered
    raise AssertionError("no such picture came")
