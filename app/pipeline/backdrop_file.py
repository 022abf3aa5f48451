"""Reading the picture that goes behind the objects."""

from pathlib import Path

import cv2
import numpy as np

from app.errors import SourceError
from app.pipeline.style import Backdrop
from swem_core.data.pictures import read_picture
from swem_core.errors import PictureError

_MAX_SIDE = 3840  # more is not seen in any recording


def load_backdrop(path: Path) -> Backdrop:
    """A picture file, PNG, JPEG, WebP, BMP or TIFF. Raises SourceError. Thread: not the GUI's."""
    try:
        image = read_picture(path)
    except PictureError as error:
        raise SourceError(f"The picture {path.name} {error}") from error
    scale = _MAX_SIDE / max(image.shape[:2])
    if scale < 1:
        small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        image = np.asarray(small, np.uint8)
    return Backdrop(path.name, image, str(path.absolute()))
