"""Contact sheets of clips: every frame with its masks, one clip per row."""

from collections.abc import Sequence

import cv2
import numpy as np

from swem_core.data.palette import DAVIS_PALETTE
from swem_core.types import Image, Labels

_COLOURS = DAVIS_PALETTE[:, ::-1]  # BGR


def overlay(image: Image, labels: Labels) -> Image:
    """A frame (BGR) with its objects tinted and outlined."""
    tint = _COLOURS[labels]
    mixed = np.where(labels[..., None] > 0, image * 0.6 + tint * 0.4, image).astype(np.uint8)
    for object_id in np.unique(labels[labels > 0]):
        outline, _ = cv2.findContours(
            (labels == object_id).astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE
        )
        cv2.drawContours(mixed, outline, -1, _COLOURS[object_id].tolist(), 1)
    return mixed


def contact_sheet(clips: Sequence[tuple[Sequence[Image], Sequence[Labels]]]) -> Image:
    """One row per clip; a clip is (frames, labels), all of the same size."""
    rows = [
        np.concatenate([overlay(i, m) for i, m in zip(images, labels, strict=True)], 1)
        for images, labels in clips
    ]
    return np.concatenate(rows)
