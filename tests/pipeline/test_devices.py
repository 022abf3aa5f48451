import errno
import sys
from collections.abc import Sequence
from pathlib import Path

import av
import pytest
from av.device import DeviceInfo

from app.pipeline.cameras import CameraDevice, camera_help, list_cameras


class Found:
    def __init__(self, *devices: DeviceInfo) -> None:
        self.devices = devices
        self.asked: list[str] = []

    def __call__(self, kind: str) -> Sequence[DeviceInfo]:
        self.asked.append(kind)
        return self.devices


def device(name: str, text: str, default: bool = False, *media: str) -> DeviceInfo:
    return DeviceInfo(name, text, default, list(media or ("video",)))


def failing(kind: str) -> Sequence[DeviceInfo]:
    av.error.err_check(-errno.EACCES)
    return ()


def plug(root: Path, number: int, name: str, index: int = 0) -> None:
    (root / "dev").mkdir(exist_ok=True)
    (root / "dev" / f"video{number}").touch()
    folder = root / "sys" / f"video{number}"
    folder.mkdir(parents=True)
    (folder / "name").write_text(f"{name}\n")
    (folder / "index").write_text(f"{index}\n")


def test_this_computer_can_be_asked() -> None:
    cameras = list_cameras()
    assert sum(camera.is_default for camera in cameras) == bool(cameras)


def test_macs_cameras_without_its_screens_and_microphones() -> None:
    found = Found(
        device("0", "FaceTime HD Camera"),
        device("1", "Capture screen 0"),
        device("0", "MacBook Microphone", False, "audio"),
    )
    cameras = list_cameras("darwin", found)
    assert cameras == (CameraDevice("0", "FaceTime HD Camera", "avfoundation", True),)
    assert found.asked == ["avfoundation"]


def test_windows_cameras_of_the_same_name_can_be_told_apart() -> None:
    found = Found(
        device("@device_pnp_1", "HD Webcam"),
        device("@device_pnp_2", "HD Webcam", True),
        device("@device_cm_3", "Microphone", False, "audio"),
    )
    assert list_cameras("win32", found) == (
        CameraDevice("video=@device_pnp_1", "HD Webcam", "dshow", False),
        CameraDevice("video=@device_pnp_2", "HD Webcam (2)", "dshow", True),
    )


def test_linux_puts_nodes_with_pictures_before_nodes_with_metadata(tmp_path: Path) -> None:
    plug(tmp_path, 0, "Webcam")
    plug(tmp_path, 1, "Webcam", index=1)
    plug(tmp_path, 10, "Microscope")
    plug(tmp_path, 2, "Capture card")
    found = Found(*(device(f"/dev/video{i}", "x") for i in (10, 1, 0, 2)))
    cameras = list_cameras("linux", found, tmp_path / "dev", tmp_path / "sys")
    assert [camera.id for camera in cameras] == [f"/dev/video{i}" for i in (0, 2, 10, 1)]
    assert [camera.is_default for camera in cameras] == [True, False, False, False]


@pytest.mark.parametrize("enumerate_devices", [Found(), failing])
def test_linux_cameras_that_may_not_be_looked_into_are_still_listed(
    tmp_path: Path, enumerate_devices: Found
) -> None:
    plug(tmp_path, 0, "Webcam")
    (tmp_path / "dev" / "video1").touch()
    (tmp_path / "dev" / "video-dec").touch()
    cameras = list_cameras("linux", enumerate_devices, tmp_path / "dev", tmp_path / "sys")
    nodes = [str(tmp_path / "dev" / f"video{i}") for i in (0, 1)]
    assert [camera.id for camera in cameras] == nodes
    assert [camera.name for camera in cameras] == ["Webcam", nodes[1]]


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32", "freebsd14"])
def test_no_camera_is_no_error(tmp_path: Path, platform: str) -> None:
    nowhere = tmp_path / "nowhere"
    for enumerate_devices in (Found(), failing):
        assert list_cameras(platform, enumerate_devices, nowhere, nowhere) == ()


def test_systems_without_this_kind_of_device_have_no_camera(tmp_path: Path) -> None:
    for platform in {"darwin", "win32", "linux"} - {sys.platform}:  # FFmpeg knows one of them
        assert list_cameras(platform, nodes=tmp_path, sysfs=tmp_path) == ()


@pytest.mark.parametrize(
    ("platform", "hint"),
    [("linux", "'video' group"), ("darwin", "System Settings"), ("win32", "desktop apps")],
)
def test_help_is_for_this_system(platform: str, hint: str) -> None:
    assert hint in camera_help(platform)
