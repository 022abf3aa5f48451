"""Which cameras this computer has, by name, without starting any of them."""

import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeAlias

import av

_FORMATS = {"linux": "v4l2", "darwin": "avfoundation", "win32": "dshow"}
_HELP = {
    "v4l2": (
        "Check that the camera is plugged in and that 'ls /dev/video*' shows it. If it does, add "
        "yourself to the 'video' group ('sudo usermod -aG video $USER') and log in again."
    ),
    "avfoundation": (
        "Check that the camera is plugged in and that this program (or the terminal it was "
        "started from) is ticked under System Settings > Privacy & Security > Camera."
    ),
    "dshow": (
        "Check that the camera is plugged in, and that Settings > Privacy & security > Camera "
        "lets desktop apps use it."
    ),
}


@dataclass(frozen=True, slots=True)
class CameraDevice:
    """One camera. ``id``: what FFmpeg opens, with ``format``. ``name``: for people, unique."""

    id: str
    name: str
    format: str
    is_default: bool = False


class FoundDevice(Protocol):
    """What is used of ``av.DeviceInfo``."""

    name: str
    description: str
    is_default: bool
    media_types: list[str]


Enumerate: TypeAlias = Callable[[str], Sequence[FoundDevice]]
"""FFmpeg's name of an input format -> its devices; like ``av.enumerate_input_devices``."""


def camera_format(platform: str = sys.platform) -> str:
    """FFmpeg's name for this system's cameras: ``v4l2``, ``avfoundation`` or ``dshow``."""
    return _FORMATS.get(platform, "v4l2")


def camera_help(platform: str = sys.platform) -> str:
    """What to check on this system when no camera is found or none may be used."""
    return _HELP[camera_format(platform)]


def list_cameras(
    platform: str = sys.platform,
    enumerate_devices: Enumerate = av.enumerate_input_devices,
    nodes: Path = Path("/dev"),
    sysfs: Path = Path("/sys/class/video4linux"),
) -> tuple[CameraDevice, ...]:
    """The cameras, in the system's order; () if there is none. Never raises, never starts one.

    Thread: any, but not the GUI's, for it may take a second.
    """
    kind = camera_format(platform)
    try:
        found = [_camera(device, kind) for device in enumerate_devices(kind) if _is_camera(device)]
    except (av.FFmpegError, OSError, ValueError):  # no such device class here, or no permission
        found = []
    if kind == "v4l2":
        found = found or _from_nodes(nodes, sysfs)
        # Most webcams have a second node that only carries metadata; FFmpeg lists both.
        found.sort(key=lambda camera: (_node_index(sysfs, camera.id), _number(camera.id)))
    return _with_default(_with_unique_names(found))


def _is_camera(device: FoundDevice) -> bool:
    is_screen = device.description.startswith("Capture screen")  # AVFoundation lists them too
    return "video" in (device.media_types or ["video"]) and not is_screen


def _camera(device: FoundDevice, kind: str) -> CameraDevice:
    address = f"video={device.name}" if kind == "dshow" else device.name
    return CameraDevice(address, device.description or device.name, kind, device.is_default)


def _from_nodes(nodes: Path, sysfs: Path) -> list[CameraDevice]:
    """Cameras that exist but that FFmpeg may not look into, so that opening can say why."""
    try:
        found = [node for node in nodes.glob("video*") if node.name[5:].isdigit()]
    except OSError:
        return []
    return [
        CameraDevice(str(node), _read(sysfs / node.name / "name") or str(node), "v4l2")
        for node in found
    ]


def _node_index(sysfs: Path, address: str) -> int:
    text = _read(sysfs / Path(address).name / "index")
    return int(text) if text.isdigit() else 0


def _number(address: str) -> int:
    digits = re.search(r"[0-9]+$", address)
    return int(digits[0]) if digits else 0


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace").strip()
    except OSError:
        return ""


def _with_unique_names(cameras: list[CameraDevice]) -> list[CameraDevice]:
    """Number cameras of the same name: "HD Webcam", "HD Webcam (2)"."""
    seen: Counter[str] = Counter()
    named = []
    for camera in cameras:
        seen[camera.name] += 1
        count = seen[camera.name]
        named.append(replace(camera, name=f"{camera.name} ({count})") if count > 1 else camera)
    return named


def _with_default(cameras: list[CameraDevice]) -> tuple[CameraDevice, ...]:
    """Exactly one default: the system's choice, else the first."""
    chosen = next((i for i, camera in enumerate(cameras) if camera.is_default), 0)
    return tuple(replace(camera, is_default=i == chosen) for i, camera in enumerate(cameras))
