"""The DAVIS reader on small data sets made here."""

from pathlib import Path

import numpy as np
import pytest
from davis_folder import write_sequence

from swem_core.data.davis import DavisDataset
from swem_core.errors import DatasetError

IMAGE = np.full((8, 12, 3), (250, 30, 60), np.uint8)  # blue, in BGR
LABELS = np.array([[0, 1, 2]] * 3, np.uint8)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("bear", "cows"):
        write_sequence(tmp_path, name, [IMAGE] * 3, [LABELS] * 3)
    return tmp_path


def put_list(root: Path, folder: str, text: str) -> None:
    (root / "ImageSets" / folder).mkdir(parents=True)
    (root / "ImageSets" / folder / "val.txt").write_text(text)


def test_sequences_and_their_content(root: Path) -> None:
    put_list(root, "2017", "cows\n\nbear\n")
    data = DavisDataset(root, 2017)
    assert data.names == ("cows", "bear")
    sequences = data.sequences()
    assert [len(sequence) for sequence in sequences] == [3, 3]
    cows = sequences[0]
    assert [path.name for path in cows.frames] == ["00000.jpg", "00001.jpg", "00002.jpg"]
    assert [path.name for path in cows.masks] == ["00000.png", "00001.png", "00002.png"]
    frame = cows.frame(1)
    assert frame.dtype == np.uint8
    assert np.abs(frame.astype(int) - IMAGE).max() < 5
    assert np.array_equal(cows.labels(2), LABELS)


def test_davis_2016_merges_all_objects(root: Path) -> None:
    assert np.array_equal(DavisDataset(root).sequence("bear").labels(0), LABELS > 0)


def test_first_release_lists_name_pictures(root: Path) -> None:
    lines = [
        f"/JPEGImages/480p/bear/{i:05d}.jpg /Annotations/480p/bear/{i:05d}.png " for i in range(3)
    ]
    put_list(root, "480p", "\n".join(lines))
    assert DavisDataset(root).names == ("bear",)


def test_without_a_list_all_annotated_sequences_are_used(root: Path) -> None:
    put_list(root, "2016", "cows")
    assert DavisDataset(root, 2016).names == ("cows",)
    assert DavisDataset(root, 2017).names == ("bear", "cows")


def test_what_is_missing_is_named(root: Path) -> None:
    with pytest.raises(DatasetError, match=r"JPEGImages.480p is missing"):
        DavisDataset(root / "Annotations")
    with pytest.raises(DatasetError, match=r"480p.zebra is missing"):
        DavisDataset(root).sequence("zebra")
    (root / "Annotations" / "480p" / "bear" / "00001.png").unlink()
    with pytest.raises(DatasetError, match=r"bear.00001\.png is missing"):
        DavisDataset(root).sequences()
    for file in (root / "JPEGImages" / "480p" / "bear").iterdir():
        file.unlink()
    with pytest.raises(DatasetError, match=r"bear holds no \.jpg files"):
        DavisDataset(root).sequence("bear")


@pytest.mark.parametrize("text", ["", "../..", ".."])
def test_lists_that_are_none(root: Path, text: str) -> None:
    put_list(root, "2016", text)
    with pytest.raises(DatasetError, match="does not list sequences"):
        DavisDataset(root)


def test_empty_and_damaged_data(root: Path) -> None:
    sequence = DavisDataset(root).sequence("bear")
    sequence.frames[0].write_text("no picture")
    with pytest.raises(DatasetError, match="damaged"):
        sequence.frame(0)
    sequence.frames[1].unlink()
    with pytest.raises(DatasetError, match="cannot be read"):
        sequence.frame(1)
    (root / "empty" / "JPEGImages" / "480p").mkdir(parents=True)
    (root / "empty" / "Annotations" / "480p").mkdir(parents=True)
    with pytest.raises(DatasetError, match="holds no sequences"):
        DavisDataset(root / "empty")
