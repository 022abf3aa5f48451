"""Which sizes a camera offers, as FFmpeg lists them."""

import re
import threading
from typing import Final

import av
from av.logging import Capture

from app.pipeline.cameras import CameraDevice
from app.pipeline.sources.live import Opener
from swem_core.types import Size

USUAL_SIZES: Final[tuple[Size, ...]] = ((480, 640), (720, 1280), (1080, 1920))
"""What almost every camera has; offered where none are listed."""

_ASK: Final = {
    "v4l2": {"list_formats": "all"},
    "dshow": {"list_options": "true"},
    "avfoundation": {"video_size": "2x2", "framerate": "30"},  # refused, with those there are
}
_MAX_SIDE: Final = 16384
_one_at_a_time = threading.Lock()  # the level of FFmpeg's log belongs to the process


def list_sizes(device: CameraDevice, opener: Opener = av.open) -> tuple[Size, ...]:
    """(height, width) each, smallest first; the usual ones if the camera lists none. Never raises.

    Thread: any but the GUI's; it may take a second.
    """
    with _one_at_a_time:
        level = av.logging.get_level()
        av.logging.set_level(av.logging.INFO)
        try:
            with Capture(local=True) as told:
                _ask(device, opener)
            text = "".join(message for _, _, message in told)
        finally:
            av.logging.set_level(level)
    return parse_sizes(text) or USUAL_SIZES


def parse_sizes(text: str) -> tuple[Size, ...]:
    """Every WIDTHxHEIGHT in what FFmpeg prints, once each."""
    found = {(int(high), int(wide)) for wide, high in re.findall(r"\b(\d{2,5})x(\d{2,5})\b", text)}
    usable = [size for size in found if all(16 <= side <= _MAX_SIDE for side in size)]
    return tuple(sorted(usable, key=lambda size: (size[0] * size[1], size)))


def _ask(device: CameraDevice, opener: Opener) -> None:
    try:
        opener(device.id, format=device.format, options=_ASK.get(device.format, {})).close()
    except (av.FFmpegError, OSError, ValueError):
        return  # it always ends so: with the list, nothing is opened
