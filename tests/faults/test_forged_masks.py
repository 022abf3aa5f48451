"""Mask pictures of every kind PNG knows, whole and damaged: read as meant, or refused."""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from mutations import mutated_bytes
from numpy.typing import NDArray
from PIL import Image as Pictures

from app.cli.drills.bomb import PNG_SIGNATURE, png_chunk
from swem_core.data.masks import read_mask
from swem_core.data.palette import DAVIS_PALETTE
from swem_core.errors import MaskError

SAME_FOLDER = settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
GREY, RGB, PALETTE, GREY_ALPHA, RGB_ALPHA = 0, 2, 3, 4, 6
SAMPLES = {GREY: 1, RGB: 3, PALETTE: 1, GREY_ALPHA: 2, RGB_ALPHA: 4}
KINDS = [(GREY, depth) for depth in (1, 2, 4, 8, 16)] + [(PALETTE, depth) for depth in (1, 2, 4, 8)]
KINDS += [(kind, depth) for kind in (RGB, GREY_ALPHA, RGB_ALPHA) for depth in (8, 16)]
# Adam7 (PNG specification, section 8.2): first row and column of each pass, and their steps.
PASSES = (
    *((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4)),
    *((2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)),
)


def packed(pixels: NDArray[np.int64], depth: int) -> bytes:
    """Rows of samples, each row begun with its filter (none)."""
    rows = pixels.reshape(len(pixels), -1)
    bits = (rows[..., None] >> np.arange(depth)[::-1] & 1).astype(np.uint8)
    return b"".join(b"\0" + np.packbits(row.reshape(-1)).tobytes() for row in bits)


def png(
    pixels: NDArray[np.int64], kind: int, depth: int, *, interlaced: bool, colours: int = 256
) -> bytes:
    """A PNG file of HxWxC samples below 2**depth; ``colours``: how many the palette has."""
    height, width = pixels.shape[:2]
    parts = [pixels[y::dy, x::dx] for y, x, dy, dx in PASSES] if interlaced else [pixels]
    data = b"".join(packed(part, depth) for part in parts if part.size)
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, int(interlaced))
    palette = png_chunk(b"PLTE", DAVIS_PALETTE[:colours].tobytes()) if kind == PALETTE else b""
    body = png_chunk(b"IHDR", header) + palette + png_chunk(b"IDAT", zlib.compress(data))
    return PNG_SIGNATURE + body + png_chunk(b"IEND", b"")


@st.composite
def samples(draw: st.DrawFn, kind: int, depth: int) -> NDArray[np.int64]:
    """A small picture, with few different values as masks have."""
    size = draw(st.tuples(st.integers(1, 11), st.integers(1, 11)))
    top = 2**depth - 1
    values = draw(st.lists(st.integers(0, top) | st.sampled_from([0, top]), min_size=1, max_size=4))
    seed = draw(st.integers(0, 2**16))
    return np.random.default_rng(seed).choice(values, (*size, SAMPLES[kind])).astype(np.int64)


@SAME_FOLDER
@given(data=st.data(), depth=st.sampled_from([1, 2, 4, 8]), interlaced=st.booleans())
def test_palette_indices_are_ids_however_they_are_stored(
    tmp_path: Path, data: st.DataObject, depth: int, interlaced: bool
) -> None:
    pixels = data.draw(samples(PALETTE, depth))
    colours = data.draw(st.integers(int(pixels.max()) + 1, 2**depth))
    path = tmp_path / "a.png"
    path.write_bytes(png(pixels, PALETTE, depth, interlaced=interlaced, colours=colours))
    np.testing.assert_array_equal(read_mask(path), pixels[..., 0])


@SAME_FOLDER
@given(data=st.data(), depth=st.sampled_from([1, 8, 16]), interlaced=st.booleans())
def test_black_and_white_is_object_one_at_any_depth(
    tmp_path: Path, data: st.DataObject, depth: int, interlaced: bool
) -> None:
    white = data.draw(samples(GREY, 1))
    path = tmp_path / "a.png"
    path.write_bytes(png(white * (2**depth - 1), GREY, depth, interlaced=interlaced))
    np.testing.assert_array_equal(read_mask(path), white[..., 0])


@SAME_FOLDER
@given(data=st.data(), form=st.sampled_from(KINDS), interlaced=st.booleans())
def test_any_picture_is_a_mask_of_its_size_or_refused(
    tmp_path: Path, data: st.DataObject, form: tuple[int, int], interlaced: bool
) -> None:
    pixels = data.draw(samples(*form))
    path = tmp_path / "a.png"
    path.write_bytes(
        png(pixels, *form, interlaced=interlaced, colours=data.draw(st.integers(0, 256)))
    )
    assert taken(path) in (None, pixels.shape[:2])


def whole_files() -> dict[str, bytes]:
    """One of each kind."""
    noise = np.random.default_rng(1)
    files = {
        f"kind {kind}, {depth} bits, {'' if interlaced else 'not '}interlaced": png(
            noise.integers(0, 2**depth, (9, 7, SAMPLES[kind])), kind, depth, interlaced=interlaced
        )
        for kind, depth in KINDS
        for interlaced in (False, True)
    }
    for mode in ("1", "L", "P", "RGB"):
        encoded = io.BytesIO()
        Pictures.new(mode, (7, 9), 1).save(encoded, "BMP")
        files[f"bmp {mode}"] = encoded.getvalue()
    return files


FILES = whole_files()
SIDES = st.integers(0, 2**32 - 1) | st.integers(0, 40)


@SAME_FOLDER
@given(data=st.data(), name=st.sampled_from(sorted(FILES)))
def test_damaged_pictures_of_any_kind(tmp_path: Path, data: st.DataObject, name: str) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(data.draw(mutated_bytes(FILES[name])))
    taken(path)


@SAME_FOLDER
@given(
    fields=st.tuples(
        *[st.integers(0, 2**32 - 1) | st.integers(0, 40)] * 2, *[st.integers(0, 255)] * 5
    ),
    palette=st.binary(max_size=900),
    alpha=st.binary(max_size=300),
    content=st.binary(max_size=200),
)
@example((3, 3, 8, PALETTE, 0, 0, 0), b"\1\2", b"", b"\0\1\2\3" * 3)
@example((3, 3, 8, PALETTE, 0, 0, 0), b"", b"\0", b"\0\1\2\3" * 3)
@example((3, 3, 8, RGB, 0, 0, 0), b"", b"\0\1", b"\0" * 30)
def test_well_formed_files_that_make_no_sense(
    tmp_path: Path, fields: tuple[int, ...], palette: bytes, alpha: bytes, content: bytes
) -> None:
    """The checksums are right: what is wrong reaches the decoder."""
    parts = ((b"IHDR", struct.pack(">IIBBBBB", *fields)), (b"PLTE", palette), (b"tRNS", alpha))
    body = b"".join(png_chunk(kind, part) for kind, part in parts)
    body += png_chunk(b"IDAT", zlib.compress(content)) + png_chunk(b"IEND", b"")
    path = tmp_path / "a.png"
    path.write_bytes(PNG_SIGNATURE + body)
    assert taken(path) in (None, (fields[1], fields[0]))


def taken(path: Path) -> tuple[int, ...] | None:
    """The size of the mask, or None if it was refused as it should be."""
    try:
        labels = read_mask(path)
    except MaskError as error:
        assert "a.png" in str(error)
        return None
    assert labels.dtype == np.uint8 and labels.ndim == 2
    return labels.shape
