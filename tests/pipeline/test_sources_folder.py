import struct
import zlib
from pathlib import Path

import clips
import cv2
import numpy as np
import PIL.Image
import pytest

from app.errors import SourceError
from app.pipeline.sources.folder import FolderSource


def save(path: Path, level: int = 0, size: tuple[int, int] = (48, 64)) -> None:
    image = clips.picture(level, size)
    PIL.Image.fromarray(image[..., ::-1]).save(path)


def header_of(width: int, height: int) -> bytes:
    """A PNG that claims a size and has no pixels."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    size, check = struct.pack(">I", 13), struct.pack(">I", zlib.crc32(chunk))
    return b"\x89PNG\r\n\x1a\n" + size + chunk + check + struct.pack(">I", 1000) + b"IDAT"


def test_images_come_in_the_order_people_count(tmp_path: Path) -> None:
    names = ["img1.png", "img2.png", "IMG3.png", "img10.png", "img20.png"]
    for name in reversed(names):
        save(tmp_path / name, names.index(name) * clips.STEP)
    (tmp_path / "notes.txt").write_text("not an image")
    (tmp_path / "._img1.png").write_bytes(b"left by macOS")
    source = FolderSource(tmp_path, rate=10)
    info = source.open()
    found = list(iter(source.read, None))
    source.close()
    assert (info.name, info.size, info.rate) == (tmp_path.name, (48, 64), 10)
    assert (info.frame_count, info.is_live, source.is_live) == (5, False, False)
    assert [clips.number(frame.image) for frame in found] == list(range(5))
    assert [frame.index for frame in found] == list(range(5))
    assert [frame.seconds for frame in found] == pytest.approx([0, 0.1, 0.2, 0.3, 0.4])


@pytest.mark.parametrize("suffix", ["jpg", "JPEG", "png", "webp", "bmp", "tif", "tiff"])
def test_every_kind_of_image_is_read_as_bgr(tmp_path: Path, suffix: str) -> None:
    save(tmp_path / f"bild-ü.{suffix}", 100, (49, 65))
    source = FolderSource(tmp_path)
    source.open()
    frame = source.read()
    source.close()
    assert frame is not None
    assert frame.image.flags.c_contiguous
    assert np.abs(frame.image.astype(int) - clips.picture(100, (49, 65))).mean() < 6


def test_deep_transparent_and_turned_images_become_plain_upright_ones(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "1.png"), np.full((4, 6), 0x8000, np.uint16))
    PIL.Image.new("RGBA", (6, 4), (0, 0, 255, 0)).save(tmp_path / "2.png")
    exif = PIL.Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    PIL.Image.new("RGB", (6, 4)).save(tmp_path / "3.jpg", exif=exif)
    source = FolderSource(tmp_path)
    source.open()
    images = [frame.image for frame in iter(source.read, None)]
    source.close()
    assert [image.shape for image in images] == [(4, 6, 3), (4, 6, 3), (6, 4, 3)]
    assert images[0][0, 0].tolist() == [128, 128, 128]
    assert images[1][0, 0].tolist() == [255, 0, 0]


def test_a_loop_goes_on_across_the_seam(tmp_path: Path) -> None:
    save(tmp_path / "1.png", 0)
    save(tmp_path / "2.png", clips.STEP)
    source = FolderSource(tmp_path, loop=True)
    assert source.open().frame_count is None
    found = [source.read() for _ in range(5)]
    source.close()
    assert [clips.number(frame.image) for frame in found if frame] == [0, 1, 0, 1, 0]
    assert [frame.index for frame in found if frame] == list(range(5))
    assert [frame.seconds for frame in found if frame] == pytest.approx([i / 30 for i in range(5)])


def test_the_end_stays_the_end_and_opening_again_starts_again(tmp_path: Path) -> None:
    save(tmp_path / "1.png")
    source = FolderSource(tmp_path)
    for _ in range(2):
        source.open()
        assert source.read() is not None
        assert source.read() is None
        assert source.read() is None
        source.close()
        source.close()
    with pytest.raises(SourceError, match="not open"):
        source.read()


def test_an_unreadable_image_is_named(tmp_path: Path) -> None:
    save(tmp_path / "1.png")
    (tmp_path / "2.png").write_bytes(b"garbage")
    (tmp_path / "3.png").write_bytes((tmp_path / "1.png").read_bytes()[:60])
    source = FolderSource(tmp_path)
    source.open()
    source.read()
    with pytest.raises(SourceError, match=r"2\.png cannot be read"):
        source.read()
    source.close()


def test_half_an_image_is_not_shown_as_a_whole_one(tmp_path: Path) -> None:
    save(tmp_path / "1.png")
    whole = (tmp_path / "1.png").read_bytes()
    (tmp_path / "1.png").write_bytes(whole[:60])
    with pytest.raises(SourceError, match=r"1\.png cannot be read"):
        FolderSource(tmp_path).open()


@pytest.mark.parametrize("size", [(20_000, 20_000), (10_001, 10_000), (2**31 - 1, 2**31 - 1)])
def test_huge_images_are_refused_before_their_pixels_are_read(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    (tmp_path / "huge.png").write_bytes(header_of(*size))
    with pytest.raises(SourceError, match=r"huge\.png is too large"):
        FolderSource(tmp_path).open()


def test_folders_that_cannot_be_played_say_why(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not an image")
    with pytest.raises(SourceError, match="holds no images"):
        FolderSource(tmp_path).open()
    with pytest.raises(SourceError, match="no folder missing"):
        FolderSource(tmp_path / "missing").open()
    with pytest.raises(SourceError, match=r"notes\.txt cannot be listed"):
        FolderSource(tmp_path / "notes.txt").open()


@pytest.mark.parametrize("rate", [0, -1, float("nan"), float("inf")])
def test_rates_must_be_above_zero(tmp_path: Path, rate: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        FolderSource(tmp_path, rate=rate)
