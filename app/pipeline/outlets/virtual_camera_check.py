"""Checks what a virtual camera needs on this system."""

import importlib.util
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.pipeline.outlets.virtual_camera import MISSING, virtual_camera_help

_LOOPBACK: Final = "sys/module/v4l2loopback"
_VIRTUAL_DEVICES: Final = "sys/devices/virtual/video4linux"
_GROUP: Final = (
    "Add yourself to the 'video' group: sudo usermod -aG video $USER, then log in again."
)
_OBS_MAC: Final = "Applications/OBS.app"
_OBS_WINDOWS: Final = "obs-studio/data/obs-plugins/win-dshow"


@dataclass(frozen=True, slots=True)
class CameraCheck:
    """One requirement. ``remedy``: what to do if it is missing."""

    name: str
    is_there: bool
    remedy: str = ""


def check_virtual_camera(
    platform: str = sys.platform, root: Path = Path("/"), module: str = "pyvirtualcam"
) -> tuple[CameraCheck, ...]:
    """All requirements, in order; if all are met, the camera can be started. Thread: not the GUI's.

    ``root``: of the file system.
    """
    has_module = importlib.util.find_spec(module) is not None
    first = CameraCheck("pyvirtualcam", has_module, "" if has_module else MISSING)
    return (first, *_of_system(platform, root))


def _of_system(platform: str, root: Path) -> Iterator[CameraCheck]:
    help_text = virtual_camera_help(platform)
    if platform == "win32":
        programs = Path(os.environ.get("PROGRAMFILES", root / "Program Files"))
        there = (programs / _OBS_WINDOWS).exists()
        yield CameraCheck("OBS Virtual Camera", there, "" if there else help_text)
    elif platform == "darwin":
        there = (root / _OBS_MAC).exists()
        yield CameraCheck("OBS Studio", there, "" if there else help_text)
    else:
        loaded = (root / _LOOPBACK).exists()
        yield CameraCheck("v4l2loopback", loaded, "" if loaded else help_text)
        if loaded:
            devices = sorted((root / _VIRTUAL_DEVICES).glob("video*"))
            usable = any(os.access(root / "dev" / each.name, os.W_OK) for each in devices)
            yield CameraCheck("/dev/video*", usable, "" if usable else _GROUP)
