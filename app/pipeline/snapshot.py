"""A single picture of the view."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from app.errors import RecorderError
from app.pipeline.disk import explain, make_folder
from swem_core.data.files import write_atomic


def write_snapshot(path: Path, picture: NDArray[np.uint8]) -> None:
    """Save an HxWx4 uint8 BGRA picture as PNG, in one step; alpha only if it is not 255 all over.

    The folder is made if missing; an existing file is replaced. Raises RecorderError. Thread: any.
    """
    if path.suffix.lower() != ".png":
        raise RecorderError(f"A snapshot is a PNG picture. End its name with .png, not {path.name}")
    is_opaque = bool((picture[..., 3] == 255).all())
    pixels = cv2.cvtColor(picture, cv2.COLOR_BGRA2BGR) if is_opaque else picture
    encoded = cv2.imencode(".png", pixels)[1]
    make_folder(path.parent)
    try:
        write_atomic(path, encoded.tobytes())
    except OSError as error:
        raise RecorderError(explain(error, path)) from error
