"""Makes a source of what a person typed."""

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from app.errors import SettingsError, SourceError
from app.pipeline.cameras import CameraDevice, camera_format, camera_help, list_cameras
from app.pipeline.sources.address import SCHEMES, presentable, scheme_of
from app.pipeline.sources.base import Source
from app.pipeline.sources.camera import CameraSource
from app.pipeline.sources.camera_mode import CameraMode
from app.pipeline.sources.file import FileSource
from app.pipeline.sources.folder import FolderSource
from app.pipeline.sources.screen.source import SCREEN, ScreenSource, parse_screen
from app.pipeline.sources.stream import StreamSource
from swem_core.types import Size

ListCameras: TypeAlias = Callable[[], Sequence[CameraDevice]]
ModeOf: TypeAlias = Callable[[str], CameraMode]

_FOLDER_RATE = 30.0
_MAX_RATE = 1000.0
_MAX_SIDE = 16384
_MAX_DIGITS = 9
_ACCEPTED = (
    "Give a video file, a folder of images, a camera (camera, camera:0 or camera:NAME), screen or "
    "an address such as rtsp://host/stream."
)


def open_source(
    text: str,
    *,
    loop: bool = False,
    size: Size | None = None,
    rate: float | None = None,
    cameras: ListCameras = list_cameras,
    mode_of: ModeOf = lambda camera_id: CameraMode(),
) -> Source:
    """Find the source that ``text`` means; it is not opened yet.

    A camera: ``camera``, ``camera:0``, ``camera:NAME``, ``0``, ``/dev/video0`` or a
    ``CameraDevice.id``. A screen: ``screen``, ``screen:1``, ``screen:X,Y,WxH``. A stream:
    ``rtsp://...`` and so on. Else a folder or a file (``./0`` for a file called 0).
    ``loop``: files and folders. ``size``: (height, width) 1..16384, cameras.
    ``rate``: above 0..1000 frames per second, cameras, screens and folders.
    ``mode_of``: a camera's id -> what is asked of it where ``size`` and ``rate`` say nothing.
    Raises SourceError if it is none of these, SettingsError for ``size`` and ``rate``.
    """
    _check(size, rate)
    wanted = text.strip()
    if not wanted:
        raise SourceError(f"Nothing to open was given. {_ACCEPTED}")
    scheme = scheme_of(wanted)
    if scheme:
        if scheme not in SCHEMES:
            kinds = ", ".join(f"{known}://" for known in SCHEMES)
            raise SourceError(f"Addresses with {scheme}:// cannot be opened, only {kinds}.")
        return StreamSource(wanted)
    screen = _part_after(SCREEN, wanted)
    if screen is not None:
        return ScreenSource(parse_screen(screen, rate))
    camera = _camera_part(wanted)
    if camera is not None:
        device = find_camera(camera, cameras())
        mode = mode_of(device.id)
        return CameraSource(device, size=size or mode.size, rate=rate or mode.rate)
    return _from_disk(wanted, loop, rate or _FOLDER_RATE)


def find_camera(wanted: str, cameras: Sequence[CameraDevice]) -> CameraDevice:
    """By id, order ("0" is the first), or name or part of it; "" is the default camera.

    Raises SourceError naming the cameras there are.
    """
    for camera in cameras:
        if camera.id == wanted or (not wanted and camera.is_default):
            return camera
    if wanted.startswith("/dev/"):
        # Not listed, but opening it says best what is wrong with it.
        return CameraDevice(wanted, wanted, camera_format())
    if not cameras:
        raise SourceError(f"No camera was found. {camera_help()}")
    if wanted.isdecimal():
        # so long a number would be none that Python reads
        matches = list(cameras[int(wanted) :][:1]) if len(wanted) <= _MAX_DIGITS else []
    else:
        name = wanted.casefold()
        exact = [camera for camera in cameras if camera.name.casefold() == name]
        matches = exact or [camera for camera in cameras if name in camera.name.casefold()]
    if len(matches) != 1:
        problem = "More than one camera is" if len(matches) > 1 else "There is no camera"
        known = "; ".join(f"camera:{i} is {camera.name}" for i, camera in enumerate(cameras))
        raise SourceError(
            f"{problem} called '{presentable(wanted)}'. Choose one of these: {known}."
        )
    return matches[0]


def _camera_part(text: str) -> str | None:
    """What names the camera in ``text``; None if it does not mean a camera."""
    named = _part_after("camera", text)
    if named is not None:
        return named
    prefix = "video=" if camera_format() == "dshow" else "/dev/video"
    return text if text.isdecimal() or text.startswith(prefix) else None


def _part_after(kind: str, text: str) -> str | None:
    """``1`` of ``kind:1``, "" of ``kind``; None of anything else."""
    begin, _, rest = text.partition(":")
    return rest.strip() if begin.lower() == kind else None


def _from_disk(text: str, loop: bool, rate: float) -> Source:
    try:
        path = Path(text).expanduser()
        if path.is_dir():
            return FolderSource(path, rate, loop)
        if path.is_file():
            return FileSource(path, loop=loop)
    except (OSError, RuntimeError, ValueError):
        # a name too long, no permission; no such user's home; a zero byte
        pass
    raise SourceError(f"There is no file, folder or camera '{presentable(text)}'. {_ACCEPTED}")


def _check(size: Size | None, rate: float | None) -> None:
    if size and not all(1 <= side <= _MAX_SIDE for side in size):
        raise SettingsError(f"The camera's size must be 1 to {_MAX_SIDE} pixels each way.")
    if rate is not None and not (math.isfinite(rate) and 0 < rate <= _MAX_RATE):
        raise SettingsError(f"The rate must be above 0, at most {_MAX_RATE:g} frames a second.")
