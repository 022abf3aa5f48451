"""A network camera that is restarted, or sends pictures of another size: the stream goes on."""

import time
from collections.abc import Callable
from pathlib import Path

import clips
from fakes import Events
from network_camera import network_camera

from app.pipeline.capture import CaptureStage
from app.pipeline.channels import BoundedQueue
from app.pipeline.events import Notice, SourceLost, SourceOpened, StageFailed
from app.pipeline.frames import Frame
from app.pipeline.sources.stream import StreamSource

PATIENCE_S = 30.0
SMALL, LARGE = (48, 64), (96, 128)


def stream(path: Path, size: tuple[int, int]) -> bytes:
    return clips.write(path, 12, size=size, codec="libx264", pixels="yuv420p").read_bytes()


class Reader:
    """The capture thread on an address, and what came of it."""

    def __init__(self, url: str) -> None:
        self.events, self.frames = Events(), list[Frame]()
        self._queue: BoundedQueue[Frame] = BoundedQueue(2)
        source = StreamSource(url, timeout_s=1.0)
        self.stage = CaptureStage(source, self._queue, self.events, paced=False, close_at_end=False)

    def until(self, condition: Callable[[], object], what: str) -> None:
        end = time.monotonic() + PATIENCE_S
        while not condition():
            assert time.monotonic() < end, f"in vain: {what}"
            frame = self._queue.get(0.05)
            self.frames += [frame] if frame is not None else []

    def of_size(self, size: tuple[int, int]) -> list[Frame]:
        return [frame for frame in self.frames if frame.image.shape[:2] == size]


def test_a_camera_that_is_restarted_comes_back_though_its_size_is_another(tmp_path: Path) -> None:
    small, large = stream(tmp_path / "a.ts", SMALL), stream(tmp_path / "b.ts", LARGE)
    with network_camera(small, silent_s=0.1) as first:
        url, port = first.url("s3cret"), first.server_address[1]
        reader = Reader(url)
        reader.stage.start()
        reader.until(lambda: len(reader.of_size(SMALL)) >= 8, "the first pictures")
    reader.until(lambda: reader.events.of(SourceLost), "it is told")
    before = len(reader.frames)
    with network_camera(large, port=port):
        reader.until(lambda: len(reader.of_size(LARGE)) >= 8, "pictures of the other size")
        reader.stage.stop()
        reader.stage.join(PATIENCE_S)
    assert before >= 8 and not reader.events.of(StageFailed)
    assert [f.index for f in reader.frames] == list(range(len(reader.frames)))
    times = [frame.seconds for frame in reader.frames]
    assert times == sorted(times), "recordings need time that never falls"
    sizes = {event.info.size for event in reader.events.of(SourceOpened)}
    assert sizes == {SMALL, LARGE}
    assert any("is back" in notice.text for notice in reader.events.of(Notice))


def test_a_size_that_changes_in_the_middle_of_a_stream(tmp_path: Path) -> None:
    data = stream(tmp_path / "a.ts", SMALL) + stream(tmp_path / "b.ts", LARGE)
    with network_camera(data) as camera:
        reader = Reader(camera.url("s3cret"))
        reader.stage.start()
        reader.until(lambda: len(reader.of_size(LARGE)) >= 6, "pictures of the other size")
        reader.stage.stop()
        reader.stage.join(PATIENCE_S)
    assert len(reader.of_size(SMALL)) >= 8
    shown = [clips.number(frame.image) for frame in reader.of_size(LARGE)]
    assert shown == sorted(shown), "none is a mixture of both"
    assert not reader.events.of(StageFailed)
