from pathlib import Path

import cv2
import numpy as np
import pytest
from training_kit import cat_frame, small_config, write_stills

from swem_core.train.click_clips import ClickClipMaker
from swem_core.train.click_scene import ClickScene, paste_objects
from swem_core.train.config import DataSource
from swem_core.train.corpus import gather_corpus
from swem_core.train.mask_errors import corrupted

SIZE = 96


@pytest.fixture
def maker(tmp_path: Path) -> ClickClipMaker:
    write_stills(tmp_path / "static" / "cats")
    config = small_config(data=(DataSource("static", "static"),), size=256)
    return ClickClipMaker(gather_corpus(config, tmp_path, None), SIZE, seed=1)


def test_crops_repeat_and_show_objects_large_small_and_cut_off(maker: ClickClipMaker) -> None:
    clips = [maker.make(number) for number in range(80)]
    assert np.array_equal(clips[7].frames, maker.make(7).frames)
    shares = np.array([clip.labels.mean() for clip in clips])
    assert shares.min() < 0.02 and shares.max() > 0.5
    border = np.ones((SIZE, SIZE), bool)
    border[1:-1, 1:-1] = False
    cut_off = [clip.labels[0][border].mean() > 0.3 for clip in clips]
    assert 0.02 < np.mean(cut_off) < 0.4


def test_pasted_objects_are_labelled_where_they_are_seen() -> None:
    image, labels = cat_frame(0)
    plain = np.full_like(image, (255, 0, 0))
    red = np.full_like(image, (0, 0, 255))
    seen = 0
    for seed in range(30):
        scene = paste_objects(
            ClickScene(plain, (labels > 0).astype(np.uint8), 1),
            ClickScene(red, (labels > 0).astype(np.uint8), 1),
            np.random.default_rng(seed),
        )
        reds = scene.image[..., 2].astype(int) > scene.image[..., 0]
        pasted = scene.labels >= 128
        if scene.wanted == 1 or not pasted.any():
            continue
        seen += 1
        assert (reds == pasted).mean() > 0.98
    assert seen > 5


def test_a_damaged_mask_still_is_about_the_object() -> None:
    _, labels = cat_frame(0)
    truth = labels == 1
    rng = np.random.default_rng(0)
    ious = []
    for _ in range(40):
        wrong = corrupted(truth, rng)
        ious.append((wrong & truth).sum() / (wrong | truth).sum())
    assert 0.3 < min(ious) < 0.8 and np.median(ious) > 0.6
    assert cv2.countNonZero(corrupted(np.ones((20, 20), bool), rng).astype(np.uint8)) > 0
