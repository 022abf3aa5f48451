import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from davis_folder import write_sequence
from training_kit import cat_frame, small_config, write_stills, write_video

from swem_core.errors import DatasetError, TrainingError
from swem_core.train.coco import decode_segmentation
from swem_core.train.config import DataSource
from swem_core.train.corpus import gather_corpus
from swem_core.train.readers import read_source


def _videos(root: Path, layout: str, **more: object) -> dict[str, int]:
    listing = read_source(DataSource(layout, "", **more), root)  # type: ignore[arg-type]
    return {video.name: len(video.frames) for video in listing.videos}


def test_static_sets_and_a_single_set(tmp_path: Path) -> None:
    write_stills(tmp_path / "a")
    write_stills(tmp_path / "b", 2)
    assert len(read_source(DataSource("static", ""), tmp_path).stills) == 6
    assert len(read_source(DataSource("static", ""), tmp_path / "b").stills) == 2
    left = read_source(DataSource("static", "", except_for=("a",)), tmp_path)
    assert len(left.stills) == 2


def test_grey_masks_hold_instances_and_white_ones_a_single_object(tmp_path: Path) -> None:
    write_stills(tmp_path / "a", 1)
    picture = read_source(DataSource("static", ""), tmp_path).stills[0]
    assert np.unique(picture.load()[1]).tolist() == [0, 1, 2]
    _, labels = cat_frame(0)
    white = np.where(labels == 1, 255, 0).astype(np.uint8)
    cv2.imwrite(str(tmp_path / "a" / "masks" / "cat0.png"), white)
    assert np.array_equal(picture.load()[1], labels == 1)


def test_pairs_beside_each_other(tmp_path: Path) -> None:
    folder = tmp_path / "fss" / "cat"
    folder.mkdir(parents=True)
    image, labels = cat_frame(0)
    cv2.imwrite(str(folder / "1.jpg"), image)
    cv2.imwrite(str(folder / "1.png"), (labels > 0) * np.uint8(255))
    cv2.imwrite(str(folder / "2.jpg"), image)  # has no mask
    (still,) = read_source(DataSource("pairs", ""), tmp_path).stills
    assert np.array_equal(still.load()[1], labels > 0)


def test_videos_of_frames_and_masks(tmp_path: Path) -> None:
    write_video(tmp_path / "one", 3)
    write_video(tmp_path / "two", 4)
    assert _videos(tmp_path, "video") == {"one": 3, "two": 4}
    assert _videos(tmp_path, "video", except_for=("one",)) == {"two": 4}
    assert _videos(tmp_path / "one", "frames") == {"one": 3}


def test_davis(tmp_path: Path) -> None:
    frames, labels = zip(*(cat_frame(index) for index in range(3)), strict=True)
    write_sequence(tmp_path, "cats", frames, labels)
    (tmp_path / "ImageSets" / "2017").mkdir(parents=True)
    (tmp_path / "ImageSets" / "2017" / "train.txt").write_text("cats\n")
    assert _videos(tmp_path, "davis") == {"cats": 3}


def test_youtube_vos_takes_annotated_frames_only(tmp_path: Path) -> None:
    write_video(tmp_path, 6, "train/JPEGImages/x", "train/Annotations/x")
    for index in (1, 2, 3, 4):
        (tmp_path / "train" / "Annotations" / "x" / f"{index:05d}.png").unlink()
    assert _videos(tmp_path, "youtube-vos") == {"x": 2}


def test_coco_polygons_and_both_run_length_forms(tmp_path: Path) -> None:
    image, _ = cat_frame(0)
    cv2.imwrite(str(tmp_path / "cat.jpg"), image)
    square = np.zeros((180, 320), bool)
    square[20:60, 30:90] = True
    flat = square.T.ravel()
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flat.astype(int), [0]))))
    runs = np.diff(np.concatenate(([0], edges, [flat.size]))).tolist()
    polygon = [30, 20, 90, 20, 90, 60, 30, 60]
    content = {
        "images": [{"id": 5, "file_name": "cat.jpg", "height": 180, "width": 320}],
        "annotations": [
            {"image_id": 5, "area": 9, "segmentation": [[200.0, 100, 230, 100, 230, 130]]},
            {"image_id": 5, "area": 2400, "segmentation": {"size": [180, 320], "counts": runs}},
            {"image_id": 5, "area": 1, "iscrowd": 1, "segmentation": [polygon]},
        ],
    }
    (tmp_path / "annotations.json").write_text(json.dumps(content))
    (still,) = read_source(DataSource("coco", ""), tmp_path).stills
    labels = still.load()[1]
    assert np.array_equal(labels == 1, square)
    assert (labels == 2).sum() == pytest.approx(450, rel=0.12)  # its rim counts as inside
    drawn = decode_segmentation([polygon], (180, 320))
    assert (drawn & square).sum() / (drawn | square).sum() > 0.95


def test_coco_compressed_text() -> None:
    """'52203' is what the COCO tools write for [5, 2, 2, 2, 5] (differences from the fourth on)."""
    mask = decode_segmentation({"size": [4, 4], "counts": "52203"}, (4, 4))
    expected = np.repeat([0, 1, 0, 1, 0], [5, 2, 2, 2, 5]).astype(bool).reshape(4, 4).T
    assert np.array_equal(mask, expected)


def test_missing_and_empty_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="nowhere"):
        read_source(DataSource("static", ""), tmp_path / "nowhere")
    with pytest.raises(DatasetError, match="layout 'static'"):
        read_source(DataSource("static", ""), tmp_path)
    (tmp_path / "annotations.json").write_text("[]")
    with pytest.raises(DatasetError, match="not a COCO instance file"):
        read_source(DataSource("coco", ""), tmp_path)


def test_damaged_pictures_are_named_and_left_out(tmp_path: Path) -> None:
    write_stills(tmp_path / "static" / "a", 3)
    broken = tmp_path / "static" / "a" / "images" / "cat1.jpg"
    broken.write_bytes(broken.read_bytes()[:60])
    (tmp_path / "static" / "a" / "masks" / "cat2.png").write_bytes(b"not a picture")
    corpus = gather_corpus(small_config(), tmp_path, tmp_path / "cache")
    assert len(corpus.damaged) == 2
    assert "cat1.jpg" in corpus.damaged[0] and "cat2.png" in corpus.damaged[1]
    group = corpus.groups[0]
    assert corpus.load(group, 0)[0].shape[2] == 3
    with pytest.raises(DatasetError, match=r"cat1\.jpg"):
        corpus.load(group, 1)


def test_cache_holds_what_decoding_gives(tmp_path: Path) -> None:
    write_stills(tmp_path / "static" / "a", 3)
    stored = gather_corpus(small_config(), tmp_path, tmp_path / "cache")
    again = gather_corpus(small_config(), tmp_path, tmp_path / "cache")
    decoded = gather_corpus(small_config(), tmp_path, None)
    for corpus in (stored, again):
        for number in range(3):
            for one, other in zip(
                corpus.load(corpus.groups[0], number),
                decoded.load(decoded.groups[0], number),
                strict=True,
            ):
                assert np.array_equal(one, other)
    assert len(list((tmp_path / "cache").iterdir())) == 2


def test_validation_sequences_are_never_trained_on(tmp_path: Path) -> None:
    write_video(tmp_path / "video" / "dance")
    config = small_config(data=(DataSource("video", "video"),))
    with pytest.raises(TrainingError, match="'dance' is to be validated on"):
        gather_corpus(config, tmp_path, None, forbidden=("dance",))
