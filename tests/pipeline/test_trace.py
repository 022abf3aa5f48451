import itertools
import json
import threading
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from fakes import Events, FakeEngine, FakeSource, some_mask

from app.pipeline.recording.plan import RecordingPlan
from app.pipeline.session import Session, SessionOptions
from app.pipeline.trace import Tracer


def properly_nested(spans: list[tuple[float, float]]) -> bool:
    """Of (begin, end) in the order of their begins: each ends before whatever it lies in."""
    open_until: list[float] = []
    for begin, end in spans:
        while open_until and open_until[-1] <= begin:
            open_until.pop()
        if open_until and end > open_until[-1]:
            return False
        open_until.append(end)
    return True


def test_a_pipelines_trace_is_valid_and_has_every_thread(tmp_path: Path) -> None:
    tracer = Tracer(10_000)
    options = SessionOptions(
        paced=False,
        initial=lambda frame, loaded: {1: some_mask()},
        close_at_end=True,
        lossless_recording=True,
        trace=tracer,
    )
    session = Session(
        FakeSource(live=False, count=30), FakeEngine().load, Events(), options=options
    )
    session.start_recording(RecordingPlan(tmp_path / "out.mkv"))
    session.start()
    assert session.wait(20)
    assert session.stop() == []
    tracer.save(tmp_path / "trace.json")
    content = json.loads((tmp_path / "trace.json").read_text("utf-8"))
    events: list[dict[str, Any]] = content["traceEvents"]
    tracks = {e["tid"]: e["args"]["name"] for e in events if e["ph"] == "M"}
    work: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for event in events:
        if event["ph"] == "X":
            assert event["ts"] >= 0 and event["dur"] >= 0 and event["pid"] == 1
            work[tracks[event["tid"]]].append(event)
    assert set(work) == {"capture", "engine", "compositor", "recorder"}
    for done in work.values():
        times = [(event["ts"], event["ts"] + event["dur"]) for event in done]
        assert [begin for begin, _ in times] == sorted(begin for begin, _ in times)
        assert properly_nested([(round(a, 2), round(b, 2)) for a, b in times])
    names = {thread: {event["name"] for event in done} for thread, done in work.items()}
    assert {"segment", "decode", "publish"} <= names["engine"]
    assert names["capture"] == {"decode video"} and names["compositor"] == {"compose"}
    assert sum(e["name"] == "encode video" for e in work["recorder"]) == 30
    assert sum(e["name"] == "compose" for e in work["compositor"]) == 30


def test_stages_lie_inside_what_they_are_part_of() -> None:
    import time

    tracer = Tracer(10)
    begin = time.perf_counter_ns()
    while time.perf_counter_ns() < begin + 3_000_000:
        pass
    tracer.stages("segment", begin, {"encode key": 1.0, "decode": 1.0, "rounding": 50.0})
    whole, *parts = tracer.spans()
    assert (whole.name, whole.depth, whole.thread) == (
        "segment",
        0,
        threading.current_thread().name,
    )
    assert [part.name for part in parts] == ["encode key", "decode", "rounding"]
    assert parts[0].begin_ns == whole.begin_ns and parts[-1].end_ns == whole.end_ns
    assert all(a.end_ns == b.begin_ns for a, b in itertools.pairwise(parts))


def test_the_ring_keeps_the_newest_and_no_more() -> None:
    tracer = Tracer(3)
    for number in range(10):
        with tracer.span(str(number)):
            pass
    assert [span.name for span in tracer.spans()] == ["7", "8", "9"]


def test_switched_off_nothing_is_kept_and_errors_pass_through() -> None:
    tracer = Tracer()
    with tracer.span("a"), tracer.span("b"):
        pass
    tracer.stages("c", 0, {"d": 1.0})
    assert tracer.spans() == []
    for each in (tracer, Tracer(5)):
        with pytest.raises(ZeroDivisionError), each.span("x"):
            raise ZeroDivisionError
