"""Offers the composed picture as a camera to video calls and other programs."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from app.errors import PublishError
from app.pipeline.channels import ChannelClosed, Mailbox
from app.pipeline.effects.cutout import on_black
from app.pipeline.events import Level, Listener, Notice
from app.pipeline.recording.record_frame import RecordFrame
from app.pipeline.stage import POLL_S, Stage
from swem_core.types import Image, Size

_HELP: Final = {
    "linux": (
        "It needs the v4l2loopback module: install the package v4l2loopback-dkms, then run "
        "'sudo modprobe v4l2loopback exclusive_caps=1 card_label=swem-live'."
    ),
    "darwin": (
        "It needs OBS Studio 30 or later: open OBS once, press 'Start Virtual Camera', allow it in "
        "System Settings, then press 'Stop Virtual Camera' and close OBS."
    ),
    "win32": (
        "It needs OBS Studio: installing it brings the OBS Virtual Camera. Close OBS's own virtual "
        "camera, for only one program can feed it."
    ),
}
_LETS_GO_S: Final = 2.0
MISSING: Final = "The virtual camera needs pyvirtualcam: pip install 'swem-live[virtualcam]'."


def virtual_camera_help(platform: str = sys.platform) -> str:
    """What this system needs besides pyvirtualcam, and how to get it."""
    return _HELP.get(platform, _HELP["linux"])


@dataclass(frozen=True, slots=True)
class VirtualCameraPlan:
    """``size``: (height, width), both even. ``rate``: frames per second. Both independent of the
    source's."""

    size: Size = (720, 1280)
    rate: float = 30.0


class Device(Protocol):
    """The part of ``pyvirtualcam.Camera`` that is used."""

    @property
    def device(self) -> str:
        """Its name, for people."""
        ...

    def send(self, frame: NDArray[np.uint8]) -> object:
        """Send an HxWx3 uint8 BGR picture."""
        ...

    def close(self) -> None:
        """Release it."""
        ...


OpenDevice: TypeAlias = Callable[[VirtualCameraPlan], Device]
"""Raises ImportError without pyvirtualcam, RuntimeError where the system has no such camera."""


def open_device(plan: VirtualCameraPlan) -> Device:
    """Open the camera through pyvirtualcam; errors as in :data:`OpenDevice`."""
    import pyvirtualcam

    height, width = plan.size
    form = pyvirtualcam.PixelFormat.BGR
    device: Device = pyvirtualcam.Camera(width, height, plan.rate, fmt=form)
    return device


class VirtualCameraStage(Stage):
    """Sends the newest picture at a fixed rate, and again if there is no newer one.

    It gets what the recorder gets: the composed picture, without drafts and without what a private
    view hides. ``offer`` never waits.
    """

    def __init__(
        self, plan: VirtualCameraPlan, listener: Listener, opener: OpenDevice = open_device
    ) -> None:
        super().__init__("virtual camera", listener)
        self._plan = plan
        self._open = opener
        self._newest: Mailbox[RecordFrame] = Mailbox()
        self.active = True
        self.after: Stage | None = None  # must have released the device first

    def offer(self, frame: RecordFrame) -> None:
        """Show this picture from now on. Thread: the compositor's."""
        try:
            self._newest.put(frame)
        except ChannelClosed:
            return

    def work(self) -> None:
        """See :class:`Stage`."""
        before, self.after = self.after, None
        if before is not None:
            before.join(_LETS_GO_S)
        device = self._opened()
        try:
            self.tell(Notice(Level.INFO, f"The picture is also the camera '{device.device}'."))
            self._send_all(device)
        finally:
            device.close()

    def finish(self) -> None:
        """See :class:`Stage`."""
        self.active = False
        self._newest.close()

    def _opened(self) -> Device:
        try:
            return self._open(self._plan)
        except ImportError:
            raise PublishError(MISSING) from None
        except RuntimeError as error:
            reason = str(error).splitlines()[0] if str(error) else "unknown"
            raise PublishError(
                f"The virtual camera cannot be opened ({reason}). {virtual_camera_help()}"
            ) from None

    def _send_all(self, device: Device) -> None:
        step_s, due_s = 1 / self._plan.rate, time.monotonic()
        picture = np.zeros((*self._plan.size, 3), np.uint8)
        while not self.stopping.is_set():
            frame = self._newest.get(0)
            if frame is not None:
                picture = fitted(frame, self._plan.size)
            device.send(picture)
            due_s = max(due_s + step_s, time.monotonic() - POLL_S)  # late ones hurry nobody
            self.stopping.wait(max(0.0, due_s - time.monotonic()))


def fitted(frame: RecordFrame, size: Size) -> Image:
    """``size`` + (3,) uint8 BGR: the whole picture, with black bars where the shapes differ."""
    picture = on_black(frame.picture) if frame.style.transparent else frame.picture
    height, width = picture.shape[:2]
    scale = min(size[0] / height, size[1] / width)
    inner = (max(1, round(height * scale)), max(1, round(width * scale)))
    if inner != (height, width):
        shrinks = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        picture = np.asarray(cv2.resize(picture, inner[::-1], interpolation=shrinks), np.uint8)
    image = np.zeros((*size, 3), np.uint8)
    top, left = (size[0] - inner[0]) // 2, (size[1] - inner[1]) // 2
    image[top : top + inner[0], left : left + inner[1]] = picture[..., :3]
    return image
