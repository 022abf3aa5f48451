"""An X server without a screen, whose picture is whatever is written into its memory."""

import ctypes.util
import mmap
import os
import shutil
import signal
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

_QT_NEEDS = ("xcb-cursor", "xcb-icccm", "xcb-keysyms", "xkbcommon-x11")
needs_xrandr = pytest.mark.skipif(
    shutil.which("xrandr") is None, reason="no xrandr here (Debian: x11-xserver-utils)"
)
needs_xcb = pytest.mark.skipif(
    not all(map(ctypes.util.find_library, _QT_NEEDS)),
    reason="Qt cannot use X11 here (Debian: libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1)",
)
needs_xvfb = pytest.mark.skipif(shutil.which("Xvfb") is None, reason="no Xvfb here (Debian: xvfb)")


class VirtualScreen:
    """``name``: for DISPLAY."""

    def __init__(self, name: str, server: "subprocess.Popen[bytes]", memory: Path) -> None:
        self.name = name
        self._server = server
        with memory.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), 0)
        header, *_ = words = struct.unpack(">25I", self._map[:100])
        width, height, colors = words[4], words[5], words[19]
        start = header + 12 * colors  # of an X window dump: header, colour map, pixels
        self._pixels = np.frombuffer(self._map, np.uint8, width * height * 4, start)
        self._pixels = self._pixels.reshape(height, width, 4)

    def paint(self, image: NDArray[np.uint8]) -> None:
        """HxWx3 uint8 BGR, into the upper left corner."""
        self._pixels[: image.shape[0], : image.shape[1], :3] = image

    def hang(self, hanging: bool) -> None:
        self._server.send_signal(signal.SIGSTOP if hanging else signal.SIGCONT)

    def kill(self) -> None:
        self._server.kill()
        self._server.wait(10)

    def close(self) -> None:
        self.kill()
        del self._pixels
        self._map.close()


@contextmanager
def virtual_screen(folder: Path, size: tuple[int, int]) -> Iterator[VirtualScreen]:
    """``size``: (height, width). ``folder``: where its memory lies as a file."""
    reader, writer = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(writer),
        "-noreset",
        "-nolisten",
        "tcp",
        "-fbdir",
        str(folder),
    ]
    command += ["-screen", "0", f"{size[1]}x{size[0]}x24"]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as told:
        name = f":{told.readline().strip()}"
    screen = VirtualScreen(name, server, folder / "Xvfb_screen0")
    try:
        yield screen
    finally:
        screen.close()


def xrandr(*arguments: str) -> None:
    """Change the screens of the X server in DISPLAY."""
    subprocess.run(["xrandr", *arguments], check=True, capture_output=True, timeout=20)


def add_mode(name: str, width: int, height: int) -> None:
    """A size the one output of a virtual screen can be set to; at most the server's own."""
    timing = f"0 {width} 0 0 {width} {height} 0 0 {height}".split()
    xrandr("--newmode", name, *timing)
    xrandr("--addmode", "screen", name)


def switch_off() -> None:
    """Its last output; xrandr complains of the empty desktop that is left."""
    with suppress(subprocess.CalledProcessError):
        xrandr("--output", "screen", "--off")
