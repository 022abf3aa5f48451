"""Data sets for counting clicks: pictures with one object each."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from swem_core.data.davis import DavisDataset
from swem_core.data.pictures import PICTURE_SUFFIXES, read_dataset_picture
from swem_core.errors import DatasetError
from swem_core.types import Image, Mask

_SMALLEST = 50  # pixels: anything smaller is an annotation error, not an object


@dataclass(frozen=True, slots=True)
class ClickSet:
    """``pairs``: (picture file, mask file), sorted by the picture's name."""

    name: str
    pairs: tuple[tuple[Path, Path], ...]

    def first(self, count: int | None) -> "ClickSet":
        """The set cut to its first ``count`` pictures; None: all."""
        return ClickSet(self.name, self.pairs[:count])

    def samples(self) -> Iterator[tuple[Image, Mask]]:
        """(picture HxWx3 BGR, object HxW bool); objects below 50 pixels are left out.

        Raises DatasetError for a damaged file.
        """
        for picture, mask in self.pairs:
            image = read_dataset_picture(picture)
            truth = object_of(read_dataset_picture(mask, cv2.IMREAD_UNCHANGED))
            if truth.shape != image.shape[:2]:
                size = (image.shape[1], image.shape[0])
                truth = (
                    cv2.resize(truth.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
                )
            if truth.sum() >= _SMALLEST:
                yield image, truth


def find_click_sets(root: Path) -> list[ClickSet]:
    """The sets in ``root``: a DAVIS folder (first frames), a set with ``images`` and ``masks``, or
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
    """The object in a mask picture: HxW (x c) values -> HxW bool.

    White pixels if there are any; otherwise values 1..n are instances, of which the largest is
    taken. Of colour masks only the first channel is used.
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
    masks = {path.stem: path for path in _pictures_in(folder / "masks")}
    pictures = _pictures_in(folder / "images")
    missing = [path.name for path in pictures if path.stem not in masks]
    if missing or not pictures:
        what = f"no mask for {missing[0]}" if missing else "no pictures"
        raise DatasetError(f"The set {folder} holds {what}.")
    return ClickSet(folder.resolve().name, tuple((path, masks[path.stem]) for path in pictures))


def _pictures_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in PICTURE_SUFFIXES)
