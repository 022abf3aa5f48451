"""Small real videos for tests: every frame is one grey level, so that a frame tells its number."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.stream import VideoStream
from numpy.typing import NDArray

MILLISECOND = Fraction(1, 1000)
STEP = 20  # grey levels between two frames


def picture(level: int, size: tuple[int, int] = (48, 64)) -> NDArray[np.uint8]:
    """(height, width) BGR; the top left corner is red."""
    image = np.full((*size, 3), level, np.uint8)
    image[: size[0] // 4, : size[1] // 4] = (0, 0, 255)
    return image


def number(image: NDArray[np.uint8]) -> int:
    """Which frame of a clip ``image`` is, from the grey of its bottom right corner."""
    return round(float(image[-4:, -4:].mean()) / STEP)


def write(
    path: Path,
    count: int = 10,
    *,
    stamps: Sequence[int] | None = None,
    size: tuple[int, int] = (48, 64),
    codec: str = "mjpeg",
    pixels: str = "yuvj420p",
    rotation: float | None = None,
    mirrored: bool = False,
    b_frames: int = 0,
    options: dict[str, str] | None = None,
) -> Path:
    """A clip of ``count`` frames at ``stamps`` milliseconds (every 40 by default)."""
    with av.open(str(path), "w", options=options or {}) as container:
        stream = container.add_stream(codec, rate=25)
        assert isinstance(stream, VideoStream)
        stream.height, stream.width = size
        stream.pix_fmt = pixels
        stream.codec_context.time_base = MILLISECOND
        stream.codec_context.max_b_frames = b_frames
        if rotation is not None:
            stream.set_display_rotation(rotation, hflip=mirrored)
        for i in range(count):
            frame = av.VideoFrame.from_ndarray(picture(i * STEP, size), format="bgr24")
            frame.pts = stamps[i] if stamps else 40 * i
            frame.time_base = MILLISECOND
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def write_sound(path: Path) -> Path:
    """A file with sound and no pictures."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=8000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 8000), np.int16), "s16", "mono")
        frame.sample_rate = 8000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def packets(path: Path) -> list[tuple[int, int]]:
    """(offset, size) in bytes of every video packet."""
    with av.open(str(path)) as container:
        demuxed = container.demux(container.streams.video[0])
        return [(packet.pos or 0, packet.size) for packet in demuxed if packet.size]
