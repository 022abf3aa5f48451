"""What tests of the whole window share: a real clip, and settings of their own."""

from pathlib import Path

import pytest
from cat_clip import Clip, cats
from PySide6.QtCore import QSettings


@pytest.fixture(scope="session")
def clip() -> Clip:
    return cats()


@pytest.fixture(scope="session")
def clip_file(clip: Clip, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clip.write(tmp_path_factory.mktemp("clip") / "cats.mp4")


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path) -> None:
    """No window finds what another remembered; Qt asks for the home folder only once."""
    QSettings.setPath(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings")
    )
