from pathlib import Path

import pytest
from cat_clip import Clip, cats


@pytest.fixture(scope="session")
def clip() -> Clip:
    return cats()


@pytest.fixture(scope="session")
def clip_file(clip: Clip, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clip.write(tmp_path_factory.mktemp("clip") / "cats.mp4")
