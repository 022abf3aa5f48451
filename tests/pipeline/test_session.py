import time
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from fakes import SIZE, Events, FakeEngine, FakeSource, some_mask, wait_until
from session_kit import BRUSH, HEADLESS, newest, running

from app.pipeline.channels import ChannelClosed
from app.pipeline.events import (
    Level,
    MarkingChanged,
    Notice,
    ObjectsChanged,
    RecordingStopped,
    SnapshotSaved,
    SourceEnded,
    StageFailed,
)
from app.pipeline.recording.plan import RecordingPlan
from app.pipeline.session import Session, SessionOptions
from app.pipeline.style import ViewStyle
from swem_core.segment.prompts import Click
from swem_core.types import Image


def test_a_file_is_segmented_frame_by_frame_and_nothing_is_dropped(tmp_path: Path) -> None:
    engine, events = FakeEngine(lambda image: time.sleep(0.002)), Events()
    source = FakeSource(live=False, count=60)
    session = Session(source, engine.load, events, options=HEADLESS)
    session.start_recording(RecordingPlan(tmp_path / "out.mkv", tmp_path / "masks"))
    with running(session):
        assert session.wait(20)
    assert engine.seen == list(range(60))
    stats = session.stats()
    assert stats.dropped == {"capture": 0, "engine": 0, "view": stats.dropped["view"], "record": 0}
    assert events.of(SourceEnded) == [SourceEnded(60)]
    stopped = events.of(RecordingStopped)
    assert [(s.frames, s.dropped, s.error) for s in stopped] == [(60, 0, None)]
    assert len(list((tmp_path / "masks").iterdir())) == 60
    with av.open(str(tmp_path / "out.mkv")) as video:
        times = [frame.time for frame in video.decode(video=0)]
    np.testing.assert_allclose(times, np.arange(60) / 100, atol=1e-9)


def test_each_stage_has_its_own_thread_and_the_source_stays_on_one() -> None:
    names: set[str] = set()

    def note(image: Image) -> None:
        import threading

        names.add(threading.current_thread().name)

    source = FakeSource(live=False, count=5)
    with running(Session(source, FakeEngine(note).load, Events(), options=HEADLESS)) as session:
        assert session.wait(10)
    assert names == {"engine"} and source.threads == {"capture"}
    assert source.closed >= 1


def test_a_live_source_drops_old_frames_and_shows_new_ones() -> None:
    engine = FakeEngine(lambda image: time.sleep(0.05))
    options = SessionOptions(initial=lambda frame, loaded: {1: some_mask()})
    session = Session(FakeSource(live=True, rate=200), engine.load, Events(), options=options)
    with running(session):
        wait_until(lambda: len(engine.seen) > 8, "some frames are segmented")
        stats = session.stats()
    assert stats.dropped["capture"] > 10
    assert engine.seen == sorted(engine.seen)


def test_marking_from_preview_to_tracking_and_back() -> None:
    engine, events = FakeEngine(), Events()
    session = Session(FakeSource(live=True), engine.load, events)
    with running(session):
        shown = newest(session)
        assert shown.segmented.result is None
        session.freeze(shown.segmented)
        session.set_active(3)
        session.prompt(BRUSH)
        draft = newest(session, lambda r: bool(r.segmented.draft and r.segmented.draft.alphas))
        assert draft.segmented.frame is shown.segmented.frame
        assert draft.segmented.draft is not None
        assert draft.segmented.draft.alphas[3][24, 30] == 255
        session.undo()
        newest(session, lambda r: bool(r.segmented.draft and not r.segmented.draft.alphas))
        session.redo()
        session.accept()
        tracked = newest(session, lambda r: r.segmented.result is not None)
        assert tracked.segmented.result is not None and tracked.segmented.result.ids == (3,)
        assert engine.seen[0] == shown.segmented.frame.index  # the frame the person saw
        newest(session, lambda r: r.segmented.frame.index > shown.segmented.frame.index + 3)
        assert session.stats().memory_bytes == 100
        session.remove_object(3)
        newest(session, lambda r: r.segmented.result is None)
    ids = [event.ids for event in events.of(ObjectsChanged)]
    assert ids == [(3,), ()]
    frozen = [event.frozen for event in events.of(MarkingChanged)]
    assert frozen[0] and not frozen[-1]


