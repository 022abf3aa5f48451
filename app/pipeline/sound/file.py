"""The sound of a video file, sample by sample on the file's own clock."""

import logging
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.container import InputContainer

from app.pipeline.sound.base import SAMPLE_RATE, Samples, SoundClock
from app.pipeline.sound.samples import copy_overlap, silence

_PREROLL_S: Final = 0.2  # decoders need a packet or two before what they give is right
_AHEAD_S: Final = 5.0  # farther ahead than this it is quicker to seek than to decode
_KEPT: Final = 2 * SAMPLE_RATE  # two files may be written from one sound
_SLACK: Final = SAMPLE_RATE // 100  # timestamps are rounded to milliseconds in some files

_log = logging.getLogger(__name__)


class FileSound:
    """Reads the first sound track of a file, forward or from anywhere.

    Damaged stretches are silent. Thread: one at a time.
    """

    def __init__(self, container: InputContainer) -> None:
        """Own ``container``, which must have a sound track."""
        self._container = container
        self._stream = container.streams.audio[0]
        self._chunks: Iterator[tuple[int, Samples]] = iter(())
        self._held: deque[tuple[int, Samples]] = deque()

    @classmethod
    def open(cls, path: Path) -> "FileSound | None":
        """None for a file without sound, or one that cannot be read."""
        try:
            container = av.open(str(path.absolute()), metadata_errors="replace")
        except (av.FFmpegError, OSError):
            return None
        if not container.streams.audio or container.streams.audio[0].codec_context is None:
            container.close()
            return None
        return cls(container)

    @property
    def level(self) -> None:
        """See :class:`app.pipeline.sound.base.Sound`; None, for a file is not live."""
        return None

    def position(self, frame: SoundClock) -> float | None:
        """See :class:`app.pipeline.sound.base.Sound`."""
        return frame.file_s

    def ready(self, end: int) -> bool:
        """See :class:`app.pipeline.sound.base.Sound`: a file is all there."""
        del end
        return True

    def read(self, start: int, count: int) -> Samples:
        """See :class:`app.pipeline.sound.base.Sound`."""
        wanted = silence(count)
        held = self._held
        if not held or not held[0][0] <= start <= _end(held[-1]) + _AHEAD_S * SAMPLE_RATE:
            self._seek(start)
        while _end(held[-1]) < start + count:
            following = next(self._chunks, None)
            if following is None:
                break
            held.append(following)
            while len(held) > 1 and _end(held[0]) < start - _KEPT:  # the last says where we are
                held.popleft()
        for at, samples in held:
            copy_overlap(samples, at, wanted, start)
        return wanted

    def close(self) -> None:
        """See :class:`app.pipeline.sound.base.Sound`."""
        self._chunks = iter(())
        self._container.close()

    def _seek(self, start: int) -> None:
        seconds = start / SAMPLE_RATE - _PREROLL_S
        base = self._stream.time_base
        assert base is not None
        try:
            self._container.seek(int(seconds / base), stream=self._stream, backward=True)
        except av.FFmpegError:
            _log.warning("Cannot seek in the sound of %s", self._container.name)
        self._held.clear()
        self._held.append((start, silence(0)))
        self._chunks = self._decode()

    def _decode(self) -> Iterator[tuple[int, Samples]]:
        resampler = AudioResampler("fltp", "stereo", SAMPLE_RATE)
        following: int | None = None
        for frame in self._frames():
            for part in resampler.resample(frame):
                samples = part.to_ndarray().astype(np.float32, copy=False)
                stamp = _sample_number(part)
                if stamp is not None and (following is None or abs(stamp - following) > _SLACK):
                    following = stamp
                if following is None:
                    following = 0
                yield following, samples
                following += samples.shape[1]

    def _frames(self) -> Iterator[AudioFrame]:
        try:
            for packet in self._container.demux(self._stream):
                try:
                    yield from packet.decode()
                except av.FFmpegError:
                    continue
        except av.FFmpegError:
            return  # cut off: silence from here on


def _sample_number(frame: AudioFrame) -> int | None:
    if frame.pts is None or frame.time_base is None:
        return None
    number: int = round(frame.pts * frame.time_base * SAMPLE_RATE)
    return number


def _end(chunk: tuple[int, Samples]) -> int:
    at, samples = chunk
    return at + len(samples[0])
