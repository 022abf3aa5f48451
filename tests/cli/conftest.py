"""What tests of commands share: a small data set in the layout of DAVIS."""

from pathlib import Path

import pytest
from cat_clip import Clip, cats
from davis_folder import write_sequence

DAVIS_FRAMES = 6


@pytest.fixture(scope="module")
def clip() -> Clip:
    return cats()


@pytest.fixture
def davis(clip: Clip, tmp_path: Path) -> Path:
    """One sequence, "cats", with exact masks of two objects."""
    root = tmp_path / "DAVIS"
    write_sequence(root, "cats", clip.frames[:DAVIS_FRAMES], clip.labels[:DAVIS_FRAMES])
    return root
