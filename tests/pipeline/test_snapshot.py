"""Snapshots: what is saved is what was shown."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from view_kit import compose, compose_output, tracked

from app.errors import RecorderError
from app.pipeline.effect import Effect
from app.pipeline.frames import Segmented
from app.pipeline.recording.snapshot import Moment, write_moment, write_snapshot
from app.pipeline.style import ViewStyle
from swem_core.data.masks import read_mask


def test_an_opaque_picture_is_saved_without_alpha(tmp_path: Path) -> None:
    shown = np.full((48, 64, 4), 255, np.uint8)
    shown[..., :3] = np.arange(64, dtype=np.uint8)[:, None]
    path = tmp_path / "new" / "ü.png"
    write_snapshot(path, shown)
    image = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_UNCHANGED)
    assert image is not None
    assert np.array_equal(image, shown[..., :3])
    assert [file.name for file in path.parent.iterdir()] == ["ü.png"]
    with pytest.raises(RecorderError, match=r"\.png"):
        write_snapshot(tmp_path / "a.jpg", shown)
    with pytest.raises(RecorderError, match="not a folder"):
        write_snapshot(path / "a.png", shown)


def test_a_snapshot_keeps_the_alpha(tmp_path: Path) -> None:
    segmented, _ = tracked()
    cut = compose_output(segmented, ViewStyle(effect=Effect.CUTOUT))
    write_snapshot(tmp_path / "cat.png", cut)
    np.testing.assert_array_equal(cv2.imread(str(tmp_path / "cat.png"), cv2.IMREAD_UNCHANGED), cut)


def test_a_moment_is_picture_mask_and_cut_out_at_once(tmp_path: Path) -> None:
    segmented, labels = tracked()
    shown = compose(segmented, ViewStyle())
    files = write_moment(tmp_path / "a.png", Moment(shown, segmented, ViewStyle()))
    assert [path.name for path in files] == ["a.png", "a mask.png", "a cut-out.png"]
    np.testing.assert_array_equal(cv2.imread(str(files[0])), shown[..., :3])
    np.testing.assert_array_equal(read_mask(files[1]), labels)
    cut = cv2.imread(str(files[2]), cv2.IMREAD_UNCHANGED)
    assert cut is not None and cut.shape[2] == 4
    np.testing.assert_array_equal(cut[..., 3] > 127, labels > 0)
    np.testing.assert_array_equal(cut[labels > 0][:, :3], segmented.frame.image[labels > 0])
    bare = Segmented(segmented.frame)
    one = write_moment(tmp_path / "b.png", Moment(shown, bare, ViewStyle()))
    assert one == (tmp_path / "b.png",)
