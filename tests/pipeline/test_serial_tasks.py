"""Files beside the pipeline: written in order, waited for, and told of when they fail."""

import threading
from pathlib import Path

import pytest
from fakes import Events, wait_until
from view_kit import tracked

from app.pipeline.events import Level, Notice
from app.pipeline.recording import snapshot
from app.pipeline.recording.snapshot import Moment, SnapshotWriter
from app.pipeline.serial_tasks import SerialTasks
from app.pipeline.style import ViewStyle


def test_tasks_run_in_order_and_are_waited_for() -> None:
    tasks, go_on, done = SerialTasks("test"), threading.Event(), list[int]()
    tasks.run(lambda: (go_on.wait(10), done.append(1)))
    tasks.run(lambda: done.append(2))
    assert not tasks.finish(0.05) and done == []
    go_on.set()
    assert tasks.finish(10) and done == [1, 2]
    assert SerialTasks("none").finish(0)


def test_a_snapshot_that_fails_as_nobody_foresaw_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path, moment: Moment) -> None:
        raise MemoryError("no room for the picture")

    monkeypatch.setattr(snapshot, "write_moment", fail)
    events, (segmented, _) = Events(), tracked()
    writer = SnapshotWriter(events)
    writer.write(tmp_path / "a.png", Moment(segmented.frame.image, segmented, ViewStyle()))
    writer.finish()
    wait_until(lambda: events.of(Notice), "the failure is told")
    (notice,) = events.of(Notice)
    assert notice.level is Level.ERROR and "no room for the picture" in notice.text
