"""What tests of commands share: a small data set in the layout of DAVIS."""

from pathlib import Path

import cv2
import pytest
from cat_clip import Clip, cats

from swem_core.data.masks import write_mask

DAVIS_FRAMES = 6


@pytest.fixture(scope="module")
def clip() -> Clip:
    return cats()


@pytest.fixture
def davis(clip: Clip, tmp_path: Path) -> Path:
    """One sequence, "cats", with exact masks of two objects."""
    root = tmp_path / "DAVIS"
    images, masks = (root / name / "480p" / "cats" for name in ("JPEGImages", "Annotations"))
    for folder in (images, masks):
        folder.mkdir(parents=True)
    for index in range(DAVIS_FRAMES):
        cv2.imwrite(str(images / f"{index:05d}.jpg"), clip.frames[index])
        write_mask(masks / f"{index:05d}.png", clip.labels[index])
    return root
