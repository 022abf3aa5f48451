from collections.abc import Iterator
from pathlib import Path

import clips
import pytest
from network_camera import Camera, network_camera

from app.errors import SourceError
from app.pipeline.sources.stream import StreamSource


@pytest.fixture
def camera(tmp_path: Path) -> Iterator[Camera]:
    path = clips.write(tmp_path / "clip.ts", 12, codec="libx264", pixels="yuv420p")
    with network_camera(path.read_bytes()) as server:
        yield server


def test_a_network_camera_plays_until_it_falls_silent(camera: Camera) -> None:
    source = StreamSource(camera.url("s3cret"), timeout_s=0.5)
    info = source.open()
    found = []
    with pytest.raises(SourceError, match=r"nothing for 0\.5 seconds") as caught:
        found += [source.read() for _ in range(8)]
        while True:
            source.read()
    assert info.size == (48, 64)
    assert [clips.number(frame.image) for frame in found] == list(range(8))
    assert "s3cret" not in str(caught.value) + info.name + source.name


def test_a_wrong_password_is_said_without_saying_it(camera: Camera) -> None:
    with pytest.raises(SourceError, match="asks for a user name and password") as caught:
        StreamSource(camera.url("wr0ng"), timeout_s=5).open()
    assert "wr0ng" not in str(caught.value)
