"""Small data sets in the layout of DAVIS."""

from collections.abc import Sequence
from pathlib import Path

import cv2

from swem_core.data.masks import write_mask
from swem_core.types import Image, Labels


def write_sequence(
    root: Path, name: str, frames: Sequence[Image], labels: Sequence[Labels]
) -> tuple[Path, Path]:
    """Write one sequence; returns its folders of pictures and of annotations."""
    images, masks = (root / kind / "480p" / name for kind in ("JPEGImages", "Annotations"))
    for folder in (images, masks):
        folder.mkdir(parents=True)
    for index, (frame, ids) in enumerate(zip(frames, labels, strict=True)):
        cv2.imwrite(str(images / f"{index:05d}.jpg"), frame)
        write_mask(masks / f"{index:05d}.png", ids)
    return images, masks
