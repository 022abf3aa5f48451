"""The screen of this computer, or a part of it, as a live source."""

import os
import re
import sys
import time
from collections.abc import Mapping
from typing import Final

from app.errors import SourceError
from app.pipeline.frames import Frame
from app.pipeline.sources.address import presentable
from app.pipeline.sources.base import SourceInfo
from app.pipeline.sources.screen.grabber import Wanted
from app.pipeline.sources.screen.process import GrabberProcess
from swem_core.types import Image

SCREEN: Final = "screen"

_RATE: Final = 30.0
_HELP: Final = {
    "linux": "It needs an X11 session, with DISPLAY set.",
    "darwin": (
        "Allow it under System Settings > Privacy & Security > Screen & System Audio Recording, "
        "for this program or the terminal it was started from, then start it again."
    ),
    "win32": "A locked screen and the question of an administrator cannot be captured.",
}
_WAYLAND: Final = (
    "This is a Wayland session, which shows its screen to no program of this kind. Choose an "
    "'Xorg' session when you log in, or capture the screen with OBS Studio and open its virtual "
    "camera here."
)


def screen_problem(
    platform: str = sys.platform, environment: Mapping[str, str] = os.environ
) -> str | None:
    """Why the screen cannot be captured in this session and what to do, or None."""
    if not platform.startswith("linux"):
        return None
    if environment.get("WAYLAND_DISPLAY") or environment.get("XDG_SESSION_TYPE") == "wayland":
        return _WAYLAND
    if not environment.get("DISPLAY"):
        return f"There is no screen to capture. {_HELP['linux']}"
    return None


def parse_screen(text: str, rate: float | None = None) -> Wanted:
    """What follows "screen:": nothing, a number from 0, or ``X,Y,WxH`` in pixels of the desktop.

    Raises SourceError for anything else.
    """
    rate = rate or _RATE
    if not text:
        return Wanted(rate=rate)
    if re.fullmatch(r"[0-9]{1,3}", text):
        return Wanted(screen=int(text), rate=rate)
    part = re.fullmatch(r"(-?[0-9]{1,5}),(-?[0-9]{1,5}),([0-9]{1,5})x([0-9]{1,5})", text)
    left, top, width, height = (int(number) for number in part.groups()) if part else (0, 0, 0, 0)
    if width < 1 or height < 1:
        raise SourceError(
            f"'{presentable(text)}' is no part of a screen. Give screen, screen:1 for the "
            "second one, or its left, top, width and height as in screen:100,50,1280x720."
        )
    return Wanted(box=(left, top, width, height), rate=rate)


class ScreenSource:
    """Pictures of the screen, dated when they were taken. See :class:`Source` for the methods.

    They come from a process of its own, and a new one at each ``open``.
    """

    def __init__(self, wanted: Wanted, *, platform: str = sys.platform) -> None:
        self._wanted = wanted
        self._platform = platform
        self._process: GrabberProcess | None = None
        self._pending: tuple[Image, int] | None = None
        self._count = 0
        self._first_ns = 0

    @property
    def is_live(self) -> bool:
        """Always True: pictures that nobody takes are lost."""
        return True

    @property
    def name(self) -> str:
        """For people."""
        if self._wanted.box is not None:
            left, top, width, height = self._wanted.box
            return f"screen {left},{top} {width}x{height}"
        number = self._wanted.screen
        return "screen" if number is None else f"screen {number}"

    def open(self) -> SourceInfo:
        """Start the process and wait for its first picture. Raises SourceError with what to do."""
        self.close()
        problem = screen_problem(self._platform)
        if problem is not None:
            raise SourceError(problem)
        self._process = GrabberProcess(self._wanted)
        self._pending = image, self._first_ns = self._next()
        self._count = 0
        height, width = image.shape[:2]
        return SourceInfo(self.name, (height, width), self._wanted.rate, None, is_live=True)

    def read(self) -> Frame:
        """The next picture. Never ends; raises SourceError (and closes) when no more come."""
        pending, self._pending = self._pending, None
        image, taken_ns = pending or self._next()
        taken_ns = min(taken_ns, time.monotonic_ns())
        seconds = max(0, taken_ns - self._first_ns) / 1e9
        frame = Frame(self._count, image, seconds, taken_ns)
        self._count += 1
        return frame

    def close(self) -> None:
        """End the process; safe to call twice and before ``open``."""
        process, self._process, self._pending = self._process, None, None
        if process is not None:
            process.close()

    def _next(self) -> tuple[Image, int]:
        if self._process is None:
            raise SourceError("The screen is not open. Open it before reading.")
        try:
            return self._process.picture()
        except SourceError as error:
            self.close()
            help_text = _HELP.get(self._platform, _HELP["linux"])
            raise SourceError(f"{error} {help_text}") from None
