"""The room on the disk that is recorded to."""

from pathlib import Path

import pytest

from app.errors import RecorderError
from app.pipeline import disk
from app.pipeline.disk import DiskWatch

MIB = 1024**2


def test_it_warns_once_then_ends_the_recording(
    tmp_path: Path,
) -> None:
    now, free = 0.0, 5000 * MIB
    asked: list[Path] = []

    def free_space(folder: Path) -> int:
        asked.append(folder)
        if free < 0:
            raise OSError
        return free

    watch = DiskWatch(tmp_path, free_space, lambda: now)
    assert watch.check() is None
    free = 900 * MIB
    assert watch.check() is None  # asked a moment ago
    assert asked == [tmp_path]
    now = 1.0
    assert "900 MiB left" in (watch.check() or "")
    now = 2.0
    assert watch.check() is None  # said already
    now, free = 3.0, -1
    assert watch.check() is None  # this disk cannot tell
    now, free = 4.0, 199 * MIB
    with pytest.raises(RecorderError, match="199 MiB left"):
        watch.check()
    assert disk.free_space(tmp_path) > 0
