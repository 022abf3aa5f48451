"""Mask files: what is read as what, round trips, and refusals that say what to do."""

import struct
import threading
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from PIL import Image as Pictures

from swem_core.data.files import write_atomic
from swem_core.data.masks import check_mask, read_mask, split_objects, write_mask
from swem_core.data.palette import DAVIS_PALETTE
from swem_core.errors import MaskError, SwemError
from swem_core.types import Labels

SAME_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
LABELS = arrays(np.uint8, st.tuples(st.integers(1, 12), st.integers(1, 12)))
STRIPES = np.array([[0, 1, 2], [0, 1, 255]], np.uint8)


def saved(path: Path, pixels: NDArray[np.uint8]) -> Path:
    Pictures.fromarray(pixels).save(path)
    return path


def png(width: int, height: int) -> bytes:
    """A greyscale PNG that promises a size and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"0")) + chunk(b"IEND", b"")


def test_palette_is_the_known_one() -> None:
    known = [(0, 0, 0), (128, 0, 0), (0, 128, 0), (128, 128, 0), (0, 0, 128), (128, 0, 128)]
    assert [tuple(row) for row in DAVIS_PALETTE[:6].tolist()] == known
    assert DAVIS_PALETTE[255].tolist() == [224, 224, 192]
    assert len({tuple(row) for row in DAVIS_PALETTE.tolist()}) == 256
    with pytest.raises(ValueError, match="read-only"):
        DAVIS_PALETTE[0] = 1


@SAME_FOLDER
@given(labels=LABELS)
def test_palette_round_trip(tmp_path: Path, labels: Labels) -> None:
    write_mask(tmp_path / "a.png", labels)
    assert np.array_equal(read_mask(tmp_path / "a.png"), labels)
    with Pictures.open(tmp_path / "a.png") as picture:
        assert picture.mode == "P"
        assert np.array_equal(np.array(picture.convert("RGB")), DAVIS_PALETTE[labels])


@SAME_FOLDER
@given(labels=LABELS)
def test_palette_colours_are_read_as_ids(tmp_path: Path, labels: Labels) -> None:
    path = saved(tmp_path / "a.png", DAVIS_PALETTE[labels])
    assert np.array_equal(read_mask(path), labels)


@pytest.mark.parametrize("name", ["a.png", "a.bmp"])
def test_black_and_white_is_object_one(tmp_path: Path, name: str) -> None:
    mask = np.array([[0, 255], [255, 0]], np.uint8)
    expected = [[0, 1], [1, 0]]
    assert read_mask(saved(tmp_path / name, mask)).tolist() == expected
    assert read_mask(saved(tmp_path / name, np.dstack([mask] * 3))).tolist() == expected


@pytest.mark.parametrize(
    ("clear", "expected"),
    [
        (None, [[0, 1, 2], [0, 1, 255]]),
        (bytes([255, 0, 128]), [[0, 0, 2], [0, 0, 255]]),  # half transparent is not background
        (2, [[0, 1, 0], [0, 1, 255]]),
        (bytes([0]), [[0, 1, 2], [0, 1, 255]]),
    ],
)
def test_transparent_palette_entries_are_background(
    tmp_path: Path, clear: bytes | int | None, expected: list[list[int]]
) -> None:
    picture = Pictures.fromarray(STRIPES)
    picture.putpalette(DAVIS_PALETTE.tobytes())
    picture.save(tmp_path / "a.png", **({} if clear is None else {"transparency": clear}))
    assert read_mask(tmp_path / "a.png").tolist() == expected


@pytest.mark.parametrize(
    ("mode", "white", "clear"), [("L", 255, 255), ("1", 1, 255), ("RGB", (255, 255, 255), None)]
)
def test_a_transparent_colour_is_background(
    tmp_path: Path, mode: str, white: int | tuple[int, ...], clear: int | None
) -> None:
    picture = Pictures.new(mode, (3, 2))
    picture.putpixel((2, 1), white)
    picture.save(tmp_path / "a.png", transparency=white if clear is None else clear)
    assert not read_mask(tmp_path / "a.png").any()


@pytest.mark.parametrize("mode", ["1", "I;16"])
def test_one_bit_and_sixteen_bit_masks(tmp_path: Path, mode: str) -> None:
    picture = Pictures.new(mode, (3, 2))
    picture.putpixel((2, 1), 1 if mode == "1" else 65535)
    picture.save(tmp_path / "a.png")
    assert read_mask(tmp_path / "a.png").tolist() == [[0, 0, 0], [0, 0, 1]]


def test_small_grey_values_are_ids(tmp_path: Path) -> None:
    ids = np.array([[0, 1, 7]], np.uint8)
    assert np.array_equal(read_mask(saved(tmp_path / "a.png", ids)), ids)


def test_transparent_pixels_are_background(tmp_path: Path) -> None:
    pixels = np.full((1, 3, 4), 255, np.uint8)
    pixels[0, 0, 3] = 0
    assert read_mask(saved(tmp_path / "a.png", pixels)).tolist() == [[0, 1, 1]]


@pytest.mark.parametrize(
    "pixels",
    [
        np.arange(256, dtype=np.uint8).reshape(16, 16),
        np.array([[[0, 0, 0], [12, 200, 77]]], np.uint8),
    ],
    ids=["soft grey", "photo"],
)
def test_pictures_that_are_no_masks_are_refused(tmp_path: Path, pixels: NDArray[np.uint8]) -> None:
    with pytest.raises(MaskError, match="Use a palette PNG"):
        read_mask(saved(tmp_path / "a.png", pixels))


def test_huge_masks_are_refused_before_decoding(tmp_path: Path) -> None:
    for width in (10_001, 100_000, 2_000_000_000):
        (tmp_path / "a.png").write_bytes(png(width, 10_000))
        with pytest.raises(MaskError, match="100 megapixels"):
            read_mask(tmp_path / "a.png")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    with pytest.raises(MaskError, match="no mask file"):
        read_mask(path)
    path.touch()
    with pytest.raises(MaskError, match="0 bytes"):
        read_mask(path)
    path.write_text("hello")
    with pytest.raises(MaskError, match="as PNG"):
        read_mask(path)
    path.write_bytes(png(100, 100))
    with pytest.raises(MaskError, match="damaged"):
        read_mask(path)
    Pictures.new("L", (9, 9)).save(tmp_path / "a.jpg")
    with pytest.raises(MaskError, match="as PNG"):
        read_mask(tmp_path / "a.jpg")


@SAME_FOLDER
@given(data=st.data())
def test_damaged_files_never_do_worse_than_mask_error(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "a.png"
    write_mask(path, np.arange(64, dtype=np.uint8).reshape(8, 8))
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(bytes(content[: data.draw(st.integers(0, len(content)))]))
    try:
        labels = read_mask(path)
    except MaskError:
        return
    assert labels.dtype == np.uint8
    assert labels.ndim == 2


def test_split_objects() -> None:
    objects = split_objects(STRIPES)
    assert list(objects) == [1, 2, 255]
    assert objects[1].dtype == np.bool_
    assert objects[1].tolist() == [[False, True, False], [False, True, False]]
    assert split_objects(np.zeros((2, 2), np.uint8)) == {}


def test_check_mask() -> None:
    mask = np.zeros((2, 3), np.bool_)
    with pytest.raises(MaskError, match="The mask of object 2 is 3 x 2 but the frame is 854 x 480"):
        check_mask(mask, (480, 854), "The mask of object 2")
    with pytest.raises(MaskError, match="empty"):
        check_mask(mask, (2, 3))
    with pytest.raises(MaskError, match="shape"):
        check_mask(np.ones((2, 3, 3), np.uint8), (2, 3))
    mask[0, 0] = True
    check_mask(mask, (2, 3))


def test_write_mask_refuses_what_is_no_mask(tmp_path: Path) -> None:
    for labels in (np.zeros((2, 2, 3), np.uint8), np.zeros((0, 2), np.uint8)):
        with pytest.raises(MaskError, match="HxW uint8"):
            write_mask(tmp_path / "a.png", labels)
    with pytest.raises(MaskError, match="cannot be written"):
        write_mask(tmp_path / "missing" / "a.png", STRIPES)
    assert list(tmp_path.iterdir()) == []


def test_files_are_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    write_mask(path, STRIPES)
    done = threading.Event()

    def rewrite() -> None:
        for value in range(60):
            write_mask(path, np.full((64, 64), value, np.uint8))
        done.set()

    writer = threading.Thread(target=rewrite)
    writer.start()
    while not done.is_set():
        assert read_mask(path).size in (STRIPES.size, 64 * 64)
    writer.join()
    assert [file.name for file in tmp_path.iterdir()] == ["a.png"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "inside").touch()
    with pytest.raises(OSError, match="directory"):
        write_atomic(tmp_path / "a", b"new")
    assert [file.name for file in tmp_path.iterdir()] == ["a"]
    assert issubclass(MaskError, SwemError)
