"""Decoded pictures as images the right way up."""

import struct
from collections.abc import Mapping
from typing import cast

import av
import cv2
import numpy as np
from av.buffer import Buffer
from av.video.frame import VideoFrame

from app.errors import SourceError
from swem_core.types import Image


class Upright:
    """Converts decoded pictures to BGR, rotated and mirrored as the container's metadata says.

    Thread: one at a time.
    """

    def __init__(self) -> None:
        self._rotation: int | None = None
        self._matrix: tuple[int, ...] | None = None

    def image(self, frame: VideoFrame) -> Image:
        """HxWx3 uint8 BGR, C-contiguous. SourceError for a kind of picture that has no BGR form."""
        try:
            # One thread: PyAV would start and end a thread per processor for every picture.
            image = cast(Image, frame.to_ndarray(format="bgr24", threads=1))
        except (av.FFmpegError, ValueError):
            raise SourceError(
                f"The video's pictures ({frame.format.name}) cannot be shown. Convert it to H.264."
            ) from None
        if frame.rotation != self._rotation:
            # Only then, because side_data ties a picture into a reference cycle that holds its
            # memory until the next collection. The angle alone would not do: it calls a mirrored
            # picture "rotated by 180 degrees".
            self._rotation = frame.rotation
            matrix = cast(Mapping[str, Buffer], frame.side_data).get("DISPLAYMATRIX")
            self._matrix = struct.unpack("=9i", bytes(matrix)) if matrix is not None else None
        return np.ascontiguousarray(_orient(image, self._matrix) if self._matrix else image)


def _orient(image: Image, matrix: tuple[int, ...]) -> Image:
    """Apply the quarter turns and mirrorings of a display matrix: (x, y) -> (x, y) @ matrix."""
    xx, xy, _, yx, yy, *_ = matrix
    if abs(xy) > abs(xx):
        image = cast(Image, cv2.transpose(image))
        xx, yy = yx, xy
    if xx < 0 and yy < 0:
        return cast(Image, cv2.flip(image, -1))
    if xx < 0:
        return cast(Image, cv2.flip(image, 1))
    return cast(Image, cv2.flip(image, 0)) if yy < 0 else image
