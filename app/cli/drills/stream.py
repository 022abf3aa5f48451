"""A stream whose server is restarted, and comes back with pictures of another size."""

import queue
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.cli.drills.clips import copied, pictures, shrunk
from app.cli.drills.drill import DrillFailedError, must
from app.cli.live_clip import real_objects
from app.pipeline.events import Event, RecordingStopped, SourceLost, SourceOpened, StageFailed
from app.pipeline.loading import EngineChoice
from app.pipeline.recording.plan import RecordingPlan
from app.pipeline.session import Session, SessionOptions
from app.pipeline.sources.stream import StreamSource

_PATIENCE_S: Final = 60.0
_RESTART_S: Final = 1.0
_PICTURES: Final = 90
_SMALLER: Final = 360
_SILENCE_S: Final = 3.0
_CHUNK: Final = 7 * 188  # bytes of MPEG-TS in a packet of most networks
_HEAD: Final = b"HTTP/1.1 200 OK\r\nContent-Type: video/mp2t\r\nConnection: close\r\n\r\n"


def server_restarts(folder: Path) -> str:
    """While two objects are tracked and recorded."""
    large = copied(folder / "large.ts", most=_PICTURES).read_bytes()
    small = shrunk(folder / "small.ts", _SMALLER, _PICTURES).read_bytes()
    heard: queue.SimpleQueue[Event] = queue.SimpleQueue()
    events: list[Event] = []

    def told(kind: type) -> list[Event]:
        while not heard.empty():
            events.append(heard.get())
        return [event for event in events if isinstance(event, kind)]

    with _serving(large) as port:
        session = _session(port, heard.put)
        session.start_recording(RecordingPlan(folder / "out.mkv"))
        session.start()
        try:
            _wait(lambda: session.stats().recorded_frames > 20 and session.stats().scores, "start")
        except DrillFailedError:
            session.stop()
            raise
    try:
        _wait(lambda: told(SourceLost), "notice that the stream is gone")
        time.sleep(_RESTART_S)
        with _serving(small, port):
            _wait(lambda: len(told(SourceOpened)) > 1, "come back by itself")
            before = session.stats().recorded_frames
            _wait(lambda: session.stats().recorded_frames > before + 10, "go on recording")
            tracked = len(session.stats().scores)
    finally:
        session.stop()
    must(tracked == 2, f"{tracked} of 2 objects are tracked after it")
    must(not told(StageFailed), "a part of the program failed")
    parts = [part for part in told(RecordingStopped) if isinstance(part, RecordingStopped)]
    kept = [pictures(part.path) for part in parts]
    must(kept == [part.frames for part in parts] and len(kept) > 1, f"recordings hold {kept}")
    return f"reconnected by itself, 2 of 2 objects tracked on, {kept} pictures in a file per size"


def _session(port: int, listener: Callable[[Event], None]) -> Session:
    source = StreamSource(f"http://127.0.0.1:{port}/live.ts", timeout_s=_SILENCE_S)
    options = SessionOptions(initial=real_objects(2))
    choice = EngineChoice(device="cpu", short_side=96)
    return Session(source, choice.load, listener, options=options)


@contextmanager
def _serving(data: bytes, port: int = 0) -> Iterator[int]:
    """Send ``data`` in three seconds, over and over, to whoever asks; then hang up at once."""
    leaving = threading.Event()
    callers: list[threading.Thread] = []
    server = socket.create_server(("127.0.0.1", port))
    server.settimeout(0.1)

    def accept() -> None:
        while not leaving.is_set():
            try:
                caller, _ = server.accept()
            except TimeoutError:
                continue
            callers.append(threading.Thread(target=_send, args=(caller, data, leaving)))
            callers[-1].start()

    accepting = threading.Thread(target=accept)
    accepting.start()
    try:
        yield server.getsockname()[1]
    finally:
        leaving.set()
        for thread in (accepting, *callers):
            thread.join()
        server.close()


def _send(caller: socket.socket, data: bytes, leaving: threading.Event) -> None:
    pause_s = 3.0 * _CHUNK / len(data)
    with caller:
        caller.settimeout(1.0)
        try:
            caller.recv(65536)  # the request, whatever it asks for
            caller.sendall(_HEAD)
            for start in range(0, len(data), _CHUNK):
                caller.sendall(data[start : start + _CHUNK])
                if leaving.wait(pause_s):
                    return
        except OSError:  # the caller is gone
            return


def _wait(condition: Callable[[], object], what: str) -> None:
    end = time.monotonic() + _PATIENCE_S
    while not condition():
        if time.monotonic() > end:
            raise DrillFailedError(f"it did not {what} within {_PATIENCE_S:.0f} seconds")
        time.sleep(0.05)
