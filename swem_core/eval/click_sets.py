"""Pictures with one object each, for counting clicks."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from swem_core.data.davis import DavisDataset
from swem_core.data.pictures import read_picture
from swem_core.errors import DatasetError, PictureError
from swem_core.types import Image, Mask

_SMALLEST = 50  # pixels: less is an annotator's slip, not an object
_PICTURES = (".jpg", ".jpeg", ".png", ".bmp")


@dataclass(frozen=True, slots=True)
class ClickSet:
    """``pairs``: picture file and mask file, in alphabetical order of the pictures."""

    name: str
    pairs: tuple[tuple[Path, Path], ...]

    def limited(self, count: int | None) -> "ClickSet":
        """Only the first ``count`` pictures; None for all."""
        return ClickSet(self.name, self.pairs[:count])

    def samples(self) -> Iterator[tuple[Image, Mask]]:
        """Picture (HxWx3 BGR) and object (HxW bool); objects below 50 pixels are left out."""
        for picture, mask in self.pairs:
            image = _decoded(picture, cv2.IMREAD_COLOR)
            truth = object_of(_decoded(mask, cv2.IMREAD_UNCHANGED))
            if truth.shape != image.shape[:2]:
                size = (image.shape[1], image.shape[0])
                truth = (
                    cv2.resize(truth.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
                )
            if truth.sum() >= _SMALLEST:
                yield image, truth


def find_click_sets(root: Path) -> list[ClickSet]:
    """The sets at ``root``: a DAVIS folder (first frames), a set with ``images`` and ``masks``, or
    a folder of such sets. Raises DatasetError if it is none of these."""
    if (root / "JPEGImages").is_dir():
        firsts = ((one.frames[0], one.masks[0]) for one in DavisDataset(root).sequences())
        return [ClickSet(root.resolve().name, tuple(firsts))]
    folders = [root, *sorted(root.iterdir())] if root.is_dir() else []
    sets = [_folder_set(one) for one in folders if (one / "images").is_dir()]
    if not sets:
        raise DatasetError(
            f"{root} holds no pictures with masks. Give a folder with images/ and masks/, a folder "
            "of such folders, or a DAVIS folder."
        )
    return sets


def object_of(mask: np.ndarray) -> Mask:
    """A mask picture's object: HxW (x c) values -> HxW bool.

    White is the object in a mask that holds white; else values 1..n are instances, and the largest
    is the object. Of colour masks the first channel counts.
    """
    plane = mask[..., 0] if mask.ndim == 3 else mask
    if plane.max() >= 255:
        return np.asarray(plane > 127)
    sizes = np.bincount(plane.ravel())
    sizes[0] = 0
    return np.asarray((plane == sizes.argmax()) & (plane > 0))


def _folder_set(folder: Path) -> ClickSet:
    if not (folder / "masks").is_dir():
        raise DatasetError(f"The folder {folder / 'masks'} is missing beside the pictures.")
    masks = {path.stem: path for path in (folder / "masks").iterdir() if path.suffix in _PICTURES}
    pictures = sorted(p for p in (folder / "images").iterdir() if p.suffix.lower() in _PICTURES)
    missing = [path.name for path in pictures if path.stem not in masks]
    if missing or not pictures:
        what = f"no mask for {missing[0]}" if missing else "no pictures"
        raise DatasetError(f"The set {folder} holds {what}.")
    return ClickSet(folder.resolve().name, tuple((path, masks[path.stem]) for path in pictures))


def _decoded(path: Path, flags: int) -> np.ndarray:
    try:
        return read_picture(path, flags)
    except PictureError as error:
        raise DatasetError(f"The picture {path} {error} Unpack the data set again.") from error
