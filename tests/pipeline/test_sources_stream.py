import itertools
import socket
import threading
import traceback
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import clips
import pytest

from app.errors import SourceError
from app.pipeline.sources.stream import StreamSource

SECRET = "s3cret"


class Site(ThreadingHTTPServer):
    """Serves files; ``/half/NAME`` sends half a file, ``/silent`` nothing, and both then wait."""

    daemon_threads = False  # server_close() joins them

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.folder = folder
        self.leaving = threading.Event()

    def url(self, path: str) -> str:
        return f"http://user:{SECRET}@127.0.0.1:{self.server_port}/{path}?token={SECRET}"


class Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        kind, _, name = self.path.partition("?")[0].strip("/").rpartition("/")
        file = self.server.folder / name
        if name == "silent":
            self.server.leaving.wait(60)
        elif kind.isdigit():
            self.send_error(int(kind))
        elif not file.is_file():
            self.send_error(404)
        else:
            self.answer(file.read_bytes(), half=kind == "half")

    def answer(self, data: bytes, half: bool) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        try:
            self.wfile.write(data[: len(data) // 2] if half else data)
        except OSError:  # the source hung up
            return
        if half:
            self.wfile.flush()
            self.server.leaving.wait(60)

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with Site(tmp_path) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.leaving.set()
        server.shutdown()
        thread.join(10)
        assert not thread.is_alive()


@pytest.fixture
def deaf() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def fails(source: StreamSource) -> str:
    """What ``open`` says, after a look for secrets in everything that could be logged."""
    with pytest.raises(SourceError) as caught:
        source.open()
    error = caught.value
    for text in (str(error), repr(error), *traceback.format_exception(error)):
        assert SECRET not in text
    assert error.__context__ is None
    assert error.__cause__ is None
    return str(error)


@pytest.mark.parametrize("name", ["clip.mkv", "clip.mp4", "clip.ts"])
def test_a_video_on_a_web_server_plays_live_and_is_lost_at_its_end(site: Site, name: str) -> None:
    stamps = [0, 20, 40, 60, 100]
    path = site.folder / name
    clips.write(path, 5, stamps=stamps, codec="libx264", pixels="yuv420p")
    source = StreamSource(site.url(name))
    info = source.open()
    found = [source.read() for _ in range(5)]
    with pytest.raises(SourceError, match="has ended"):
        source.read()
    assert (info.size, info.frame_count) == ((48, 64), None)
    assert info.is_live and source.is_live
    assert [clips.number(frame.image) for frame in found] == list(range(5))
    assert [frame.index for frame in found] == list(range(5))
    assert found[0].seconds == 0
    for a, b in itertools.pairwise(found):
        assert a.seconds < b.seconds
        assert a.captured_ns < b.captured_ns
        assert b.seconds - a.seconds == pytest.approx((b.captured_ns - a.captured_ns) / 1e9)
    source.close()


@pytest.mark.parametrize("codec", ["mpeg4", "libx264"])
def test_pictures_stored_out_of_order_come_in_order(site: Site, codec: str) -> None:
    path = site.folder / "clip.mkv"
    stamps = list(range(0, 120, 10))
    clips.write(path, 12, stamps=stamps, codec=codec, pixels="yuv420p", b_frames=2)
    source = StreamSource(site.url("clip.mkv"))
    source.open()
    found = [clips.number(source.read().image) for _ in range(12)]
    source.close()
    assert found == list(range(12))


def test_a_stream_can_be_opened_again_and_starts_counting_anew(site: Site) -> None:
    clips.write(site.folder / "clip.mkv", 2)
    source = StreamSource(site.url("clip.mkv"))
    for _ in range(2):
        source.open()
        first, second = source.read(), source.read()
        with pytest.raises(SourceError):
            source.read()
        source.close()
        assert (first.index, first.seconds, second.index) == (0, 0.0, 1)
        assert second.seconds > 0


def test_playlists_play(site: Site) -> None:
    stamps = [i * 20 for i in range(12)]
    options = {"hls_time": "0.1", "hls_list_size": "0"}
    path = site.folder / "live.m3u8"
    clips.write(path, 12, stamps=stamps, codec="libx264", pixels="yuv420p", options=options)
    source = StreamSource(site.url("live.m3u8"))
    source.open()
    found = [source.read() for _ in range(12)]
    source.close()
    assert [clips.number(frame.image) for frame in found] == list(range(12))


def test_datagrams_play(tmp_path: Path) -> None:
    path = clips.write(tmp_path / "clip.ts", 12, codec="libx264", pixels="yuv420p")
    data = path.read_bytes()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    leaving = threading.Event()

    def send() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            for start in itertools.cycle(range(0, len(data), 7 * 188)):
                sender.sendto(data[start : start + 7 * 188], ("127.0.0.1", port))
                if leaving.wait(0.002):
                    return

    thread = threading.Thread(target=send)
    thread.start()
    try:
        source = StreamSource(f"udp://127.0.0.1:{port}")
        info = source.open()
        found = [source.read() for _ in range(20)]
        source.close()
    finally:
        leaving.set()
        thread.join(10)
    assert info.size == (48, 64)
    assert [frame.index for frame in found] == list(range(20))


@pytest.mark.parametrize("scheme", ["http", "rtsp", "rtmp", "tcp"])
def test_a_server_that_says_nothing_is_given_up(deaf: int, scheme: str) -> None:
    url = f"{scheme}://user:{SECRET}@127.0.0.1:{deaf}/stream?token={SECRET}"
    message = fails(StreamSource(url, timeout_s=0.3))
    assert f"{scheme}://127.0.0.1:{deaf}/stream" in message
    assert "nothing for 0.3 seconds" in message


def test_datagrams_that_never_come_are_given_up() -> None:
    assert "nothing for 0.2 seconds" in fails(StreamSource("udp://127.0.0.1:0", timeout_s=0.2))


def test_a_web_server_that_never_answers_is_given_up(site: Site) -> None:
    assert "nothing for 0.3 seconds" in fails(StreamSource(site.url("silent"), timeout_s=0.3))


def test_a_stream_that_stops_in_the_middle_is_an_error(site: Site) -> None:
    clips.write(site.folder / "clip.ts", 12, codec="libx264", pixels="yuv420p", size=(480, 640))
    source = StreamSource(site.url("half/clip.ts"), timeout_s=0.5)
    source.open()
    with pytest.raises(SourceError) as caught:
        for _ in range(20):
            source.read()
    assert "nothing for 0.5 seconds" in str(caught.value)
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    source.close()


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("401/x", "asks for a user name and password"),
        ("403/x", "refuses access"),
        ("404/x", "does not exist"),
        ("500/x", "answered with an error"),
        ("notes.txt", "not with video"),
        ("sound.wav", "has no video"),
    ],
)
def test_answers_that_are_no_video_say_what_to_do(site: Site, path: str, message: str) -> None:
    (site.folder / "notes.txt").write_text("no video " * 1000)
    clips.write_sound(site.folder / "sound.wav")
    assert message in fails(StreamSource(site.url(path), timeout_s=5))


def test_nobody_there(deaf: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    for scheme in ("http", "https", "rtsp", "rtmp"):
        url = f"{scheme}://user:{SECRET}@127.0.0.1:{port}/x?token={SECRET}"
        assert "does not accept connections" in fails(StreamSource(url, timeout_s=2))


def test_secrets_are_in_no_name(site: Site) -> None:
    clips.write(site.folder / "clip.mkv", 1)
    source = StreamSource(site.url("clip.mkv"))
    info = source.open()
    for text in (source.name, info.name, repr(source), str(source), repr(info)):
        assert SECRET not in text
    source.close()


def test_reading_what_is_not_open_is_an_error() -> None:
    source = StreamSource(f"rtsp://user:{SECRET}@host/x")
    source.close()
    source.close()
    with pytest.raises(SourceError, match=r"rtsp://host/x is not open"):
        source.read()
