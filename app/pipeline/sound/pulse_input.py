"""Sound inputs of PulseAudio and PipeWire, through the programs that come with them.

PyAV's own build has no PulseAudio, and behind its back a device belongs to one program only.
"""

import os
import shutil
import subprocess
from contextlib import suppress
from typing import Final

import numpy as np

from app.errors import RecorderError
from app.pipeline.sound.base import CHANNELS, SAMPLE_RATE, Samples

_BUFFER_MS: Final = 20
_LATENCY_S: Final = 0.005
_LIST_S: Final = 3.0
_END_S: Final = 1.0
_CHUNK: Final = SAMPLE_RATE * CHANNELS * 4 // 10
_FRAME: Final = CHANNELS * 4


def pulse_microphones() -> list[tuple[str, str]]:
    """(name, description) of each input, monitors of outputs last; [] without a sound server."""
    if shutil.which("pactl") is None or shutil.which("parec") is None:
        return []
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    try:
        asked = subprocess.run(
            ["pactl", "list", "sources"], capture_output=True, timeout=_LIST_S, env=environment
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    found = parse_sources(asked.stdout.decode(errors="replace"))
    return sorted(found, key=lambda each: each[0].endswith(".monitor"))


def parse_sources(listing: str) -> list[tuple[str, str]]:
    """(name, description) of each source that ``pactl list sources`` prints, in any version."""
    found: list[tuple[str, str]] = []
    name = ""
    for line in listing.splitlines():
        key, _, value = line.strip().partition(": ")
        if key == "Name":
            name = value
        elif key == "Description" and name:
            found.append((name, value or name))
            name = ""
    return found


class PulseInput:
    """Samples of one input, from a ``parec`` that ends with this process. Thread: one."""

    def __init__(self, address: str, name: str, help_text: str) -> None:
        """Start ``parec``. Raises RecorderError if that fails."""
        self._name, self._help = name, help_text
        command = ["parec", f"--device={address}", "--raw", "--format=float32le"]
        command += [f"--rate={SAMPLE_RATE}", f"--channels={CHANNELS}"]
        command += [f"--latency-msec={_BUFFER_MS}", "--client-name=swem-live"]
        try:
            self._process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
            )
        except OSError as error:
            raise RecorderError(f"{name} cannot be opened ({error.strerror}).") from error
        self._rest = b""

    @property
    def latency_s(self) -> float:
        """See :class:`SoundInput`: the newest sample of a buffer is hardly older than it."""
        return _LATENCY_S

    def read(self) -> Samples:
        """See :class:`SoundInput`."""
        assert self._process.stdout is not None
        data = self._rest
        while len(data) < _FRAME:
            new = self._process.stdout.read(_CHUNK)
            if not new:
                raise RecorderError(self._ended())
            data += new
        whole = len(data) - len(data) % _FRAME
        self._rest = data[whole:]
        return np.frombuffer(data[:whole], "<f4").reshape(-1, CHANNELS).T

    def close(self) -> None:
        """See :class:`SoundInput`."""
        self._process.kill()
        with suppress(subprocess.TimeoutExpired):  # it hangs in the sound server
            self._process.wait(_END_S)
        for pipe in (self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()

    def _ended(self) -> str:
        assert self._process.stderr is not None
        lines = self._process.stderr.read(4096).decode(errors="replace").strip().splitlines()
        reason = f" ({lines[-1]})" if lines else ""
        return f"{self._name} is not there any more{reason}. {self._help}"
