"""COCO instance annotations: polygons and run-length encodings -> label maps."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from swem_core.errors import DatasetError
from swem_core.train.pictures import Picture
from swem_core.types import Labels, Mask, Size

_MOST = 254  # instances of one picture


@dataclass(frozen=True, slots=True)
class CocoMasks:
    """The segmentations of one picture as COCO writes them, large ones first."""

    size: Size
    segmentations: tuple[Any, ...]

    def labels(self, size: Size) -> Labels:
        """H x W uint8: instances 1..n, small ones on top. Raises DatasetError."""
        if size != self.size:
            raise DatasetError(
                f"A picture of {size[1]}x{size[0]} pixels is annotated as "
                f"{self.size[1]}x{self.size[0]}: these annotations belong to other pictures."
            )
        labels = np.zeros(size, np.uint8)
        for number, segmentation in enumerate(self.segmentations[:_MOST], start=1):
            labels[decode_segmentation(segmentation, size)] = number
        return labels


def read_coco(root: Path, annotations: Path) -> tuple[Picture, ...]:
    """Annotated pictures of a COCO instance file. ``root``: holds the pictures, or ``images/``
    does. Crowd regions are left out. Raises DatasetError."""
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
    except (ValueError, KeyError, TypeError) as error:
        raise DatasetError(f"{annotations} is no COCO instance file ({error!r}).") from error


def _picture(base: Path, image: Mapping[str, Any], found: list[Mapping[str, Any]]) -> Picture:
    size = (int(image["height"]), int(image["width"]))
    ordered = sorted(found, key=lambda one: -float(one.get("area", 0)))
    return Picture(
        base / image["file_name"], CocoMasks(size, tuple(one["segmentation"] for one in ordered))
    )


def decode_segmentation(segmentation: Any, size: Size) -> Mask:  # noqa: ANN401 - JSON
    """H x W bool from polygons, or from a run-length encoding (plain or compressed)."""
    if isinstance(segmentation, list):
        return _polygons(segmentation, size)
    counts = segmentation["counts"]
    runs = _decompressed(counts) if isinstance(counts, str) else counts
    return _runs(runs, size)


def _polygons(polygons: Sequence[Sequence[float]], size: Size) -> Mask:
    canvas = np.zeros(size, np.uint8)
    for polygon in polygons:
        # COCO's corners lie on pixel borders, OpenCV's on pixel centres, here in 1/16 pixels
        points = np.rint((np.asarray(polygon, np.float64).reshape(-1, 2) - 0.5) * 16)
        cv2.fillPoly(canvas, [points.astype(np.int32)], 1, shift=4)
    return canvas.astype(np.bool_)


def _runs(runs: Sequence[int], size: Size) -> Mask:
    """Lengths of runs of 0 and 1 in turn, down the columns."""
    flat = np.repeat(np.arange(len(runs)) % 2, runs).astype(np.bool_)
    if flat.size != size[0] * size[1]:
        raise DatasetError(f"A run-length encoding holds {flat.size} pixels of {size}.")
    return flat.reshape(size[::-1]).T


def _decompressed(text: str) -> list[int]:
    """COCO's text form: base-32 digits of 6 bits, signed, differences to the run before last."""
    runs: list[int] = []
    at = 0
    while at < len(text):
        value = shift = 0
        more = True
        while more:
            digit = ord(text[at]) - 48
            at += 1
            value |= (digit & 0x1F) << shift
            shift += 5
            more = bool(digit & 0x20)
        if digit & 0x10:
            value -= 1 << shift
        runs.append(value + runs[-2] if len(runs) > 2 else value)
    return runs
