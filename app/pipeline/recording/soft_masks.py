"""Writes soft masks as a folder of 8-bit grey PNGs per object.

PNGs rather than a video, because every tool reads them, objects may come and go, and each file is
complete or absent. 8 bits lose nothing: the masks come from a table of 256 values.
"""

from pathlib import Path
from typing import Final

import cv2

from app.errors import RecorderError
from app.pipeline.disk import explain, make_folder
from app.pipeline.recording.shot import Shot
from swem_core.data.files import write_atomic

_FAST: Final = (cv2.IMWRITE_PNG_COMPRESSION, 1)  # flat areas: more effort gains little


class SoftMaskWriter:
    """Writes ``object 001/00000.png``: 255 times the probability, exact 0 and 255 within 4 %.

    Files are named by source frame index, and there is one for each frame on which the object is
    tracked. Thread: one at a time.
    """

    def __init__(self, folder: Path) -> None:
        """Make the folder, which must not hold soft masks yet. Raises RecorderError."""
        make_folder(folder)
        taken = next(folder.glob("object */*.png"), None)
        if taken is not None:
            raise RecorderError(
                f"The folder {folder} already holds soft masks ({taken.parent.name}). "
                "Choose an empty folder, so that two recordings are not mixed."
            )
        self.path = folder
        self.bytes = 0

    def write(self, shot: Shot) -> bool:
        """Save the frame's soft masks; False if it has none. Raises RecorderError."""
        for object_id, alpha in shot.alphas.items():
            folder = self.path / f"object {object_id:03d}"
            path = folder / f"{shot.frame.index:05d}.png"
            encoded = cv2.imencode(".png", alpha, _FAST)[1].tobytes()
            make_folder(folder)
            try:
                write_atomic(path, encoded)
            except OSError as error:
                raise RecorderError(explain(error, path)) from error
            self.bytes += len(encoded)
        return bool(shot.alphas)

    def close(self) -> None:
        """Nothing is held back."""
