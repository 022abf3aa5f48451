"""Sound inputs through FFmpeg: DirectShow, AVFoundation, and ALSA where no sound server runs."""

import errno
import os
import re
import sys
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.container import InputContainer

from app.errors import RecorderError
from app.pipeline.sound.base import SAMPLE_RATE, Samples

_KINDS: Final = {"darwin": "avfoundation", "win32": "dshow"}
_LATENCY_S: Final = 0.005
_RETRY_S: Final = 0.005
_ALSA_CONFIG: Final = Path("/usr/share/alsa/alsa.conf")
# DirectShow would hand over half a second at a time.
_OPTIONS: Final = {"dshow": {"audio_buffer_size": "50"}}
_FORBIDDEN: Final = (errno.EACCES, errno.EPERM)


def device_microphones(
    platform: str = sys.platform, alsa: Path = Path("/proc/asound")
) -> list[tuple[str, str, str]]:
    """(kind, address, name) of each input; [] if there are none."""
    kind = _KINDS.get(platform)
    if kind is None:
        return [("alsa", address, name) for address, name in _alsa_inputs(alsa)]
    try:
        found = [d for d in av.enumerate_input_devices(kind) if "audio" in (d.media_types or ())]
    except (av.FFmpegError, OSError, ValueError):
        return []
    prefix = "audio=" if kind == "dshow" else ":"
    return [(kind, f"{prefix}{each.name}", each.description or each.name) for each in found]


def _alsa_inputs(root: Path) -> Iterator[tuple[str, str]]:
    """(address, name) from the kernel's list: "01-00: USB Audio : USB Audio : capture 1"."""
    try:
        lines = (root / "pcm").read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return
    for line in lines:
        found = re.match(r"([0-9]+)-([0-9]+): ([^:]*)", line)
        if found and "capture" in line:
            card, device = int(found[1]), int(found[2])
            yield f"plughw:{card},{device}", found[3].strip() or f"sound card {card}"


def open_device(kind: str, address: str, name: str, help_text: str) -> "DeviceInput":
    """Open an input. Raises RecorderError, with what to do."""
    if kind == "alsa" and _ALSA_CONFIG.exists():
        # PyAV's copy of the library looks for its settings where it was built.
        os.environ.setdefault("ALSA_CONFIG_PATH", str(_ALSA_CONFIG))
    try:
        container = av.open(address, format=kind, options=_OPTIONS.get(kind, {}))
    except av.FFmpegError as error:
        if error.errno == errno.EBUSY:
            reason = "is in use by another program"
        elif error.errno in _FORBIDDEN:
            reason = "may not be used"
        else:
            reason = f"cannot be opened ({error.strerror})"
        raise RecorderError(f"{name} {reason}. {help_text}") from None
    return DeviceInput(container, name, help_text)


class DeviceInput:
    """Reads the samples of an opened container. Thread: one."""

    def __init__(self, container: InputContainer, name: str, help_text: str) -> None:
        """Own ``container``. Raises RecorderError if it has no sound."""
        self._container = container
        self._name, self._help = name, help_text
        if not container.streams.audio:
            container.close()
            raise RecorderError(f"{name} has no sound.")
        self._chunks = self._decode()

    @property
    def latency_s(self) -> float:
        """See :class:`SoundInput`: the newest sample of a buffer is hardly older than it."""
        return _LATENCY_S

    def read(self) -> Samples:
        """See :class:`SoundInput`."""
        try:
            samples = next(self._chunks, None)
        except av.FFmpegError as error:
            text = f"{self._name} was lost ({error.strerror}). {self._help}"
            raise RecorderError(text) from None
        if samples is None:
            raise RecorderError(f"{self._name} is not there any more. {self._help}")
        return samples

    def close(self) -> None:
        """See :class:`SoundInput`."""
        self._chunks.close()
        self._container.close()

    def _decode(self) -> Generator[Samples, None, None]:
        resampler = AudioResampler("fltp", "stereo", SAMPLE_RATE)
        for frame in self._frames():
            for part in resampler.resample(frame):
                yield part.to_ndarray().astype(np.float32, copy=False)

    def _frames(self) -> Iterator[AudioFrame]:
        while True:
            try:
                for packet in self._container.demux(audio=0):
                    for frame in packet.decode():
                        assert isinstance(frame, AudioFrame)
                        yield frame
                return
            except av.error.BlockingIOError:  # AVFoundation: nothing new yet
                time.sleep(_RETRY_S)
