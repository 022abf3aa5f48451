"""A session whose source, network or marks fail: it is told, and what still works goes on."""

import numpy as np
import pytest
from fakes import Events, FakeEngine, FakeSource, some_mask, wait_until
from session_kit import newest, running

from app.pipeline import capture
from app.pipeline.events import (
    EngineReady,
    Notice,
    ObjectsChanged,
    SourceLost,
    StageFailed,
)
from app.pipeline.loading import Loaded
from app.pipeline.session import Session, SessionOptions
from swem_core.errors import MaskError, WeightsError
from swem_core.types import Image


def test_an_unplugged_camera_comes_back_and_tracking_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(capture, "FIRST_RETRY_S", 0.02)
    engine, events = FakeEngine(), Events()
    source = FakeSource(live=True, failures=(10, 20))
    options = SessionOptions(initial=lambda frame, loaded: {1: some_mask()})
    seconds: list[float] = []
    session = Session(source, engine.load, events, options=options)
    with running(session):
        while len(seconds) < 30:
            rendered = session.view.get(timeout=5)
            assert rendered is not None
            seconds.append(rendered.segmented.frame.seconds)
    assert source.opened == 3
    assert [e.text for e in events.of(SourceLost)] == [
        "The camera was unplugged. Plug it in again."
    ] * 2
    assert seconds == sorted(seconds), "source time never falls"
    assert engine.objects == (1,)


def test_a_camera_that_never_worked_fails_with_its_message() -> None:
    events = Events()
    source = FakeSource(live=True)

    def busy() -> None:
        from app.errors import SourceError

        raise SourceError("The camera is busy. Close the other program.")

    source.open = busy  # type: ignore[assignment, method-assign]
    with running(Session(source, FakeEngine().load, events)) as session:
        assert session.wait(10)
    assert [e.text for e in events.of(StageFailed)] == [
        "The camera is busy. Close the other program."
    ]


def test_wrong_weights_are_told_and_the_picture_goes_on() -> None:
    events = Events()

    def load() -> Loaded:
        raise WeightsError("These weights belong to another network.")

    session = Session(FakeSource(live=True), load, events)
    with running(session):
        wait_until(lambda: events.of(StageFailed), "the failure is told")
        first = newest(session).segmented
        newest(session, lambda r: r.segmented.frame.index > first.frame.index + 5)
        session.freeze(first)
        wait_until(lambda: events.of(Notice), "marking says why it cannot be")
    assert not events.of(EngineReady)


def test_a_failing_network_ends_tracking_but_not_the_picture() -> None:
    def explode(image: Image) -> None:
        if image[0, 0, 0] == 5:
            raise RuntimeError("CUDA error: device lost")

    engine, events = FakeEngine(explode), Events()
    options = SessionOptions(initial=lambda frame, loaded: {1: some_mask()}, paced=False)
    session = Session(FakeSource(live=False, count=30), engine.load, events, options=options)
    with running(session):
        rendered = newest(session, lambda r: r.segmented.frame.index == 29)
        assert rendered.segmented.result is None
    failed = events.of(StageFailed)
    assert len(failed) == 1 and "device lost" in failed[0].text
    assert events.of(ObjectsChanged)[-1] == ObjectsChanged(())


def test_marks_that_do_not_fit_end_a_headless_run_with_their_message() -> None:
    def marks(frame: object, loaded: object) -> dict[int, np.ndarray]:
        raise MaskError("The mask is 10x10 pixels, the frame 64x48.")

    events = Events()
    options = SessionOptions(paced=False, initial=marks, close_at_end=True)
    session = Session(FakeSource(live=False, count=5), FakeEngine().load, events, options=options)
    with running(session):
        assert session.wait(10)
    assert [e.text for e in events.of(StageFailed)] == [
        "The mask is 10x10 pixels, the frame 64x48."
    ]
