"""Small files that promise enormous pictures."""

import struct
from collections.abc import Callable, Mapping

import cv2
import numpy as np

from app.cli.drills.bomb import enormous_png

_GREY = np.full((64, 64), 90, np.uint8)


def jpeg(width: int, height: int) -> bytes:
    data = bytearray(_encoded(".jpg"))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def bmp(width: int, height: int) -> bytes:
    data = bytearray(_encoded(".bmp"))
    data[18:26] = struct.pack("<ii", width, height)
    return bytes(data)


def tiff(width: int, height: int) -> bytes:
    """One strip, uncompressed, that is said to hold everything."""
    entries = [(256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 1), (262, 3, 1)]
    entries += [(273, 4, 200), (277, 3, 1), (278, 4, height), (279, 4, width * height % 2**32)]
    directory = struct.pack("<H", len(entries)) + b"".join(
        struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries
    )
    return b"II*\0" + struct.pack("<I", 8) + (directory + bytes(4)).ljust(192, b"\0") + bytes(64)


def webp(width: int, height: int) -> bytes:
    """An extended header (VP8X), as animated files have it: 24 bits for either side."""
    sides = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    plain = _encoded(".webp")
    chunks = b"VP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + sides + plain[12:]
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks


def _animated(width: int, height: int) -> bytes:
    return enormous_png(width, height, animated=True)


BOMBS: Mapping[str, Callable[[int, int], bytes]] = {
    **{"bomb.png": enormous_png, "animated.png": _animated, "bomb.jpg": jpeg},
    **{"bomb.bmp": bmp, "bomb.tif": tiff, "bomb.webp": webp},
}


def _encoded(suffix: str) -> bytes:
    return cv2.imencode(suffix, _GREY)[1].tobytes()
