"""Reading picture files of unknown origin: their size is checked before a pixel is decoded."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pictures

from swem_core.errors import DatasetError, PictureError

MAX_PIXELS: Final = 100_000_000
"""Larger pictures are refused: a file of a few kilobytes can expand to billions of pixels."""

PICTURE_SUFFIXES: Final = (".jpg", ".jpeg", ".png", ".bmp", ".webp")
"""File names of pictures in data sets, in lower case."""

Pictures.MAX_IMAGE_PIXELS = MAX_PIXELS  # Pillow's own limit, from which it warns

_MAX_BYTES: Final = 1_000_000_000
_FORMATS: Final = ("PNG", "JPEG", "WEBP", "BMP", "TIFF")


def read_picture(path: Path, flags: int = cv2.IMREAD_COLOR) -> NDArray[Any]:
    """Read a PNG, JPEG, WebP, BMP or TIFF file (of several pictures the first) with OpenCV.

    ``flags``: OpenCV's; by default the result is HxWx3 uint8 BGR, upright as EXIF says. Raises
    PictureError, a predicate for the picture's name ("is too large: ..."). Thread: any.
    """
    try:
        _check_header(path)
        if path.stat().st_size > _MAX_BYTES:
            raise _too_large()
        # Not cv2.imread, which cannot open every file name on Windows.
        encoded = np.fromfile(path, np.uint8)
        picture = cv2.imdecode(encoded, flags)
    except OSError as error:
        raise PictureError(f"cannot be read ({error.strerror or error}).") from error
    except cv2.error:
        picture = None
    if picture is None:
        raise _unknown()
    return picture


def read_dataset_picture(path: Path, flags: int = cv2.IMREAD_COLOR) -> NDArray[Any]:
    """:func:`read_picture` for a file of a data set. Raises DatasetError."""
    try:
        return read_picture(path, flags)
    except PictureError as error:
        raise DatasetError(f"The picture {path} {error} Unpack the data set again.") from error


@contextmanager
def open_picture(
    file: Path | BinaryIO, formats: tuple[str, ...] | None = None
) -> Iterator[Pictures.Image]:
    """Open a picture with Pillow, which reads no more than its header until pixels are accessed.

    Raises PictureError if it is too large; else whatever Pillow raises, for a damaged file nearly
    anything. Thread: any.
    """
    try:
        picture = Pictures.open(file, formats=formats)
    except (Pictures.DecompressionBombError, Pictures.DecompressionBombWarning):
        raise _too_large() from None
    with picture:
        if picture.width * picture.height > MAX_PIXELS:
            raise _too_large()
        yield picture


def _check_header(path: Path) -> None:
    """Raise PictureError for a picture that is too large or has no readable header."""
    with path.open("rb") as file:
        try:
            with open_picture(file, _FORMATS):
                return
        except PictureError:
            raise
        except Exception:  # a damaged header can raise nearly anything
            raise _unknown() from None


def _too_large() -> PictureError:
    limit = MAX_PIXELS // 1_000_000
    return PictureError(f"is too large: more than {limit} megapixels. Scale it down.")


def _unknown() -> PictureError:
    return PictureError("cannot be read: it is damaged, or no PNG, JPEG, WebP, BMP or TIFF.")
