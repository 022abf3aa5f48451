"""Reading picture files of unknown origin: the size is looked at before a pixel is decoded."""

from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pictures

from swem_core.errors import PictureError

MAX_PIXELS: Final = 100_000_000
"""Larger pictures are refused: a file of a few kilobytes can promise billions of pixels."""

_MAX_BYTES: Final = 1_000_000_000
_FORMATS: Final = ("PNG", "JPEG", "WEBP", "BMP", "TIFF")


def read_picture(path: Path, flags: int = cv2.IMREAD_COLOR) -> NDArray[Any]:
    """PNG, JPEG, WebP, BMP or TIFF (of several pictures the first) as OpenCV decodes it.

    ``flags``: OpenCV's; by default HxWx3 uint8 BGR, turned upright as EXIF says. Raises
    PictureError, whose text goes on after the picture's name ("is too large: ..."). Thread: any.
    """
    try:
        if _pixels(path) > MAX_PIXELS or path.stat().st_size > _MAX_BYTES:
            raise PictureError(
                f"is too large: more than {MAX_PIXELS // 1_000_000} megapixels. Scale it down."
            )
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


def _pixels(path: Path) -> int:
    """As the header says; no pixel is read."""
    with path.open("rb") as file:
        try:
            with Pictures.open(file, formats=_FORMATS) as header:
                return header.width * header.height
        except (Pictures.DecompressionBombError, Pictures.DecompressionBombWarning):
            return MAX_PIXELS + 1
        except Exception:  # a damaged header can raise nearly anything
            raise _unknown() from None


def _unknown() -> PictureError:
    return PictureError("cannot be read: it is damaged, or no PNG, JPEG, WebP, BMP or TIFF.")
