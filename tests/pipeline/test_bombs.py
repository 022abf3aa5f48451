"""Files and streams that promise more than a machine holds."""

import resource
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from bombs import BOMBS
from clips import write

from app.errors import SourceError
from app.pipeline.backdrop_file import load_backdrop
from app.pipeline.editing.marks_files import read_marks
from app.pipeline.sources import video_reader
from app.pipeline.sources.file import FileSource
from app.pipeline.sources.folder import FolderSource
from swem_core.errors import MaskError

SIDES = (60_000, 60_000)
MEGABYTES = 300


def peak() -> float:
    """The most memory this process ever had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def as_folder(path: Path) -> object:
    return FolderSource(path.parent).open()


@pytest.mark.parametrize("read", [load_backdrop, as_folder])
@pytest.mark.parametrize("name", BOMBS)
def test_pictures_are_refused(tmp_path: Path, name: str, read: Callable[[Path], object]) -> None:
    path = tmp_path / name
    path.write_bytes(BOMBS[name](*SIDES))
    before = peak()
    with pytest.raises(SourceError, match="is too large: more than 100 megapixels"):
        read(path)
    assert peak() - before < MEGABYTES


def test_masks_dropped_onto_the_window_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(BOMBS["bomb.png"](*SIDES))
    with pytest.raises(MaskError, match="more than 100 megapixels"):
        read_marks([path], (48, 64), 1)


@pytest.mark.parametrize("name", BOMBS)
def test_a_picture_played_as_a_video_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(BOMBS[name](*SIDES))
    before = peak()
    with pytest.raises(SourceError):
        FileSource(path).open()
    assert peak() - before < MEGABYTES


def huge_video(path: Path) -> Path:
    """A true picture of 108 megapixels, black and white, in a few kilobytes."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("png", rate=1)
        stream.width, stream.height, stream.pix_fmt = 12_000, 9_000, "monob"
        frame = av.VideoFrame(12_000, 9_000, "monob")
        frame.planes[0].update(np.zeros(frame.planes[0].buffer_size, np.uint8))
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def test_a_video_of_enormous_pictures_is_refused(tmp_path: Path) -> None:
    path = huge_video(tmp_path / "huge.mov")
    assert path.stat().st_size < 200_000
    before = peak()
    with pytest.raises(SourceError, match=r"huge\.mov .* larger than 100 megapixels"):
        FileSource(path).open()
    assert peak() - before < MEGABYTES


def test_pictures_that_grow_beyond_measure_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The container says 64 x 48, its later pictures are larger than the limit."""
    small = write(tmp_path / "small.mjpeg", 3)
    large = write(tmp_path / "large.mjpeg", 3, size=(192, 256))
    joined = tmp_path / "joined.mjpeg"
    joined.write_bytes(small.read_bytes() + large.read_bytes())

    def sizes() -> set[tuple[int, ...]]:
        source = FileSource(joined)
        source.open()
        read = set()
        while (frame := source.read()) is not None:
            read.add(frame.image.shape[:2])
        source.close()
        return read

    assert sizes() == {(48, 64), (192, 256)}
    monkeypatch.setitem(video_reader.LIMITS, "max_pixels", "20000")
    assert sizes() == {(48, 64)}
