"""COCO instance annotations: polygons and run-length encodings -> label maps."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from swem_core.data.rle import mask_of, unpack_counts
from swem_core.errors import DatasetError, MaskError
from swem_core.train.annotated import AnnotatedPicture
from swem_core.types import Labels, Mask, Size

_MOST = 254  # instances per picture
_FARTHEST = 1e8  # 1/16 pixels: larger coordinates would overflow OpenCV's 32-bit arithmetic
# What code that expects well-formed annotations may raise on malformed ones.
_MALFORMED = (
    *(ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError),
    cv2.error,
)


@dataclass(frozen=True, slots=True)
class CocoMasks:
    """A :class:`MaskSource`: one picture's segmentations in COCO's format, large ones first."""

    size: Size
    segmentations: tuple[Any, ...]

    def labels(self, size: Size) -> Labels:
        """H x W uint8: instances 1..n, small ones in front. Raises DatasetError."""
        if size != self.size:
            raise DatasetError(
                f"A picture of {size[1]}x{size[0]} pixels is annotated as "
                f"{self.size[1]}x{self.size[0]}: these annotations belong to other pictures."
            )
        labels = np.zeros(size, np.uint8)
        for number, segmentation in enumerate(self.segmentations[:_MOST], start=1):
            labels[decode_segmentation(segmentation, size)] = number
        return labels


def read_coco(root: Path, annotations: Path) -> tuple[AnnotatedPicture, ...]:
    """The annotated pictures of a COCO instance file, which lie in ``root`` or ``root/images``.

    Crowd regions are left out. Raises DatasetError.
    """
    try:
        content = json.loads(annotations.read_text("utf-8"))
        images = {one["id"]: one for one in content["images"]}
        instances: dict[int, list[Mapping[str, Any]]] = {key: [] for key in images}
        for one in content["annotations"]:
            if not one.get("iscrowd"):
                instances[one["image_id"]].append(one)
        base = root / "images" if (root / "images").is_dir() else root
        return tuple(
            _picture(base, images[key], found) for key, found in instances.items() if found
        )
    except OSError as error:
        raise DatasetError(f"{annotations} cannot be read ({error.strerror or error}).") from error
    except _MALFORMED as error:
        raise DatasetError(
            f"{annotations} is not a COCO instance file ({error!r}). Name another one in the "
            "configuration (annotations = ...)."
        ) from error


def _picture(
    base: Path, image: Mapping[str, Any], found: list[Mapping[str, Any]]
) -> AnnotatedPicture:
    size = (int(image["height"]), int(image["width"]))
    name = Path(image["file_name"])
    if name.anchor or ".." in name.parts:
        raise ValueError(f"{name} lies outside the folder")
    ordered = sorted(found, key=lambda one: -float(one.get("area", 0)))
    return AnnotatedPicture(
        base / name, CocoMasks(size, tuple(one["segmentation"] for one in ordered))
    )


def decode_segmentation(segmentation: Any, size: Size) -> Mask:  # noqa: ANN401 - JSON
    """H x W bool from polygons, or from a run-length encoding (plain or compressed).

    Raises DatasetError for anything else.
    """
    try:
        if isinstance(segmentation, list):
            return _polygons(segmentation, size)
        counts = segmentation["counts"]
        runs = unpack_counts(counts) if isinstance(counts, str) else np.asarray(counts, np.int64)
        return mask_of(runs, size)
    except (MaskError, *_MALFORMED) as error:
        raise DatasetError(f"An annotation is not a COCO segmentation ({error}).") from error


def _polygons(polygons: Sequence[Sequence[float]], size: Size) -> Mask:
    canvas = np.zeros(size, np.uint8)
    for polygon in polygons:
        # COCO's corners lie on pixel borders, OpenCV's on pixel centres, here in 1/16 pixels
        points = np.rint((np.asarray(polygon, np.float64).reshape(-1, 2) - 0.5) * 16)
        if not (np.abs(points) < _FARTHEST).all():
            raise ValueError("a corner far outside the picture")
        cv2.fillPoly(canvas, [points.astype(np.int32)], 1, shift=4)
    return canvas.astype(np.bool_)
