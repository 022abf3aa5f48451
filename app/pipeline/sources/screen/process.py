"""The grabbing process as its parent sees it."""

import subprocess
import sys
from contextlib import suppress
from io import BufferedReader
from pathlib import Path
from typing import Final, cast

import cv2
import numpy as np

from app.errors import SourceError
from app.pipeline.sources.screen import grabber
from app.pipeline.sources.screen.grabber import FAILURE, HEADER, PICTURE, SCREENS, Wanted
from swem_core.types import Image

_PIPE_BYTES: Final = 1024 * 1024  # fewer changes between the two processes for every picture
_MAX_SIDE: Final = 32_768
_MAX_TEXT: Final = 1024 * 1024
_END_S: Final = 2.0


class GrabberProcess:
    """Runs until it is closed, and no longer than this process. Thread: one at a time."""

    def __init__(self, wanted: Wanted) -> None:
        """Start it. Raises SourceError if even that fails."""
        command = [sys.executable, "-P", str(Path(grabber.__file__)), wanted.to_text()]
        flags: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pipesize=_PIPE_BYTES,
                creationflags=flags,
            )
        except OSError as error:
            raise SourceError(f"The screen cannot be captured ({error.strerror}).") from error
        self._bgra = np.empty((0, 0, 4), np.uint8)

    def picture(self) -> tuple[Image, int]:
        """The next HxWx3 uint8 BGR picture, and when it was taken in ``time.monotonic_ns()``.

        Raises SourceError with the reason where there is no next one.
        """
        width, height, taken_ns = self._header(PICTURE)
        if not (0 < width <= _MAX_SIDE and 0 < height <= _MAX_SIDE):
            raise SourceError("The screen cannot be captured (its size makes no sense).")
        if self._bgra.shape[:2] != (height, width):
            self._bgra = np.empty((height, width, 4), np.uint8)
        self._fill(self._bgra.reshape(-1).data)
        image = np.asarray(cv2.cvtColor(self._bgra, cv2.COLOR_BGRA2BGR), np.uint8)
        return image, taken_ns

    def screens(self) -> bytes:
        """JSON: a list of the screens, as mss describes them. Raises SourceError."""
        _, size, _ = self._header(SCREENS)
        return self._text(size)

    def close(self) -> None:
        """End it; safe to call twice."""
        process = self._process
        process.kill()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_END_S)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def _header(self, expected: bytes) -> tuple[int, int, int]:
        data = bytearray(HEADER.size)
        self._fill(memoryview(data))
        kind, width, height, taken_ns = HEADER.unpack(data)
        if kind == FAILURE:
            reason = self._text(height).decode(errors="replace")
            raise SourceError(f"The screen cannot be captured ({reason}).")
        if kind != expected:
            raise SourceError("The screen cannot be captured (its process sends something else).")
        return width, height, taken_ns

    def _text(self, size: int) -> bytes:
        data = bytearray(min(size, _MAX_TEXT))
        self._fill(memoryview(data))
        return bytes(data)

    def _fill(self, target: memoryview) -> None:
        pipe = cast(BufferedReader, self._process.stdout)
        if pipe.readinto(target) < len(target):  # it waits for all of them, or the end
            raise SourceError(self._ended())

    def _ended(self) -> str:
        try:
            code = self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            code = 0
        return f"The process that captures the screen has ended (code {code})."
