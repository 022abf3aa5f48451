import errno
import itertools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import av
import clips
import pytest

from app.errors import SourceError
from app.pipeline.cameras import CameraDevice
from app.pipeline.sources.camera import CameraSource

DEVICE = CameraDevice("/dev/video0", "HD Webcam", "v4l2", is_default=True)


class Failing:
    """An opener that fails for the first ``times`` calls and keeps what it was asked for."""

    def __init__(self, error: Exception, times: int = 99, path: Path | None = None) -> None:
        self.error = error
        self.times = times
        self.path = path
        self.asked: list[dict[str, str]] = []

    def __call__(self, device: str, *, format: str, options: dict[str, str]) -> Any:
        self.asked.append(options)
        if len(self.asked) <= self.times:
            raise self.error
        return av.open(str(self.path))


class Unplugged:
    """A real container whose packets stop coming after ``count``, with ``error``."""

    def __init__(self, path: Path, count: int, error: Exception) -> None:
        self._container = av.open(str(path))
        self._count = count
        self._error = error

    def __getattr__(self, name: str) -> Any:
        return getattr(self._container, name)

    def demux(self, stream: Any) -> Iterator[Any]:
        yield from itertools.islice(self._container.demux(stream), self._count)
        self._count = 0
        raise self._error


class Pausing(Unplugged):
    """AVFoundation's way: between two pictures there is an EAGAIN."""

    def demux(self, stream: Any) -> Iterator[Any]:
        for packet in itertools.islice(self._container.demux(stream), 1):
            yield packet
            raise self._error


def error(number: int) -> av.FFmpegError:
    with pytest.raises(av.FFmpegError) as caught:
        av.error.err_check(-number)
    return caught.value


def playing(path: Path) -> Callable[..., Any]:
    return lambda device, *, format, options: av.open(str(path))


def test_pictures_are_dated_by_arrival(tmp_path: Path) -> None:
    path = clips.write(tmp_path / "clip.mkv", 5, size=(49, 65), codec="ffv1", pixels="bgr0")
    source = CameraSource(DEVICE, opener=playing(path))
    info = source.open()
    found = [source.read() for _ in range(5)]
    source.close()
    assert (info.name, info.size, info.frame_count) == ("HD Webcam", (49, 65), None)
    assert info.is_live and source.is_live
    assert info.rate == pytest.approx(25)
    assert [clips.number(frame.image) for frame in found] == list(range(5))
    assert [frame.index for frame in found] == list(range(5))
    start = found[0].captured_ns
    assert [f.seconds for f in found] == [(f.captured_ns - start) / 1e9 for f in found]
    assert all(a.captured_ns < b.captured_ns for a, b in itertools.pairwise(found))


def test_wishes_are_passed_on_and_given_up_one_by_one(tmp_path: Path) -> None:
    path = clips.write(tmp_path / "clip.mkv", 1)
    opener = Failing(error(errno.EINVAL), 2, path)
    source = CameraSource(DEVICE, size=(720, 1280), rate=59.94, opener=opener)
    source.open()
    source.close()
    wishes = {"fflags": "nobuffer", "video_size": "1280x720", "framerate": "59.94"}
    assert opener.asked == [wishes | {"input_format": "mjpeg"}, wishes, {}]


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("avfoundation", [{"framerate": "30", "fflags": "nobuffer"}, {"framerate": "30"}]),
        ("dshow", [{"fflags": "nobuffer"}, {}]),
    ],
)
def test_each_system_gets_the_options_it_knows(kind: str, asked: list[dict[str, str]]) -> None:
    opener = Failing(error(errno.EIO))
    with pytest.raises(SourceError, match="cannot be started"):
        CameraSource(CameraDevice("0", "Cam", kind), opener=opener).open()
    assert opener.asked == asked


@pytest.mark.parametrize(
    ("kind", "number", "messages"),
    [
        ("v4l2", errno.ENOENT, ["was not found", "plugged in"]),
        ("v4l2", errno.ENODEV, ["was not found"]),
        ("v4l2", errno.EBUSY, ["in use by another program"]),
        ("v4l2", errno.EACCES, ["no permission", "'video' group"]),
        ("avfoundation", errno.EPERM, ["no permission", "Privacy & Security"]),
        ("dshow", errno.EACCES, ["no permission", "desktop apps"]),
    ],
)
def test_what_fails_says_what_to_do_and_is_not_tried_again(
    kind: str, number: int, messages: list[str]
) -> None:
    opener = Failing(error(number))
    source = CameraSource(CameraDevice("0", "HD Webcam", kind), opener=opener)
    with pytest.raises(SourceError, match="HD Webcam") as caught:
        source.open()
    assert all(message in str(caught.value) for message in messages)
    assert len(opener.asked) == 1
    source.close()


@pytest.mark.parametrize("number", [errno.ENODEV, errno.EIO])
def test_an_unplugged_camera_is_an_error_and_may_come_back(tmp_path: Path, number: int) -> None:
    path = clips.write(tmp_path / "clip.mkv", 5)
    plugs: list[Any] = [Unplugged(path, 3, error(number)), av.open(str(path))]
    source = CameraSource(DEVICE, opener=lambda *_, **__: plugs.pop(0))
    source.open()
    assert [source.read().index for _ in range(3)] == [0, 1, 2]
    with pytest.raises(SourceError, match="was unplugged"):
        source.read()
    source.close()
    source.open()
    after = source.read()
    source.close()
    assert (after.index, after.seconds) == (0, 0.0)


def test_a_camera_that_just_ends_is_an_error(tmp_path: Path) -> None:
    source = CameraSource(DEVICE, opener=playing(clips.write(tmp_path / "clip.mkv", 1)))
    source.open()
    source.read()
    with pytest.raises(SourceError, match="has stopped"):
        source.read()


def test_a_camera_with_nothing_new_yet_is_waited_for(tmp_path: Path) -> None:
    path = clips.write(tmp_path / "clip.mkv", 4)
    pausing: Any = Pausing(path, 0, error(errno.EAGAIN))
    source = CameraSource(DEVICE, opener=lambda *_, **__: pausing)
    source.open()
    found = [source.read() for _ in range(4)]
    source.close()
    assert [clips.number(frame.image) for frame in found] == list(range(4))


def test_a_camera_without_pictures_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.pipeline.sources.camera._PATIENCE_S", 0.05)
    path = clips.write(tmp_path / "clip.mkv", 1)
    silent: Any = Unplugged(path, 0, error(errno.EAGAIN))
    with pytest.raises(SourceError, match="no picture"):
        CameraSource(DEVICE, opener=lambda *_, **__: silent).open()


@pytest.mark.skipif(sys.platform != "linux", reason="needs V4L2")
@pytest.mark.parametrize(
    ("node", "message"),
    [("/dev/video-missing", "was not found"), ("/dev/null", "cannot be started")],
)
def test_ffmpegs_own_errors_are_understood(node: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        CameraSource(CameraDevice(node, "HD Webcam", "v4l2")).open()
