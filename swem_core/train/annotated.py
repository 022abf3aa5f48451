"""Annotated pictures and videos on disk: listed by the readers, loaded by the workers."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from swem_core.data.pictures import open_picture, read_dataset_picture
from swem_core.errors import DatasetError, PictureError
from swem_core.types import Image, Labels, Size

_VOID = 255  # "ignore" in palette masks


class MaskSource(Protocol):
    """The source of a picture's instance labels."""

    def labels(self, size: Size) -> Labels:
        """H x W uint8 for a picture of ``size`` (H, W); 0 = background. Raises DatasetError."""
        ...


@dataclass(frozen=True, slots=True)
class MaskFile:
    """A mask file. Palette picture: indices are ids. Grey: white is the only object, or values 1..n
    are instances. ``single_object``: all instances count as one."""

    path: Path
    single_object: bool = False

    def labels(self, size: Size) -> Labels:
        """See :class:`MaskSource`. Raises DatasetError."""
        try:
            with open_picture(self.path) as picture:
                palette = picture.mode == "P"
                values = np.array(picture)
        except PictureError as error:
            raise DatasetError(f"The mask {self.path} {error}") from error
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
class AnnotatedPicture:
    """A picture with its masks, not yet read."""

    image: Path
    mask: MaskSource

    def load(self, short_side: int | None = None) -> tuple[Image, Labels]:
        """H x W x 3 BGR and H x W ids, shrunk to at most ``short_side``. Raises DatasetError."""
        image = read_dataset_picture(self.image)
        labels = self.mask.labels(image.shape[:2])
        if short_side is None or min(image.shape[:2]) <= short_side:
            return image, labels
        scale = short_side / min(image.shape[:2])
        size = (round(image.shape[1] * scale), round(image.shape[0] * scale))
        small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
        nearest = cv2.resize(labels, size, interpolation=cv2.INTER_NEAREST_EXACT)
        return small.astype(np.uint8, copy=False), nearest.astype(np.uint8, copy=False)


@dataclass(frozen=True, slots=True)
class AnnotatedVideo:
    """The annotated frames of a video, in time order."""

    name: str
    frames: tuple[AnnotatedPicture, ...]
