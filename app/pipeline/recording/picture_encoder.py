"""Encodes BGRA pictures: the codecs, their pixel formats and colour spaces."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

import av
import numpy as np
from av.container import OutputContainer
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, VideoReformatter
from av.video.stream import VideoStream
from numpy.typing import NDArray

from app.pipeline.recording.formats import Codec

TIME_BASE: Final = Fraction(1, 1000)
_NOMINAL_FPS: Final = 30  # written into the header for programs that ask; pictures carry times
_THREADS: Final = 2  # the encoder shares the machine with the network


@dataclass(frozen=True, slots=True)
class CodecSpec:
    """A codec as this program uses it. ``pixels``: its pixel format. ``keyframes``: every N."""

    pixels: str
    keyframes: int
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def subsampled(self) -> bool:
        """Whether colours have half the resolution, so that sides must be even."""
        return self.pixels == "yuv420p"


CODECS: Final[Mapping[Codec, CodecSpec]] = {
    # A short lookahead holds few pictures back: that much memory, and that much lost in a crash
    Codec.H264: CodecSpec(
        "yuv420p", 60, {"preset": "veryfast", "x264-params": "rc-lookahead=8:sync-lookahead=0"}
    ),
    Codec.QTRLE: CodecSpec("argb", 30),
    Codec.FFV1: CodecSpec("bgra", 1, {"level": "3", "slices": "4", "slicecrc": "1"}),
}
CRF: Final = 20


class PictureEncoder:
    """One video stream of a container: BGRA pictures in, packets out. Thread: one at a time."""

    def __init__(
        self,
        container: OutputContainer,
        codec: Codec,
        picture: NDArray[np.uint8],
        crf: int = CRF,
        *,
        keyframes: int | None = None,
        at_once: bool = False,
    ) -> None:
        """Add the stream. ``picture``: any of the pictures to come, for their size.

        ``keyframes``: one every so many pictures, instead of what is usual for the codec.
        ``at_once``: hold no picture back (H.264).
        """
        self._spec = CODECS[codec]
        self._converter = VideoReformatter()
        options = dict(self._spec.options)
        if codec is Codec.H264:
            options["crf"] = str(crf)
            if at_once:
                options["tune"] = "zerolatency"
        stream = container.add_stream(codec.value, rate=_NOMINAL_FPS, options=options)
        assert isinstance(stream, VideoStream)
        context = stream.codec_context
        context.height, context.width = self._prepared(picture).shape[:2]
        context.pix_fmt = self._spec.pixels
        context.time_base = TIME_BASE
        context.gop_size = keyframes or self._spec.keyframes
        context.max_b_frames = 0
        context.thread_count = _THREADS
        if self._spec.subsampled:
            context.colorspace = Colorspace.ITU709
            context.color_range = ColorRange.MPEG
            context.color_primaries = ColorPrimaries.BT709
            context.color_trc = ColorTrc.BT709
        self.stream = stream

    def encode(self, picture: NDArray[np.uint8], pts: int) -> "list[av.Packet[VideoStream]]":
        """HxWx4 BGRA at ``pts`` milliseconds -> packets that are finished."""
        frame = self._converted(self._prepared(picture))
        frame.pts, frame.time_base = pts, TIME_BASE
        return self.stream.encode(frame)

    def flush(self) -> "list[av.Packet[VideoStream]]":
        """Packets of the pictures the encoder still holds; nothing can be encoded afterwards."""
        return self.stream.encode(None)

    def _prepared(self, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
        return padded_to_even(picture) if self._spec.subsampled else np.ascontiguousarray(picture)

    def _converted(self, picture: NDArray[np.uint8]) -> av.VideoFrame:
        frame = av.VideoFrame.from_numpy_buffer(picture, format="bgra")
        if self._spec.pixels == "bgra":
            return frame
        # threads=1: the conversion is cheap, and one pool of threads per file is not
        if not self._spec.subsampled:
            return self._converter.reformat(frame, format=self._spec.pixels, threads=1)
        return self._converter.reformat(
            frame,
            format=self._spec.pixels,
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.MPEG,
            threads=1,
        )


def padded_to_even(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """HxWx4 -> the same, C-contiguous, with even H and W: yuv420p halves both for its colours."""
    height, width = picture.shape[:2]
    if height % 2 or width % 2:
        picture = np.pad(picture, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    return np.ascontiguousarray(picture)
