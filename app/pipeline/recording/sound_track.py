"""Encodes the sound that belongs to recorded pictures, in step with them."""

from collections import deque
from collections.abc import Callable
from fractions import Fraction
from typing import Final, TypeAlias

import av
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet

from app.pipeline.sound.base import SAMPLE_RATE, Samples, Sound, SoundClock

_TOLERANCE: Final = SAMPLE_RATE // 50  # sound is taken up anew once it is off by 20 ms
_LAST_FRAME_S: Final = 1 / 30
_BIT_RATE: Final = 192_000
_LOSSY: Final = ("aac", "libopus")

SoundPackets: TypeAlias = "list[Packet[AudioStream]]"


class SoundTrack:
    """One file's sound stream.

    Between two pictures it writes what the sound holds from the first one's position on, so that
    pauses, jumps and loops of the source are cut in the sound just where they are in the picture.
    The sound is always as long as the picture; where there is none, it is silent. (A gap would
    make the muxer hold pictures back for seconds, which a crash would then lose.)
    """

    def __init__(
        self,
        container: OutputContainer,
        codec: str,
        sound: Sound,
        mux: Callable[["SoundPackets"], None],
    ) -> None:
        """Add the stream; before the container's first packet. ``mux``: takes what is encoded."""
        self._sound = sound
        self._mux = mux
        stream = container.add_stream(codec, rate=SAMPLE_RATE, layout="stereo")
        assert isinstance(stream, AudioStream)
        if codec in _LOSSY:
            stream.codec_context.bit_rate = _BIT_RATE
        self.stream = stream
        self._format = stream.codec_context.format.name
        self._written = 0  # samples handed to the encoder
        self._planned = 0  # samples up to the newest picture
        self._next = 0  # where in the sound they go on
        self._step = _LAST_FRAME_S
        self._last_s: float | None = None
        self._waiting: deque[tuple[int, int]] = deque()

    def advance(self, frame: SoundClock, seconds: float) -> None:
        """A picture at ``seconds`` of the file is about to be written."""
        self._plan(round(seconds * SAMPLE_RATE))
        if self._last_s is not None:
            self._step = seconds - self._last_s
        self._last_s = seconds
        position = self._sound.position(frame)
        if position is not None:
            here = round(position * SAMPLE_RATE)
            if self._planned == 0 or abs(here - self._next) > _TOLERANCE:
                self._next = here
        self._write_ready()

    def finish(self) -> None:
        """Encode the rest, up to the end of the last picture, and flush the encoder."""
        self._plan(self._planned + round(self._step * SAMPLE_RATE))
        while self._waiting:
            self._write(*self._waiting.popleft())
        self._mux(self.stream.encode(None))

    def _plan(self, until: int) -> None:
        count = until - self._planned
        if count > 0:
            self._waiting.append((self._next, count))
            self._planned += count
            self._next += count

    def _write_ready(self) -> None:
        while self._waiting and self._sound.ready(sum(self._waiting[0])):
            self._write(*self._waiting.popleft())

    def _write(self, start: int, count: int) -> None:
        samples = self._sound.read(start, count)
        for at in range(0, count, SAMPLE_RATE):  # a second at most at a time
            self._encode(samples[:, at : at + SAMPLE_RATE])

    def _encode(self, samples: Samples) -> None:
        frame = _frame(samples, self._format)
        frame.pts, frame.time_base = self._written, Fraction(1, SAMPLE_RATE)
        self._written += samples.shape[1]
        self._mux(self.stream.encode(frame))


def _frame(samples: Samples, wanted: str) -> av.AudioFrame:
    """2 x N -> a frame in the encoder's own sample format ("fltp", "flt", "s16")."""
    if wanted == "fltp":
        array = samples.copy()
    else:
        scaled = samples if wanted == "flt" else (samples.clip(-1, 1) * 32767)
        array = scaled.T.reshape(1, -1).astype("float32" if wanted == "flt" else "int16")
    frame = av.AudioFrame.from_ndarray(array, wanted, "stereo")
    frame.sample_rate = SAMPLE_RATE
    return frame
