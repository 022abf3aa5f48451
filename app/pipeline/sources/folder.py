"""Folders of numbered images, played as a video."""

import math
import re
import time
from pathlib import Path

from app.errors import SourceError
from app.pipeline.frames import Frame
from app.pipeline.sources.base import SourceInfo
from app.pipeline.sources.disk import DiskSource
from swem_core.data.pictures import read_picture
from swem_core.errors import PictureError
from swem_core.types import Image

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"})

_ROUNDING = 1e-6


class FolderSource(DiskSource):
    """The images of one folder in natural order (``2.png`` before ``10.png``), ``rate`` a second.

    ``rate``: above 0, frames per second. ``loop`` starts over at the end, for ever; index and
    seconds go on rising. Images may differ in size.
    Thread: as for every Source, the capture thread only.
    """

    def __init__(self, path: Path, rate: float = 30.0, loop: bool = False) -> None:
        if not (math.isfinite(rate) and rate > 0):
            raise ValueError(f"The frame rate must be above 0. Got {rate}.")
        super().__init__(loop=loop)
        self._path = path
        self._rate = rate
        self._images: list[Path] = []
        self._count = self._next = 0

    @property
    def name(self) -> str:
        """The folder's own name."""
        return self._path.absolute().name or str(self._path)

    def open(self) -> SourceInfo:
        """List the folder and check its first image. Raises SourceError if there is none."""
        self.close()
        images = self._list()
        height, width = load_image(images[0]).shape[:2]
        self._images = images
        count = None if self._loop else len(images)
        span = (0.0, (len(images) - 1) / self._rate)
        size = (height, width)
        return SourceInfo(self.name, size, self._rate, count, is_live=False, span=span)

    def read(self) -> Frame | None:
        """The next image, None at the end (never with ``loop``). SourceError names a bad one."""
        if not self._images:
            raise SourceError(f"The folder {self.name} is not open. Open it before reading.")
        if self._next >= len(self._images):
            if not self._loop:
                return None
            self._next = 0
        image = load_image(self._images[self._next])
        seconds, file_s = self._count / self._rate, self._next / self._rate
        frame = Frame(self._count, image, seconds, time.monotonic_ns(), file_s)
        self._count += 1
        self._next += 1
        return frame

    def seek(self, seconds: float) -> None:
        """See :class:`app.pipeline.sources.base.Seekable`."""
        wanted = math.ceil(seconds * self._rate - _ROUNDING)
        self._next = max(min(wanted, len(self._images) - 1), 0)

    def close(self) -> None:
        """Forget the list; safe to call twice and before ``open``."""
        self._images = []
        self._count = self._next = 0

    def _list(self) -> list[Path]:
        try:
            entries = list(self._path.iterdir())
        except FileNotFoundError:
            raise SourceError(f"There is no folder {self.name} here. Check its name.") from None
        except OSError as error:
            reason = error.strerror
            raise SourceError(f"The folder {self.name} cannot be listed ({reason}).") from error
        images = [p for p in entries if p.suffix.lower() in SUFFIXES and p.name[0] != "."]
        if not images:
            kinds = ", ".join(sorted(suffix[1:] for suffix in SUFFIXES))
            raise SourceError(
                f"The folder {self.name} holds no images ({kinds}). Choose the folder the images "
                "are in, or a video file."
            )
        return sorted(images, key=_natural)


def load_image(path: Path) -> Image:
    """HxWx3 uint8 BGR, turned upright as its EXIF data says. Raises SourceError naming the file."""
    try:
        return read_picture(path)
    except PictureError as error:
        raise SourceError(f"The image {path.name} {error} Or take it out.") from error


def _natural(path: Path) -> tuple[list[int | str], str]:
    # Splitting on a group puts text and digits in turn, so that like is compared with like.
    parts = re.split(r"([0-9]+)", path.stem)
    return [int(p) if i % 2 else p.casefold() for i, p in enumerate(parts)], path.name
