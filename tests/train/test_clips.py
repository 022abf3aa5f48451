from pathlib import Path

import cv2
import numpy as np
import pytest
from training_kit import small_config, write_stills, write_video

from swem_core.train.clips import TrackingClipMaker, pick_frames, skip_at
from swem_core.train.compose import backdrop, cut_out, moving_cut_out, paste
from swem_core.train.config import DataSource
from swem_core.train.corpus import gather_corpus
from swem_core.train.loader import ClipBatchSampler, ClipRequest, batches
from swem_core.train.motion import CAMERA, OBJECT

SIZE = 160


def _red_on_blue() -> tuple[np.ndarray, np.ndarray]:
    """A picture whose colour tells where its object is."""
    labels = np.zeros((200, 240), np.uint8)
    cv2.ellipse(labels, (110, 100), (60, 35), 20, 0, 360, 1, -1)
    cv2.rectangle(labels, (130, 30), (150, 120), 1, -1)
    image = np.zeros((200, 240, 3), np.uint8)
    image[labels == 0] = (255, 0, 0)
    image[labels == 1] = (0, 0, 255)
    return image, labels


def _overlap(image: np.ndarray, labels: np.ndarray) -> float:
    seen, told = image[..., 2] > 127, labels > 0
    return float((seen & told).sum() / (seen | told).sum())


@pytest.mark.parametrize("seed", range(4))
def test_masks_follow_a_moving_backdrop(seed: int) -> None:
    pictures = [_red_on_blue()] * 4
    images, labels = backdrop(pictures, SIZE, CAMERA, np.random.default_rng(seed))
    assert all(_overlap(i, m) > 0.97 for i, m in zip(images, labels, strict=True))
    assert not np.array_equal(labels[0], labels[-1])


@pytest.mark.parametrize("seed", range(4))
def test_masks_follow_pasted_objects(seed: int) -> None:
    rng = np.random.default_rng(seed)
    thing = moving_cut_out(cut_out(*_red_on_blue(), 1), 9, 4, SIZE, OBJECT, rng)
    images = [np.full((SIZE, SIZE, 3), (255, 0, 0), np.uint8) for _ in range(4)]
    labels = [np.zeros((SIZE, SIZE), np.uint8) for _ in range(4)]
    paste(images, labels, [thing])
    visible = [(i, m) for i, m in zip(images, labels, strict=True) if (m == 9).sum() > 100]
    assert visible
    # the soft edge is half blue, half red: up to a pixel all around
    assert all(_overlap(i, m) > 0.9 for i, m in visible)


def test_objects_in_front_hide_those_behind() -> None:
    rng = np.random.default_rng(0)
    things = [moving_cut_out(cut_out(*_red_on_blue(), 1), n, 1, SIZE, OBJECT, rng) for n in (1, 2)]
    alone, both = (np.zeros((SIZE, SIZE), np.uint8) for _ in range(2))
    canvas = np.zeros((SIZE, SIZE, 3), np.uint8)
    paste([canvas], [alone], things[1:])
    paste([canvas], [both], things)
    assert np.array_equal(alone == 2, both == 2)


@pytest.fixture
def maker(tmp_path: Path) -> TrackingClipMaker:
    write_stills(tmp_path / "static" / "cats")
    write_video(tmp_path / "video" / "two")
    config = small_config(data=(DataSource("static", "static"), DataSource("video", "video")))
    return TrackingClipMaker(gather_corpus(config, tmp_path, None), 96, 3, 2, seed=1)


def test_clips_start_with_all_their_objects_and_repeat(maker: TrackingClipMaker) -> None:
    for number in range(12):
        clip, again = maker.make(number), maker.make(number)
        assert np.array_equal(clip.frames, again.frames) and clip.seed == again.seed
        assert clip.frames.shape == (3, 96, 96, 3) and clip.labels.shape == (3, 96, 96)
        ids = np.unique(clip.labels[0]).tolist()
        assert ids[-1] in (1, 2) and set(range(1, ids[-1] + 1)) <= set(ids)
        assert set(np.unique(clip.labels)) <= {0, *ids}
    assert not np.array_equal(maker.make(0).frames, maker.make(1).frames)


def test_worker_processes_give_the_same_batches(maker: TrackingClipMaker) -> None:
    def first(workers: int, step: int) -> list[np.ndarray]:
        supply = batches(maker, ClipBatchSampler(step, 2, 0, 1, lambda _: 1.0), workers)
        return [next(supply).frames.numpy().copy() for _ in range(2)]

    here, there = first(0, 3), first(1, 3)
    assert all(np.array_equal(a, b) for a, b in zip(here, there, strict=True))
    assert np.array_equal(here[1], first(0, 4)[0])


def test_processes_share_a_batch_without_overlap() -> None:
    orders = [ClipBatchSampler(5, 4, rank, 2, lambda step: step / 10) for rank in (0, 1)]
    first, second = (next(iter(order)) for order in orders)
    assert first == [ClipRequest(20, 0.5), ClipRequest(21, 0.5)]
    assert second == [ClipRequest(22, 0.5), ClipRequest(23, 0.5)]


@pytest.mark.parametrize("skip", [0, 2, 30])
def test_frames_are_in_order_and_near_each_other(skip: int) -> None:
    rng = np.random.default_rng(0)
    for _ in range(200):
        chosen = pick_frames(12, 4, skip, rng)
        steps = np.diff(chosen)
        assert len(chosen) == 4 and (abs(steps) >= 1).all() and (abs(steps) <= skip + 1).all()
        assert len(set(np.sign(steps))) == 1 and min(chosen) >= 0 and max(chosen) < 12


def test_skip_grows_stays_and_shrinks() -> None:
    assert [skip_at(p, 25) for p in (0, 0.05, 0.1, 0.5, 0.8, 0.9, 1)] == [0, 12, 25, 25, 25, 10, 10]