def test_a_held_file_waits_for_its_marks() -> None:
    engine, events = FakeEngine(), Events()
    options = SessionOptions(paced=False, hold_first=True)
    session = Session(FakeSource(live=False, count=40), engine.load, events, options=options)
    with running(session):
        held = newest(session, lambda r: r.segmented.draft is not None)
        assert held.segmented.frame.index == 0
        session.prompt(BRUSH)
        session.accept()
        wait_until(lambda: len(engine.seen) == 40, "all frames are segmented")
        assert engine.seen == list(range(40))
        wait_until(lambda: events.of(SourceEnded), "the end is told")
        assert not session.wait(0.1)  # the window keeps the last frame
        last = newest(session)
        session.freeze(last.segmented)
        newest(session, lambda r: r.segmented.draft is not None)


def test_a_paused_file_goes_on_where_it_was() -> None:
    engine, events = FakeEngine(), Events()
    options = SessionOptions(paced=False, initial=lambda frame, loaded: {1: some_mask()})
    session = Session(FakeSource(live=False, count=300), engine.load, events, options=options)
    with running(session):
        wait_until(lambda: len(engine.seen) > 3, "it runs")
        session.set_paused(True)
        wait_until(lambda: _still(lambda: len(engine.seen)), "it stands still")
        session.set_paused(False)
        wait_until(lambda: len(engine.seen) == 300, "it goes on")
        assert engine.seen == [i % 256 for i in range(300)]


def _still(value: Callable[[], int]) -> bool:
    before = value()
    time.sleep(0.15)
    return value() == before


def test_accepting_nothing_says_so_and_stays_frozen() -> None:
    events = Events()
    session = Session(FakeSource(live=True), FakeEngine().load, events)
    with running(session):
        session.freeze(newest(session).segmented)
        session.accept()
        wait_until(lambda: events.of(Notice), "a notice comes")
        session.prompt(Click(5, 5))  # needs the click network, which this engine lacks
        wait_until(lambda: len(events.of(Notice)) == 2, "another notice comes")
        session.cancel()
        newest(session, lambda r: r.segmented.draft is None)
    texts = [event.text for event in events.of(Notice)]
    assert "Nothing is marked" in texts[0] and "use the brush" in texts[1]
    assert not events.of(StageFailed)


def test_a_style_change_redraws_a_still_picture() -> None:
    options = SessionOptions(initial=lambda frame, loaded: {1: some_mask()}, paced=False)
    session = Session(FakeSource(live=False, count=3), FakeEngine().load, Events(), options=options)
    with running(session):
        last = newest(session, lambda r: r.segmented.frame.index == 2)
        session.set_view(ViewStyle(opacity=1.0, outline=0))
        redrawn = newest(session)
    assert redrawn.segmented is last.segmented
    assert not np.array_equal(redrawn.picture, last.picture)


def test_a_snapshot_is_the_picture(tmp_path: Path) -> None:
    from PIL import Image as Pictures

    events = Events()
    options = SessionOptions(initial=lambda frame, loaded: {1: some_mask()}, paced=False)
    session = Session(FakeSource(live=False, count=9), FakeEngine().load, events, options=options)
    session.snapshot(tmp_path / "a.png", not_before=4)
    session.snapshot(tmp_path / "a.png" / "b.png", not_before=5)  # no folder, that
    with running(session):
        wait_until(lambda: events.of(SnapshotSaved), "the snapshot is saved")
        wait_until(lambda: events.of(Notice), "the other one is refused")
    picture = np.asarray(Pictures.open(tmp_path / "a.png"))
    assert picture.shape[:2] == SIZE and tuple(picture[0, 0][:3]) == (4, 4, 4)
    assert events.of(Notice)[0].level is Level.ERROR


def test_latency_counts_painted_frames_once() -> None:
    session = Session(FakeSource(live=True), FakeEngine().load, Events())
    with running(session):
        rendered = newest(session)
        for _ in range(3):
            session.painted(rendered)
        session.painted(newest(session))
        stats = session.stats()
    assert stats.display_fps > 0 and stats.latency_p50_ms > 0 and stats.frame_age_ms >= 0


def test_stopping_twice_and_before_starting_does_no_harm() -> None:
    session = Session(FakeSource(live=True), FakeEngine().load, Events())
    assert session.stop() == []
    session = Session(FakeSource(live=True), FakeEngine().load, Events())
    session.start()
    assert session.stop() == [] and session.stop() == []
    with pytest.raises(ChannelClosed):
        while True:
            session.view.get(timeout=0)
