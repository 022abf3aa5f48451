"""A network camera in a thread: RTSP with a password, pictures over TCP."""

import socketserver
import struct
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count

from bad_network import PACKET, BadNetwork

SDP = "v=0\r\no=- 0 0 IN IP4 0\r\ns=x\r\nt=0 0\r\nm=video 0 RTP/AVP 33\r\na=control:0\r\n"


class Camera(socketserver.ThreadingTCPServer):
    """Sends ``data`` (MPEG-TS) over RTSP, by TCP only, then falls silent and at last hangs up.

    Or, without end, what ``network`` leaves of it.
    """

    allow_reuse_address = True

    def __init__(
        self, data: bytes, password: str, pause_s: float, silent_s: float, port: int
    ) -> None:
        super().__init__(("127.0.0.1", port), Dialogue)
        self.data = data
        self.key = b64encode(f"user:{password}".encode()).decode()
        self.pause_s, self.silent_s = pause_s, silent_s
        self.network: BadNetwork | None = None
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
                return

    def answer(self, method: str, headers: dict[str, str]) -> None:
        status, extra, body = "200 OK", "", ""
        if method == "DESCRIBE":
            extra, body = "Content-Type: application/sdp\r\n", SDP
        elif method == "SETUP":
            asked = headers["transport"]
            status = "200 OK" if "TCP" in asked else "461 Unsupported Transport"
            extra = f"Transport: {asked}\r\n"
        if method != "OPTIONS" and headers.get("authorization") != f"Basic {self.server.key}":
            status, body = "401 Unauthorized", ""
            extra = 'WWW-Authenticate: Basic realm="x"\r\n'
        head = f"RTSP/1.0 {status}\r\nCSeq: {headers['cseq']}\r\nSession: 1\r\n{extra}"
        self.wfile.write(f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode())

    def play(self) -> None:
        numbers = count()
        if self.server.network is not None:
            with suppress(OSError):  # nobody watches any more
                self.server.network.send_all(lambda payload: self.send(next(numbers), payload))
            return
        for start in range(0, len(self.server.data), PACKET):
            self.send(next(numbers), self.server.data[start : start + PACKET])
            if self.server.leaving.wait(self.server.pause_s):
                return
        self.server.leaving.wait(self.server.silent_s)

    def send(self, number: int, payload: bytes) -> None:
        packet = struct.pack(">BBHII", 0x80, 33, number % 2**16, number * 900 % 2**32, 1) + payload
        self.wfile.write(struct.pack(">cBH", b"$", 0, len(packet)) + packet)


@contextmanager
def network_camera(
    data: bytes,
    password: str = "s3cret",
    *,
    pause_s: float = 0.0,
    silent_s: float = 60.0,
    port: int = 0,
) -> Iterator[Camera]:
    """Serves until the end of the block. ``pause_s``: after every few packets, as in real time."""
    with Camera(data, password, pause_s, silent_s, port) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.leaving.set()
        server.shutdown()
        thread.join(10)


@contextmanager
def rtsp_sender(network: BadNetwork) -> Iterator[str]:
    """The address of a camera behind a bad network."""
    with network_camera(b"") as camera:
        camera.network = network
        try:
            yield camera.url("s3cret")
        finally:
            network.leaving.set()
