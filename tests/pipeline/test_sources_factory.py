from pathlib import Path
from typing import Any

import clips
import PIL.Image
import pytest

from app.errors import SettingsError, SourceError
from app.pipeline.cameras import CameraDevice
from app.pipeline.sources.camera import CameraSource
from app.pipeline.sources.factory import open_source
from app.pipeline.sources.file import FileSource
from app.pipeline.sources.folder import FolderSource
from app.pipeline.sources.stream import StreamSource

CAMERAS = (
    CameraDevice("/dev/video2", "HD Webcam", "v4l2"),
    CameraDevice("/dev/video0", "HD Webcam (2)", "v4l2", is_default=True),
    CameraDevice("0", "Microscope 5", "v4l2"),
)


def cameras() -> tuple[CameraDevice, ...]:
    return CAMERAS


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("camera", "HD Webcam (2)"),
        ("Camera:", "HD Webcam (2)"),
        ("camera:0", "Microscope 5"),  # an id goes before an order
        ("camera:1", "HD Webcam (2)"),
        (" 1 ", "HD Webcam (2)"),
        ("camera: hd webcam", "HD Webcam"),
        ("camera:micro", "Microscope 5"),
        ("/dev/video2", "HD Webcam"),
        ("camera:/dev/video2", "HD Webcam"),
        ("/dev/video7", "/dev/video7"),
    ],
)
def test_cameras_by_order_name_or_id(text: str, name: str) -> None:
    source = open_source(text, cameras=cameras)
    assert isinstance(source, CameraSource)
    assert (source.name, source.is_live) == (name, True)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("camera:7", "There is no camera called '7'"),
        ("camera:5", "There is no camera called '5'"),
        ("camera:phone", "There is no camera called 'phone'"),
        ("camera:webcam", "More than one camera is called 'webcam'"),
    ],
)
def test_unclear_cameras_are_told_with_those_there_are(text: str, problem: str) -> None:
    with pytest.raises(SourceError) as caught:
        open_source(text, cameras=cameras)
    assert problem in str(caught.value)
    assert "camera:1 is HD Webcam (2)" in str(caught.value)


@pytest.mark.parametrize("text", ["camera", "0", "camera:HD Webcam"])
def test_without_any_camera_there_is_help(text: str) -> None:
    with pytest.raises(SourceError, match=r"No camera was found\. Check"):
        open_source(text, cameras=tuple)


def test_addresses_files_and_folders_need_no_camera_list(tmp_path: Path) -> None:
    def never() -> Any:
        raise AssertionError

    clips.write(tmp_path / "clip.mkv", 1)
    assert isinstance(open_source("RTSP://u:p@host/x", cameras=never), StreamSource)
    assert isinstance(open_source(str(tmp_path), cameras=never), FolderSource)
    assert isinstance(open_source(str(tmp_path / "clip.mkv"), cameras=never), FileSource)


def test_the_home_folder_may_be_written_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    clips.write(tmp_path / "clip.mkv", 1)
    assert open_source("~/clip.mkv").name == "clip.mkv"


def test_loop_and_rate_are_passed_on(tmp_path: Path) -> None:
    clips.write(tmp_path / "clip.mkv", 1)
    PIL.Image.new("RGB", (6, 4)).save(tmp_path / "1.png")
    for text in (tmp_path, tmp_path / "clip.mkv"):
        source = open_source(str(text), loop=True, rate=5)
        source.open()
        assert all(source.read() for _ in range(3))
        source.close()
    assert open_source(str(tmp_path), rate=5).open().rate == 5
    assert open_source(str(tmp_path)).open().rate == 30


@pytest.mark.parametrize("text", ["", "  ", "missing.mp4", "x" * 5000, "a\0b", "~nobody-here/x"])
def test_anything_else_says_what_is_accepted(text: str) -> None:
    with pytest.raises(SourceError) as caught:
        open_source(text)
    for kind in ("video file", "folder of images", "camera:NAME", "rtsp://"):
        assert kind in str(caught.value)


@pytest.mark.parametrize("text", ["ftp://host/x", "file:///clip.mp4", "javascript://x"])
def test_other_addresses_are_refused(text: str) -> None:
    with pytest.raises(SourceError, match="only rtsp://, rtsps://, http://"):
        open_source(text)


def test_an_address_without_its_scheme_gives_no_password_away() -> None:
    with pytest.raises(SourceError) as caught:
        open_source("admin:s3cret@192.168.1.5/stream")
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    "wish",
    [{"rate": 0}, {"rate": -5}, {"rate": float("nan")}, {"rate": 1e9}, {"size": (0, 640)}],
)
def test_impossible_wishes_are_refused(wish: dict[str, Any]) -> None:
    with pytest.raises(SettingsError):
        open_source("camera", cameras=cameras, **wish)
