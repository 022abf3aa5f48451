"""What tests of whole sessions share."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from fakes import some_mask

from app.pipeline.frames import Rendered
from app.pipeline.session import Session, SessionOptions
from swem_core.segment.prompts import Brush

BRUSH = Brush(((30.0, 24.0),), radius=6)
HEADLESS = SessionOptions(
    paced=False,
    initial=lambda frame, loaded: {1: some_mask()},
    close_at_end=True,
    lossless_recording=True,
)


@contextmanager
def running(session: Session) -> Iterator[Session]:
    session.start()
    try:
        yield session
    finally:
        assert session.stop() == []


def newest(session: Session, wanted: Callable[[Rendered], bool] = lambda r: True) -> Rendered:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        rendered = session.view.get(timeout=0.1)
        if rendered is not None and wanted(rendered):
            return rendered
    raise AssertionError("no such picture came")
