"""A real clip with claps: a white picture and a burst of tone begin at the very same moment."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.stream import AudioStream
from av.video.stream import VideoStream
from cat_clip import RATE, SIZE, cats

SOUND_RATE = 44_100  # not the rate we record in
BURST_S = 0.08


def write(path: Path, count: int, claps: tuple[int, ...], first_ms: int = 0) -> Path:
    """The cats, ``count`` frames at 25 per second from ``first_ms`` on; claps at these frames."""
    clip = cats(20)
    with av.open(str(path), "w") as container:
        video = container.add_stream("libx264", rate=RATE, options={"crf": "12"})
        audio = container.add_stream("flac", rate=SOUND_RATE, layout="mono")
        assert isinstance(video, VideoStream) and isinstance(audio, AudioStream)
        video.height, video.width = SIZE
        video.pix_fmt = "yuv420p"
        video.codec_context.time_base = Fraction(1, 1000)
        for index in range(count):
            image = clip.frames[min(index, count - 1) % 20].copy()
            if index in claps:
                image[:60, :60] = 255
            frame = av.VideoFrame.from_ndarray(image, format="bgr24")
            frame.pts = first_ms + index * 1000 // RATE
            frame.time_base = Fraction(1, 1000)
            container.mux(video.encode(frame))
            piece = av.AudioFrame.from_ndarray(_tone(index, claps)[None], "s16", "mono")
            piece.sample_rate = SOUND_RATE
            start = first_ms / 1000 + index / RATE
            piece.pts, piece.time_base = round(start * SOUND_RATE), Fraction(1, SOUND_RATE)
            container.mux(audio.encode(piece))
        container.mux(video.encode(None))
        container.mux(audio.encode(None))
    return path


def _tone(index: int, claps: tuple[int, ...]) -> np.ndarray:
    at = index / RATE + np.arange(SOUND_RATE // RATE) / SOUND_RATE
    loud = np.zeros(len(at), np.bool_)
    for clap in claps:
        loud |= (at >= clap / RATE) & (at < clap / RATE + BURST_S)
    return np.where(loud, 20_000 * np.cos(2 * np.pi * 1000 * at), 0).astype(np.int16)
