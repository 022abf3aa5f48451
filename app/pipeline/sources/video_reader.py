"""One video stream of an opened container, as pictures."""

import time
from collections.abc import Generator, Iterator

import av
from av.codec.context import Flags, ThreadType
from av.container import InputContainer
from av.packet import Packet
from av.stream import Discard, Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from app.errors import SourceError

_MAX_RATE = 1000.0  # containers that do not know their rate claim things like 90000
_MAX_BROKEN_READS = 100  # in a row, without one packet: the rest of the file is gone
_LOW_DELAY_CODECS = frozenset({"h264", "hevc"})  # others then give B-frames out of order
_RETRY_S = 0.005

MAX_PIXELS = 100_000_000
"""Of one picture. Files of a few kilobytes can promise more, and would fill the memory."""

LIMITS = {"max_pixels": str(MAX_PIXELS)}
"""What ``av.open`` needs among its options: to recognise a stream, FFmpeg decodes pictures too."""


class VideoReader:
    """Decodes the best video stream of a container, skipping what is damaged.

    ``rate``: nominal frames per second or None. ``frame_count``: as the container says, or None.
    ``skipped``: damaged packets so far. Thread: one at a time.
    """

    def __init__(self, container: InputContainer, name: str, *, live: bool) -> None:
        """Own ``container`` from here on; it is closed if this raises SourceError.

        ``live`` gives up frame threading, which holds back as many pictures as there are threads.
        """
        self._container = container
        self._live = live
        try:
            self._stream = _best_video(container, name)
        except SourceError:
            container.close()
            raise
        self._stream.codec_context.options = LIMITS  # pictures may also grow later on
        self._stream.thread_type = ThreadType.SLICE if live else ThreadType.AUTO
        if live and self._stream.codec_context.name in _LOW_DELAY_CODECS:
            self._stream.codec_context.flags |= Flags.low_delay
        self.skipped = 0
        self.rate = _nominal_rate(self._stream)
        self.frame_count = self._stream.frames or None
        self._steps = self._decode_all()

    def steps(self) -> Iterator[VideoFrame | None]:
        """What is left: pictures, and None for every packet that brought none (yet).

        Raises av.FFmpegError where bytes cannot be had; damaged ones are skipped and counted.
        """
        return self._steps

    def seek(self, seconds: float) -> bool:
        """Go to the last key picture up to ``seconds`` on the file's clock; False if impossible."""
        self._steps.close()
        self._steps = self._decode_all()
        try:
            self._container.seek(round(seconds * av.time_base), backward=True)
        except (av.FFmpegError, OverflowError):
            return False
        return True

    @property
    def span(self) -> tuple[float, float] | None:
        """(first, last) second as the container says, None if it does not."""
        stream, start = self._stream, self._stream.start_time
        if stream.duration is not None and stream.time_base is not None:
            first = float((start or 0) * stream.time_base)
            return first, first + float(stream.duration * stream.time_base)
        if self._container.duration is None:
            return None
        first = (self._container.start_time or 0) / av.time_base
        length = self._container.duration / av.time_base
        # Matroska's duration is counted from 0, wherever the first picture is.
        return first, length if "matroska" in self._container.format.name else first + length

    def close(self) -> None:
        """Release decoder and container; safe to call twice."""
        self._steps.close()
        self._container.close()

    def _decode_all(self) -> Generator[VideoFrame | None, None, None]:
        broken = 0
        while broken < _MAX_BROKEN_READS:
            try:
                for packet in self._container.demux(self._stream):
                    broken = 0
                    yield from self._decode(packet) or (None,)
                return
            except av.error.BlockingIOError:  # AVFoundation: the camera has nothing new yet
                time.sleep(_RETRY_S)
                yield None
            except av.error.InvalidDataError:
                self.skipped += 1
                broken += 1

    def _decode(self, packet: "Packet[VideoStream]") -> list[VideoFrame]:
        # The half packet at the end of a cut-off file would decode into half a picture. Live,
        # where losses are normal, a blemished picture is better than none.
        if packet.is_corrupt and not self._live:
            self.skipped += 1
            return []
        try:
            return packet.decode()
        except av.FFmpegError:
            self.skipped += 1
            return []


def _best_video(container: InputContainer, name: str) -> VideoStream:
    """Pick a stream and switch the others off, so that HLS does not download them for nothing."""
    moving = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
    if not moving:
        raise SourceError(
            f"{name} has no video, only sound or other data. Choose something with pictures in it."
        )
    best = container.streams.best("video")
    chosen = next((stream for stream in moving if stream is best), moving[0])
    if chosen.codec_context is None:
        raise SourceError(
            f"The video in {name} is stored in a way this program cannot decode. "
            "Convert it to H.264, for example with HandBrake or ffmpeg."
        )
    for stream in container.streams:
        stream.discard = Discard.default if stream is chosen else Discard.all
    return chosen


def _nominal_rate(stream: VideoStream) -> float | None:
    for rate in (stream.average_rate, stream.guessed_rate):
        if rate and 0 < rate <= _MAX_RATE:
            return float(rate)
    return None
