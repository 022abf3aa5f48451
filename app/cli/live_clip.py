"""The clip that ships as a camera would bring it, for measurements of the live pipeline."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from app.cli import demo
from app.pipeline.events import Event, StageFailed
from app.pipeline.frames import Frame
from app.pipeline.initial_marks import InitialMarks, marks_from_prompts
from app.pipeline.loading import EngineChoice, Loaded
from app.pipeline.session import Session, SessionOptions
from app.pipeline.sources.base import Source, SourceInfo
from app.pipeline.sources.file import FileSource
from app.prompts_file import load_prompts
from swem_core.engine.anchors import disjoint
from swem_core.errors import SwemError
from swem_core.resources import asset
from swem_core.types import Mask, ObjectId

RATE = 30.0


class LiveClip(FileSource):
    """Over and over at 30 frames per second; frames that nobody takes in time are lost."""

    def __init__(self) -> None:
        super().__init__(asset(demo.CLIP), loop=True)
        self._due_s = 0.0

    @property
    def is_live(self) -> bool:
        """Always True."""
        return True

    def open(self) -> SourceInfo:
        """See :class:`FileSource`."""
        info = super().open()
        self._due_s = time.monotonic()
        return replace(info, is_live=True)

    def read(self) -> Frame | None:
        """Decodes, then waits for the frame's time; never catches up with times long gone."""
        frame = super().read()
        now = time.monotonic()
        self._due_s = max(self._due_s + 1 / RATE, now - 1 / RATE)
        time.sleep(max(0.0, self._due_s - now))
        return replace(frame, captured_ns=time.monotonic_ns()) if frame is not None else None


def real_objects(count: int) -> InitialMarks:
    """``count`` objects of the clip; there are two, so the largest is cut in half for each more."""
    mark = marks_from_prompts(load_prompts(asset(demo.PROMPTS)))

    def marks(frame: Frame, loaded: Loaded) -> Mapping[ObjectId, Mask]:
        found = disjoint(mark(frame, loaded), frame.image.shape[:2])
        masks = sorted(found.values(), key=_area, reverse=True)
        while len(masks) < count:
            masks = sorted([*_halves(masks[0]), *masks[1:]], key=_area, reverse=True)
        return dict(enumerate(masks[:count], start=1))

    return marks


def _area(mask: Mask) -> int:
    return int(mask.sum())


def _halves(mask: Mask) -> tuple[Mask, Mask]:
    """Upper and lower half, of equal area."""
    rows = np.cumsum(mask.sum(1))
    upper = np.zeros_like(mask)
    upper[: int(np.searchsorted(rows, rows[-1] / 2))] = True
    return mask & upper, mask & ~upper


@contextmanager
def live_session(
    choice: EngineChoice,
    objects: int,
    options: SessionOptions | None = None,
    source: Source | None = None,
) -> Iterator[Session]:
    """The whole pipeline but the window on ``source`` (default: the live clip), tracking.

    Raises SwemError if it fails to start, and at the end if any stage failed meanwhile.
    """
    failures: list[str] = []

    def listen(event: Event) -> None:
        if isinstance(event, StageFailed):
            failures.append(event.text)

    options = replace(options or SessionOptions(), initial=real_objects(objects))
    session = Session(source or LiveClip(), choice.load, listen, options=options)
    session.start()
    try:
        while not session.stats().scores and not failures:
            time.sleep(0.05)
        if not failures:
            yield session
    finally:
        session.stop()
    if failures:
        raise SwemError(failures[0])
