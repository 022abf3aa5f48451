"""Sizes of cameras, from what FFmpeg prints on each system."""

from typing import Any

import av
import pytest

from app.pipeline.cameras import CameraDevice
from app.pipeline.sources.camera import CameraSource
from app.pipeline.sources.camera_mode import CameraMode
from app.pipeline.sources.camera_sizes import USUAL_SIZES, list_sizes
from app.pipeline.sources.factory import open_source

SMALL, HD = (480, 640), (720, 1280)


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("v4l2", ["Compressed: mjpeg : Motion-JPEG :", " 1280x720", " 640x480", "\n"]),
        ("dshow", ["  vcodec=mjpeg  min s=640x480 fps=5 max s=1280x720 fps=30\n"]),
        (
            "avfoundation",
            ["Supported modes:\n", " 640x480@[1.0 30.0]fps\n", " 1280x720@[30.0]fps"],
        ),
    ],
)
def test_what_is_listed_is_offered(kind: str, lines: list[str]) -> None:
    def opener(device: str, *, format: str, options: dict[str, str]) -> Any:
        assert (device, format) == ("cam", kind) and options
        for line in lines:
            av.logging.log(av.logging.INFO, kind, line)
        raise av.error.ExitError(0, "Immediate exit requested")

    level = av.logging.get_level()
    assert list_sizes(CameraDevice("cam", "Cam", kind), opener) == (SMALL, HD)
    assert av.logging.get_level() == level


def test_a_camera_that_tells_nothing_is_offered_the_usual_sizes() -> None:
    assert list_sizes(CameraDevice("/dev/video99", "Gone", "v4l2")) == USUAL_SIZES


@pytest.mark.parametrize(
    "mode", [CameraMode(), CameraMode(HD), CameraMode(None, 30.0), CameraMode(HD, 29.97)]
)
def test_what_is_kept_is_asked_for(mode: CameraMode) -> None:
    assert CameraMode.from_text(mode.to_text()) == mode
    cameras = (CameraDevice("/dev/video2", "Cam", "v4l2", is_default=True),)
    source = open_source("camera", cameras=lambda: cameras, mode_of=lambda camera_id: mode)
    assert isinstance(source, CameraSource) and source.mode == mode
    given = open_source("camera", size=SMALL, cameras=lambda: cameras, mode_of=lambda _: mode)
    assert isinstance(given, CameraSource) and given.mode == CameraMode(SMALL, mode.rate)


@pytest.mark.parametrize("text", ["", "wide", "1280x", "@", "1280x720@fast"])
def test_what_makes_no_sense_asks_for_nothing(text: str) -> None:
    assert CameraMode.from_text(text) == CameraMode()
