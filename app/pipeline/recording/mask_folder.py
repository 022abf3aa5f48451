"""Writes masks as one palette PNG per frame, the layout of DAVIS results."""

from pathlib import Path

from app.errors import RecorderError
from app.pipeline.disk import explain, make_folder
from swem_core.data.masks import write_mask
from swem_core.errors import MaskError
from swem_core.types import Labels


class MaskFolderWriter:
    """Writes ``00000.png``, ``00001.png`` ... named by source frame index, DAVIS palette.

    Each file appears complete or not at all. Thread: one at a time.
    """

    def __init__(self, folder: Path, *, resume: bool = False) -> None:
        """Make the folder. One with PNGs in it raises RecorderError, unless ``resume``.

        ``resume``: keep what is there; a mask of the same frame is replaced.
        """
        make_folder(folder)
        try:
            taken = next(folder.glob("*.png"), None)
        except OSError as error:
            raise RecorderError(explain(error, folder)) from error
        if taken is not None and not resume:
            raise RecorderError(
                f"The folder {folder} already holds masks ({taken.name}). "
                "Choose an empty folder, so that two recordings are not mixed."
            )
        self._folder = folder
        self._frames = 0
        self._bytes = 0

    @property
    def frames(self) -> int:
        """Masks written."""
        return self._frames

    @property
    def bytes(self) -> int:
        """Size of the masks written."""
        return self._bytes

    def write(self, index: int, labels: Labels) -> Path:
        """Save HxW uint8 object ids as the mask of frame ``index`` (0 or more).

        Returns the file's path. Raises RecorderError.
        """
        path = self._folder / f"{index:05d}.png"
        try:
            write_mask(path, labels)
            self._bytes += path.stat().st_size
        except (MaskError, OSError) as error:
            raise RecorderError(str(error)) from error
        self._frames += 1
        return path
