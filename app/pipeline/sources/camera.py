"""Cameras, through the system's own interface: V4L2, AVFoundation or DirectShow."""

import errno
from collections.abc import Iterator

import av
from av.container import InputContainer

from app.pipeline.cameras import CameraDevice, camera_help
from app.pipeline.sources.camera_mode import CameraMode
from app.pipeline.sources.camera_sizes import list_sizes
from app.pipeline.sources.live import LiveSource, Opener
from swem_core.types import Size

_PATIENCE_S = 5.0
_GONE = frozenset({errno.ENOENT, errno.ENODEV, errno.ENXIO})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM})
_FINAL = _GONE | _FORBIDDEN | {errno.EBUSY}  # no other choice of options would help
_PLATFORMS = {"v4l2": "linux", "avfoundation": "darwin", "dshow": "win32"}


class CameraSource(LiveSource):
    """A camera from ``list_cameras``.

    ``size`` (height, width) and ``rate`` (frames per second) are what to ask for; None leaves it to
    the camera. A camera that cannot do it chooses itself: ``open`` returns the actual size.
    """

    def __init__(
        self,
        device: CameraDevice,
        *,
        size: Size | None = None,
        rate: float | None = None,
        opener: Opener = av.open,
    ) -> None:
        super().__init__(device.name, _PATIENCE_S)
        self._device = device
        self._size = size
        self._rate = rate
        self._opener = opener

    @property
    def device_id(self) -> str:
        """See :class:`app.pipeline.sources.camera_mode.HasModes`."""
        return self._device.id

    @property
    def mode(self) -> CameraMode:
        """See :class:`app.pipeline.sources.camera_mode.HasModes`."""
        return CameraMode(self._size, self._rate)

    def sizes(self) -> tuple[Size, ...]:
        """See :class:`app.pipeline.sources.camera_mode.HasModes`."""
        return list_sizes(self._device)

    def _connect(self) -> InputContainer:
        device = self._device
        *wishes, plain = self._choices()
        for options in wishes:
            try:
                return self._opener(device.id, format=device.format, options=options)
            except av.FFmpegError as error:
                if error.errno in _FINAL:
                    raise
        return self._opener(device.id, format=device.format, options=plain)

    def _choices(self) -> Iterator[dict[str, str]]:
        """Options from what is wanted most to what every camera can do."""
        kind = self._device.format
        # FFmpeg asks AVFoundation for 29.97 by default, which most Macs refuse.
        plain = {"framerate": "30"} if kind == "avfoundation" else {}
        wanted = plain | {"fflags": "nobuffer"}
        if self._size:
            wanted["video_size"] = "{1}x{0}".format(*self._size)
        if self._rate:
            wanted["framerate"] = f"{self._rate:g}"
        if kind == "v4l2":
            # Raw pictures of HD size do not fit through USB 2 at full rate; MJPEG does.
            yield wanted | {"input_format": "mjpeg"}
        yield wanted
        yield plain

    def _explain(self, error: av.FFmpegError | None) -> str:
        help_text = camera_help(_PLATFORMS.get(self._device.format, "linux"))
        if error is None:
            return f"The camera {self.name} has stopped. Check its cable, then choose it again."
        if self._reader is not None:
            return (
                f"The camera {self.name} was unplugged or has failed ({error.strerror}). "
                "Plug it in again, best into another socket."
            )
        if error.errno in _GONE:
            return f"The camera {self.name} was not found. {help_text}"
        if error.errno == errno.EBUSY:
            return (
                f"The camera {self.name} is in use by another program. Close video calls and "
                "browser tabs that use it, then try again."
            )
        if error.errno in _FORBIDDEN:
            return f"You have no permission to use the camera {self.name}. {help_text}"
        return (
            f"The camera {self.name} cannot be started ({error.strerror}). Close other programs "
            f"that may be using it, or choose another size. {help_text}"
        )
