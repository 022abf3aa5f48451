"""Network streams: RTSP, HTTP, HLS, UDP, TCP and RTMP."""

import time

import av
from av.container import InputContainer
from av.video.frame import VideoFrame

from app.pipeline.sources.address import is_playlist, redact, scheme_of
from app.pipeline.sources.live import LiveSource, Opener
from app.pipeline.sources.pacer import Pacer
from app.pipeline.sources.video_reader import LIMITS

_PLAYLIST_TIMEOUT_S = 30.0  # between two segments of a live playlist nothing comes for seconds
_ANALYZE_MICROSECONDS = "2000000"
_WEB = frozenset({"http", "https"})
_SEGMENTED = frozenset({"hls", "dash"})
_REASONS: tuple[tuple[type[av.FFmpegError], str], ...] = (
    (
        av.error.HTTPUnauthorizedError,
        "asks for a user name and password. Put the right ones into the address: "
        "rtsp://user:password@host/...",
    ),
    (av.error.HTTPForbiddenError, "refuses access. Check user name, password and permissions."),
    (av.error.HTTPNotFoundError, "does not exist there. Check the part after the host name."),
    (av.error.HTTPError, "is answered with an error by its server. Try again later."),
    (
        av.error.ConnectionRefusedError,
        "does not accept connections. Check that it is switched on and that the port is right.",
    ),
    (av.error.ProtocolNotFoundError, "is a kind of address this program cannot use."),
    (av.error.InvalidDataError, "answers, but not with video this program can read."),
)
_TIMED_OUT = (av.error.ExitError, av.error.TimeoutError)


class StreamSource(LiveSource):
    """A live stream at ``url``. What is not read in time is lost; there is no growing delay.

    A plain file on a web server is live too: it plays at its own speed and is "lost" at its end.
    ``timeout_s``: how long to wait for the connection, and for each next packet (playlists: at
    least 30). Credentials in ``url`` appear in no name, message or log.
    """

    def __init__(self, url: str, *, timeout_s: float = 10.0, opener: Opener = av.open) -> None:
        self._timeout_s = max(timeout_s, _PLAYLIST_TIMEOUT_S) if is_playlist(url) else timeout_s
        super().__init__(redact(url), self._timeout_s)
        self._url = url
        self._scheme = scheme_of(url)
        self._opener = opener
        self._pacer: Pacer | None = None
        self._asked_s = 0.0

    def _connect(self) -> InputContainer:
        self._asked_s = time.monotonic()
        container = self._opener(
            self._url,
            options=LIMITS | _options(self._scheme, self._timeout_s),
            timeout=(self._timeout_s, self._timeout_s),
            metadata_errors="replace",
        )
        comes_in_bursts = container.format.name in _SEGMENTED or container.duration is not None
        self._pacer = Pacer() if self._scheme in _WEB and comes_in_bursts else None
        return container

    def _wait_s(self, picture: VideoFrame) -> float:
        if self._pacer is None or picture.pts is None:
            return 0.0
        return self._pacer.wait_s(picture.time, time.monotonic())

    def _explain(self, error: av.FFmpegError | None) -> str:
        if error is None:
            return f"{self.name} has ended."
        # RTSP reports a time-out as bad data.
        timed_out = isinstance(error, _TIMED_OUT) or (
            isinstance(error, av.error.InvalidDataError)
            and time.monotonic() - self._asked_s >= self._timeout_s
        )
        if timed_out:
            return (
                f"{self.name} has sent nothing for {self._timeout_s:g} seconds. Check that it is "
                "switched on and that the network reaches it."
            )
        for kind, reason in _REASONS:
            if isinstance(error, kind):
                return f"{self.name} {reason}"
        return (
            f"{self.name} cannot be reached ({error.strerror}). "
            "Check the address and the network connection."
        )


def _options(scheme: str | None, timeout_s: float) -> dict[str, str]:
    # Not fflags=nobuffer: it throws away what was read to recognise the stream, and with it the
    # first key picture, so that nothing shows until the next one. Decoded at once, it is no delay.
    microseconds = str(int(timeout_s * 1e6))
    options = {"rw_timeout": microseconds}
    if scheme not in _WEB:
        options |= {"analyzeduration": _ANALYZE_MICROSECONDS}
    if scheme in {"rtsp", "rtsps"}:
        options |= {
            "rtsp_transport": "tcp",  # UDP loses packets and is blocked by many routers
            "allowed_media_types": "video",
            "max_delay": "500000",
            "timeout": microseconds,
        }
    elif scheme == "udp":
        options |= {"overrun_nonfatal": "1"}  # falling behind loses pictures, not the stream
    return options
