"""A room with somebody who claps: what a camera and a microphone in it would give, in real time."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from app.pipeline.recording.record_frame import RecordFrame

SOUND_RATE = 48_000
FRAME_RATE = 25
_CHUNK_S = 0.01
_BURST_S = 0.06


class Room:
    """Writes 32 bit stereo at 48 kHz into ``path``, a pipe, from ``start`` on until it is closed.

    ``claps``: frames at which somebody claps; a picture is white then.
    """

    def __init__(self, path: Path, claps: tuple[int, ...]) -> None:
        self._path = path
        self._claps = claps
        self._leaving = threading.Event()
        self._began = threading.Event()
        self._thread = threading.Thread(target=self._play, name="room")
        self.start_s = 0.0

    def __enter__(self) -> "Room":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._leaving.set()
        self._thread.join(10)

    def frames(self, count: int) -> Iterator[RecordFrame]:
        """At 25 per second, once somebody listens; times are those at which they were taken."""
        assert self._began.wait(10)
        for index in range(count):
            taken_s = self.start_s + 0.5 + index / FRAME_RATE
            time.sleep(max(0.0, taken_s - time.monotonic()))
            picture = np.full((64, 64, 4), 255 if index in self._claps else 30, np.uint8)
            yield RecordFrame(picture, index / FRAME_RATE, index, captured_ns=int(taken_s * 1e9))

    def _play(self) -> None:
        with self._path.open("wb", buffering=0) as pipe:  # waits for a reader
            self.start_s = time.monotonic()
            self._began.set()
            for number in range(100_000):
                if self._leaving.is_set():
                    return
                begin_s = number * _CHUNK_S
                time.sleep(max(0.0, self.start_s + begin_s + _CHUNK_S - time.monotonic()))
                try:
                    pipe.write(self._sound(begin_s).tobytes())
                except BrokenPipeError:
                    return

    def _sound(self, begin_s: float) -> np.ndarray:
        at = begin_s - 0.5 + np.arange(round(_CHUNK_S * SOUND_RATE)) / SOUND_RATE
        loud = np.zeros(len(at), np.bool_)
        for clap in self._claps:
            loud |= (at >= clap / FRAME_RATE) & (at < clap / FRAME_RATE + _BURST_S)
        tone = np.where(loud, 0.6, 0.001) * np.cos(2 * np.pi * 1000 * at)
        return np.stack((tone, tone), 1).astype("<f4")


def pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path
