"""Reading the picture that goes behind the objects."""

from pathlib import Path

import cv2
import numpy as np

from app.errors import SourceError
from app.pipeline.style import Backdrop

_MAX_SIDE = 3840  # more is not seen in any recording


def load_backdrop(path: Path) -> Backdrop:
    """A picture file of any kind OpenCV reads. Raises SourceError. Thread: not the GUI's."""
    try:
        encoded = np.frombuffer(path.read_bytes(), np.uint8)
    except OSError as error:
        raise SourceError(f"The picture {path} cannot be read: {error.strerror}.") from error
    image = cv2.imdecode(encoded, cv2.IMREAD_COLOR) if encoded.size else None
    if image is None:
        raise SourceError(f"{path.name} is not a picture that can be read. Try a PNG or a JPEG.")
    scale = _MAX_SIDE / max(image.shape[:2])
    if scale < 1:
        image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return Backdrop(path.name, np.asarray(image, np.uint8))
