"""Pictures with masks as they lie on disk: what the readers list and the workers load."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pictures

from swem_core.data.pictures import MAX_PIXELS, read_picture
from swem_core.errors import DatasetError, PictureError
from swem_core.types import Image, Labels, Size

PICTURES = (".jpg", ".jpeg", ".png", ".bmp", ".webp")
_VOID = 255  # "do not care" in palette masks


class MaskSource(Protocol):
    """Where a picture's instance labels come from."""

    def labels(self, size: Size) -> Labels:
        """H x W uint8 of the picture's ``size``, 0 = background."""
        ...


@dataclass(frozen=True, slots=True)
class MaskFile:
    """A mask picture: palette index = id; grey: 255 = the one object, else 1..n are instances."""

    path: Path
    single_object: bool = False

    def labels(self, size: Size) -> Labels:
        """See :class:`MaskSource`. Raises DatasetError."""
        try:
            with Pictures.open(self.path) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise ValueError("more than 100 megapixels")
                palette = picture.mode == "P"
                values = np.array(picture)
        except Exception as error:  # a damaged file can make a decoder raise nearly anything
            raise DatasetError(f"The mask {self.path} cannot be read ({error}).") from error
        plane = values[..., 0] if values.ndim == 3 else values
        labels = _ids(plane, palette)
        if labels.shape != size:
            raise DatasetError(
                f"The mask {self.path} is {labels.shape[1]}x{labels.shape[0]} pixels, its picture "
                f"{size[1]}x{size[0]}."
            )
        return (labels > 0).astype(np.uint8) if self.single_object else labels


def _ids(plane: NDArray[Any], palette: bool) -> Labels:
    if palette:
        plane = np.where(plane == _VOID, 0, plane)
    elif int(plane.max()) >= 255:
        plane = plane > plane.max() // 2
    ids: Labels = plane.astype(np.uint8)
    return ids


@dataclass(frozen=True, slots=True)
class Picture:
    """One annotated picture, not yet read."""

    image: Path
    mask: MaskSource

    def load(self, short_side: int | None = None) -> tuple[Image, Labels]:
        """H x W x 3 BGR and H x W ids, shrunk to a shorter side. Raises DatasetError."""
        image = _decoded(self.image)
        labels = self.mask.labels(image.shape[:2])
        if short_side is None or min(image.shape[:2]) <= short_side:
            return image, labels
        scale = short_side / min(image.shape[:2])
        size = (round(image.shape[1] * scale), round(image.shape[0] * scale))
        small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
        nearest = cv2.resize(labels, size, interpolation=cv2.INTER_NEAREST_EXACT)
        return small.astype(np.uint8, copy=False), nearest.astype(np.uint8, copy=False)


@dataclass(frozen=True, slots=True)
class Footage:
    """The annotated frames of one video, in time order; ``name`` identifies it."""

    name: str
    frames: tuple[Picture, ...]


Load = Callable[[Picture], tuple[Image, Labels]]


def _decoded(path: Path) -> Image:
    try:
        return read_picture(path)
    except PictureError as error:
        raise DatasetError(f"The picture {path} {error}") from error
