"""The picture as a camera, up to the boundary of pyvirtualcam."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fakes import Events, FakeEngine, FakeSource, wait_until
from numpy.typing import NDArray

from app.pipeline import session as session_module
from app.pipeline.effect import Effect
from app.pipeline.events import Notice, StageFailed
from app.pipeline.frames import Frame
from app.pipeline.outlets import virtual_camera
from app.pipeline.outlets.virtual_camera import (
    VirtualCameraPlan,
    VirtualCameraStage,
    fitted,
    virtual_camera_help,
)
from app.pipeline.outlets.virtual_camera_check import check_virtual_camera
from app.pipeline.recording.record_frame import RecordFrame
from app.pipeline.session import Session, SessionOptions
from app.pipeline.style import ViewStyle

PLAN = VirtualCameraPlan((90, 160), 200)


class FakeDevice:
    device = "/dev/video9"

    def __init__(self) -> None:
        self.sent: list[NDArray[np.uint8]] = []
        self.closed = False

    def send(self, frame: NDArray[np.uint8]) -> None:
        assert not self.closed
        self.sent.append(frame.copy())

    def close(self) -> None:
        self.closed = True


def frame(height: int, width: int, level: int = 200, style: ViewStyle | None = None) -> RecordFrame:
    picture = np.full((height, width, 4), level, np.uint8)
    return RecordFrame(picture, 0.0, 0, style=style or ViewStyle())


def test_it_sends_on_and_on_and_takes_the_newest() -> None:
    device, events = FakeDevice(), Events()
    stage = VirtualCameraStage(PLAN, events, lambda plan: device)
    stage.start()
    wait_until(lambda: len(device.sent) > 2, "it sends before there is a picture")
    assert not device.sent[0].any()
    for level in (50, 100, 150):
        stage.offer(frame(90, 160, level))
    wait_until(lambda: device.sent[-1].max() == 150, "the newest is sent")
    count = len(device.sent)
    wait_until(lambda: len(device.sent) > count + 3, "it is sent again")
    assert {each.shape for each in device.sent} == {(90, 160, 3)}
    stage.stop()
    stage.join(5)
    assert device.closed and not stage.active
    stage.offer(frame(90, 160))  # a frame that comes late hurts nobody
    (notice,) = events.of(Notice)
    assert "/dev/video9" in notice.text


@pytest.mark.parametrize(
    ("shape", "inside"), [((90, 160), (90, 160)), ((45, 160), (45, 160)), ((180, 80), (90, 40))]
)
def test_the_whole_picture_is_sent_with_black_bars(
    shape: tuple[int, int], inside: tuple[int, int]
) -> None:
    image = fitted(frame(*shape), PLAN.size)
    lit = np.argwhere(image.all(axis=2))
    (top, left), (bottom, right) = lit.min(0), lit.max(0) + 1
    assert (bottom - top, right - left) == inside
    assert abs(top - (90 - bottom)) <= 1 and abs(left - (160 - right)) <= 1


def test_what_is_transparent_is_black() -> None:
    cut = frame(90, 160, style=ViewStyle(Effect.CUTOUT))
    cut.picture[:45, :, 3] = 0
    image = fitted(cut, PLAN.size)
    assert not image[:45].any() and image[45:].all()


class Striped(FakeSource):
    """A live source of stripes one pixel wide."""

    def read(self) -> Frame | None:
        frame = super().read()
        assert frame is not None
        image = np.zeros_like(frame.image)
        image[:, ::2] = 255
        return replace(frame, image=image)


@pytest.mark.parametrize(("effect", "shows"), [(Effect.OVERLAY, True), (Effect.PIXELATE, False)])
def test_a_private_view_lets_nothing_out(
    effect: Effect, shows: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = FakeDevice()
    monkeypatch.setattr(
        session_module,
        "VirtualCameraStage",
        lambda plan, listener: VirtualCameraStage(plan, listener, lambda _: device),
    )
    session = Session(
        Striped(live=True),
        FakeEngine().load,
        Events(),
        style=ViewStyle(effect),
        options=SessionOptions(camera=VirtualCameraPlan((48, 64), 100)),
    )
    session.start()
    wait_until(lambda: sum(bool(each.any()) for each in device.sent) > 5, "pictures are sent")
    assert session.stop() == []
    assert device.closed
    striped = [np.abs(np.diff(each.astype(int), axis=1)).max() > 100 for each in device.sent]
    assert any(striped) is shows


def test_where_there_is_none_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(plan: VirtualCameraPlan) -> FakeDevice:
        raise RuntimeError("'v4l2loopback' backend: No device found\nmore")

    events = Events()
    stage = VirtualCameraStage(PLAN, events, refuse)
    stage.start()
    stage.join(5)
    (failed,) = events.of(StageFailed)
    assert "No device found" in failed.text
    assert virtual_camera_help() in failed.text
    assert not stage.active


def test_every_system_has_its_own_advice() -> None:
    assert "v4l2loopback" in virtual_camera_help("linux")
    assert "OBS" in virtual_camera_help("darwin") and "OBS" in virtual_camera_help("win32")
    assert "pip install" in virtual_camera.MISSING


def test_it_is_switched_on_and_off_while_a_session_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    devices: list[FakeDevice] = []

    def opener(plan: VirtualCameraPlan) -> FakeDevice:
        assert all(each.closed for each in devices), "only one program can feed it"
        devices.append(FakeDevice())
        return devices[-1]

    monkeypatch.setattr(
        session_module,
        "VirtualCameraStage",
        lambda plan, listener: VirtualCameraStage(plan, listener, opener),
    )
    session = Session(Striped(live=True), FakeEngine().load, Events())
    session.start()
    for size in ((48, 64), (24, 32)):
        session.set_virtual_camera(VirtualCameraPlan(size, 100))
        wait_until(lambda: bool(devices) and len(devices[-1].sent) > 3, "pictures are sent")
        assert devices[-1].sent[-1].shape == (*size, 3)
        session.set_virtual_camera(VirtualCameraPlan(size, 50))  # at once, without a pause
        wait_until(lambda: len(devices) % 2 == 0 and bool(devices[-1].sent), "sent again")
    session.set_virtual_camera(None)
    wait_until(lambda: devices[-1].closed, "the device is let go")
    assert session.stop() == [] and len(devices) == 4


def test_what_a_system_lacks_is_found_out(tmp_path: Path) -> None:
    def missing(platform: str, module: str = "json") -> list[str]:
        checks = check_virtual_camera(platform, tmp_path, module)
        assert all(bool(each.remedy) != each.is_there for each in checks)
        return [each.name for each in checks if not each.is_there]

    assert missing("linux", "no_such_module") == ["pyvirtualcam", "v4l2loopback"]
    assert missing("darwin") == ["OBS Studio"]
    for made in ("sys/module/v4l2loopback", "sys/devices/virtual/video4linux/video7", "dev"):
        (tmp_path / made).mkdir(parents=True)
    assert missing("linux") == ["/dev/video*"]
    (tmp_path / "dev" / "video7").touch()
    (tmp_path / "Applications" / "OBS.app").mkdir(parents=True)
    assert missing("linux") == missing("darwin") == []
