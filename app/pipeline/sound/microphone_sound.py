"""A microphone as the sound of a recording."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final

import numpy as np

from app.errors import RecorderError
from app.pipeline.events import Level, Listener, Notice
from app.pipeline.sound.arrival import ArrivalClock
from app.pipeline.sound.base import SAMPLE_RATE, Microphone, Samples, SoundClock
from app.pipeline.sound.inputs import SoundInput, microphone_help, open_input
from app.pipeline.sound.samples import copy_overlap, silence
from app.pipeline.stage import reason

OpenInput = Callable[[Microphone], SoundInput]

_KEPT: Final = 4 * SAMPLE_RATE  # around the newest sample, and around the newest picture
_LATEST: Final = SAMPLE_RATE  # a sample that has not come by then will not come
_FIRST_S: Final = 2.0
_RETRY_S: Final = 2.0
_MUTE_S: Final = 3.0
_JOIN_S: Final = 2.0


_log = logging.getLogger(__name__)


class MicrophoneSound:
    """Listens on a thread of its own until it is closed.

    Its clock is ``time.monotonic``, as that of :attr:`Frame.captured_ns`. A microphone that is
    lost is silent until it is back. Thread: :class:`Sound`'s methods one at a time.
    """

    def __init__(
        self, microphone: Microphone, listener: Listener, opener: OpenInput = open_input
    ) -> None:
        """Wait for the first samples. Raises RecorderError, with what to do, if none come."""
        self._microphone = microphone
        self._tell = listener
        self._opener = opener
        self._chunks: deque[tuple[int, Samples]] = deque()
        self._changed = threading.Condition()
        self._wanted = 0  # sample that belongs to the newest picture
        self._level = 0.0
        self._error: str | None = None
        self._told = ""  # why the microphone is lost, as the person knows it
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="microphone", daemon=True)
        self._thread.start()
        with self._changed:
            self._changed.wait_for(lambda: self._chunks or self._error, _FIRST_S)
            has_begun = bool(self._chunks)
        if not has_begun:
            self.close()
            nothing = f"{microphone.name} sends no sound. {microphone_help()}"
            raise RecorderError(self._error or nothing)

    @property
    def level(self) -> float:
        """See :class:`Sound`; falls slowly after a peak. Thread: any."""
        return self._level

    def position(self, frame: SoundClock) -> float:
        """See :class:`Sound`."""
        seconds = frame.captured_ns / 1e9
        self._wanted = round(seconds * SAMPLE_RATE)
        return seconds

    def ready(self, end: int) -> bool:
        """See :class:`Sound`."""
        with self._changed:
            newest = _end(self._chunks[-1]) if self._chunks else 0
        return newest >= end or time.monotonic() * SAMPLE_RATE > end + _LATEST

    def read(self, start: int, count: int) -> Samples:
        """See :class:`Sound`."""
        wanted = silence(count)
        with self._changed:
            chunks = tuple(self._chunks)
        for at, samples in chunks:
            copy_overlap(samples, at, wanted, start)
        return wanted

    def close(self) -> None:
        """See :class:`Sound`."""
        self._stopping.set()
        self._thread.join(_JOIN_S)

    def _listen(self) -> None:
        while not self._stopping.is_set():
            try:
                self._follow(self._opener(self._microphone))
            except Exception as error:
                if not isinstance(error, RecorderError):
                    _log.exception("The microphone %s failed", self._microphone.name)
                if not self._chunks:
                    with self._changed:
                        self._error = reason(error)
                        self._changed.notify_all()
                    return
                self._tell_lost(reason(error))
                self._level = 0.0
                self._stopping.wait(_RETRY_S)

    def _tell_lost(self, why: str) -> None:
        """Once, however often it is tried again."""
        if why != self._told:
            self._told = why
            text = f"{why} The recording goes on without sound until it is back."
            self._tell(Notice(Level.WARNING, text))

    def _follow(self, device: SoundInput) -> None:
        clock, zeros = ArrivalClock(device.latency_s), 0
        try:
            while not self._stopping.is_set():
                samples: Samples = device.read()
                start, placed = clock.place(samples, time.monotonic())
                self._keep(start, placed)
                self._told = ""
                peak = float(np.abs(samples).max(initial=0.0))
                self._level = max(min(peak, 1.0), 0.8 * self._level)
                zeros = self._watch_silence(zeros, len(samples[0]), peak)
        finally:
            device.close()

    def _keep(self, start: int, samples: Samples) -> None:
        with self._changed:
            self._chunks.append((start, samples))
            oldest = start - _KEPT
            # While a recording is paused, what its last picture needs is still to be fetched.
            around = range(self._wanted - _KEPT, self._wanted + _KEPT)
            self._chunks = deque(c for c in self._chunks if _end(c) > oldest or c[0] in around)
            self._changed.notify_all()

    def _watch_silence(self, zeros: int, count: int, peak: float) -> int:
        """A microphone always hears something; exact zeros mean that it may not."""
        if peak > 0 or zeros < 0:
            return -1
        if zeros + count < _MUTE_S * SAMPLE_RATE:
            return zeros + count
        text = f"{self._microphone.name} is silent. Is it muted? {microphone_help()}"
        self._tell(Notice(Level.WARNING, text))
        return -1


def _end(chunk: tuple[int, Samples]) -> int:
    return chunk[0] + len(chunk[1][0])
