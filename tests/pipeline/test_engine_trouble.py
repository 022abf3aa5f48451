"""What a person hears when the engine had to change how it works, or its device failed."""

from collections.abc import Mapping
from dataclasses import replace

from fakes import Events, FakeEngine, FakeSource, some_mask

from app.pipeline.events import Level, Notice, ObjectsChanged, StageFailed
from app.pipeline.session import Session, SessionOptions
from swem_core.engine.result import StepResult
from swem_core.errors import DeviceError
from swem_core.types import Image, Mask, ObjectId

HEADLESS = SessionOptions(
    paced=False, initial=lambda frame, loaded: {1: some_mask()}, close_at_end=True
)


class ModestEngine(FakeEngine):
    """Says on its third frame that it does with less."""

    def segment(
        self, image: Image, *, anchors: Mapping[ObjectId, Mask] | None = None
    ) -> StepResult:
        result = super().segment(image, anchors=anchors)
        return replace(result, notice="Smaller from now on." if len(self.seen) == 3 else None)


class LostDevice(FakeEngine):
    """Its card fails on the third frame."""

    def segment(
        self, image: Image, *, anchors: Mapping[ObjectId, Mask] | None = None
    ) -> StepResult:
        if len(self.seen) == 2:
            raise DeviceError("The device cuda:0 stopped working. Restart.")
        return super().segment(image, anchors=anchors)


def heard(engine: FakeEngine) -> Events:
    events = Events()
    session = Session(FakeSource(live=False, count=6), engine.load, events, options=HEADLESS)
    session.start()
    assert session.wait(10)
    assert session.stop() == []
    return events


def test_an_engine_that_does_with_less_says_so_and_goes_on() -> None:
    engine = ModestEngine()
    assert heard(engine).of(Notice) == [Notice(Level.WARNING, "Smaller from now on.")]
    assert engine.seen == list(range(6))


def test_a_lost_device_is_told_in_its_own_words() -> None:
    events = heard(LostDevice())
    assert events.of(StageFailed) == [
        StageFailed("engine", "The device cuda:0 stopped working. Restart.")
    ]
    assert events.of(ObjectsChanged)[-1] == ObjectsChanged(())
