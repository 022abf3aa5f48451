"""Small PNG files that promise enormous pictures."""

import struct
import zlib
from typing import Final

PNG_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_ROWS: Final = 10


def png_chunk(kind: bytes, data: bytes) -> bytes:
    """One part of a PNG file, with its checksum (PNG specification, section 5.3)."""
    check = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + check


def enormous_png(width: int, height: int, *, animated: bool = False) -> bytes:
    """A grey PNG of that size; its first rows are there, so that a decoder starts."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    control = struct.pack(">IIIIIHHBB", 0, width, height, 0, 0, 1, 1, 0, 0)
    animation = png_chunk(b"acTL", struct.pack(">II", 99, 0)) + png_chunk(b"fcTL", control)
    rows = png_chunk(b"IDAT", zlib.compress(bytes(_ROWS * (width + 1))))
    end = png_chunk(b"IEND", b"")
    return PNG_SIGNATURE + header + (animation if animated else b"") + rows + end
