import itertools
import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from fakes import SIZE, Events, FakeEngine, FakeSource, some_mask, wait_until

from app.pipeline.frames import Frame
from app.pipeline.pacing import Pacing
from app.pipeline.session import Session, SessionOptions
from app.pipeline.stats import StageMeter
from swem_core.types import Image


def frame(index: int, rate: float) -> Frame:
    image = np.full((*SIZE, 3), (20 * index) % 256, np.uint8)
    return Frame(index, image, index / rate, 0)


def pacing_after(source_fps: float, target_fps: float | None, frames: int = 25) -> Pacing:
    """An engine that takes 40 ms, fed by a source of that rate."""
    seconds = itertools.count(step=0.04)
    pacing = Pacing(target_fps, live=False, clock=lambda: next(seconds))
    engine = pacing.drive(FakeEngine())  # type: ignore[arg-type]
    engine.segment(frame(0, source_fps).image, anchors={1: some_mask()})
    for index in range(1, frames):
        now = frame(index, source_fps)
        result = replace(engine.segment(now.image), timings_ms={"decode": 40.0})
        pacing.after_frame(now, result, engine.memorise())
    return pacing


def test_a_source_slower_than_the_target_is_followed_not_outrun() -> None:
    pacing = pacing_after(source_fps=5, target_fps=60)
    assert pacing.stats is not None
    assert (pacing.stats.level, pacing.stats.target_fps) == ("full", 60)


def test_a_quicker_source_than_the_engine_is_governed() -> None:
    pacing = pacing_after(source_fps=60, target_fps=60)
    assert pacing.stats is not None and pacing.stats.level != "full"


def test_switched_off_every_frame_is_done_in_full() -> None:
    pacing = pacing_after(source_fps=60, target_fps=None)
    assert pacing.stats is None


@pytest.fixture
def slow() -> Iterator[tuple[Session, FakeEngine]]:
    """A live source of 100 frames per second, an engine that does 12; 30 are wanted."""

    def work(image: Image) -> None:
        time.sleep(0.08)

    engine = FakeEngine(work)
    options = SessionOptions(initial=lambda frame, loaded: {1: some_mask()}, target_fps=30)
    session = Session(FakeSource(live=True, rate=100), engine.load, Events(), options=options)
    session.start()
    yield session, engine
    assert session.stop() == []


def test_a_slow_engine_is_asked_less_often_and_can_be_set_free(
    slow: tuple[Session, FakeEngine],
) -> None:
    session, engine = slow

    def level() -> str | None:
        pace = session.stats().pace
        return pace.level if pace else None

    wait_until(lambda: level() not in (None, "full"), "the governor steps in")
    pace = session.stats().pace
    assert pace is not None and pace.mask_every > 1
    assert engine.short_side == pace.short_side
    session.set_target_fps(None)
    wait_until(lambda: session.stats().pace is None and engine.short_side == SIZE[0], "it is off")
    before = session.stats().dropped["capture"]
    wait_until(lambda: session.stats().dropped["capture"] > before + 8, "frames are let go again")
    session.set_target_fps(1)
    wait_until(lambda: level() == "full", "one per second is easy")


def test_stage_means_are_per_frame_whatever_share_of_frames_needs_them() -> None:
    meter = StageMeter()
    for index in range(400):
        meter.add({"flow": 4.0} if index % 2 else {"encode": 30.0, "decode": 10.0})
    means = meter.means()
    assert means["encode"] == pytest.approx(15, rel=0.1)
    assert means["flow"] == pytest.approx(2, rel=0.1)
    for _ in range(200):
        meter.add({"encode": 30.0})
    assert list(meter.means()) == ["encode"]
