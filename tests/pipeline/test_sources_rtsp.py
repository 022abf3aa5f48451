import socketserver
import struct
import threading
from base64 import b64encode
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import clips
import pytest

from app.errors import SourceError
from app.pipeline.sources.stream import StreamSource

KEY = b64encode(b"user:s3cret").decode()
SDP = "v=0\r\no=- 0 0 IN IP4 0\r\ns=x\r\nt=0 0\r\nm=video 0 RTP/AVP 33\r\na=control:0\r\n"


class Camera(socketserver.ThreadingTCPServer):
    """A network camera: sends ``data`` (MPEG-TS) over RTSP, by TCP only, then falls silent."""

    allow_reuse_address = True

    def __init__(self, data: bytes) -> None:
        super().__init__(("127.0.0.1", 0), Dialogue)
        self.data = data
        self.leaving = threading.Event()

    def url(self, password: str) -> str:
        return f"rtsp://user:{password}@127.0.0.1:{self.server_address[1]}/live"


class Dialogue(socketserver.StreamRequestHandler):
    server: Camera

    def handle(self) -> None:
        while line := self.rfile.readline().decode():
            method = line.split()[0]
            headers = {}
            while (header := self.rfile.readline().decode().strip()) != "":
                name, _, value = header.partition(":")
                headers[name.lower()] = value.strip()
            if method == "TEARDOWN":
                return
            self.answer(method, headers)
            if method == "PLAY":
                self.play()

    def answer(self, method: str, headers: dict[str, str]) -> None:
        status, extra, body = "200 OK", "", ""
        if method == "DESCRIBE":
            extra, body = "Content-Type: application/sdp\r\n", SDP
        elif method == "SETUP":
            asked = headers["transport"]
            status = "200 OK" if "TCP" in asked else "461 Unsupported Transport"
            extra = f"Transport: {asked}\r\n"
        if method != "OPTIONS" and headers.get("authorization") != f"Basic {KEY}":
            status, body = "401 Unauthorized", ""
            extra = 'WWW-Authenticate: Basic realm="x"\r\n'
        head = f"RTSP/1.0 {status}\r\nCSeq: {headers['cseq']}\r\nSession: 1\r\n{extra}"
        self.wfile.write(f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode())

    def play(self) -> None:
        step = 7 * 188
        for number, start in zip(count(), range(0, len(self.server.data), step), strict=False):
            payload = self.server.data[start : start + step]
            packet = struct.pack(">BBHII", 0x80, 33, number, number * 900, 1) + payload
            self.wfile.write(struct.pack(">cBH", b"$", 0, len(packet)) + packet)
        self.server.leaving.wait(60)


@pytest.fixture
def camera(tmp_path: Path) -> Iterator[Camera]:
    path = clips.write(tmp_path / "clip.ts", 12, codec="libx264", pixels="yuv420p")
    with Camera(path.read_bytes()) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.leaving.set()
        server.shutdown()
        thread.join(10)


def test_a_network_camera_plays_until_it_falls_silent(camera: Camera) -> None:
    source = StreamSource(camera.url("s3cret"), timeout_s=0.5)
    info = source.open()
    found = []
    with pytest.raises(SourceError, match=r"nothing for 0\.5 seconds") as caught:
        found += [source.read() for _ in range(8)]
        while True:
            source.read()
    assert info.size == (48, 64)
    assert [clips.number(frame.image) for frame in found] == list(range(8))
    assert "s3cret" not in str(caught.value) + info.name + source.name


def test_a_wrong_password_is_said_without_saying_it(camera: Camera) -> None:
    with pytest.raises(SourceError, match="asks for a user name and password") as caught:
        StreamSource(camera.url("wr0ng"), timeout_s=5).open()
    assert "wr0ng" not in str(caught.value)
