import numpy as np
import pytest
from cat_clip import GINGER, growing, iou

from app.pipeline.editing.catch_up import CAPACITY, MissedFrames
from app.pipeline.frames import Frame
from swem_core.engine.engine import Engine
from swem_core.model.weights import load_network

SIDE = 32


def missed(count: int, rate: float) -> MissedFrames:
    frames = MissedFrames()
    for index in range(count):
        image = np.full((90, 160, 3), index % 256, np.uint8)
        frames.add(Frame(index, image, index / rate, int(index * 1e9 / rate)), SIDE)
    return frames


def drained(frames: MissedFrames) -> list[Frame]:
    return [frames.take() for _ in range(len(frames))]


@pytest.mark.parametrize("count", [1, CAPACITY, CAPACITY + 1, 100, 2000])
def test_however_long_it_takes_the_frames_kept_are_few_and_even(count: int) -> None:
    frames = missed(count, rate=25)
    assert frames.total == len(frames) <= CAPACITY
    kept = drained(frames)
    indices = np.array([frame.index for frame in kept])
    gaps = np.diff(indices, append=count - 1)
    assert (np.diff(indices) > 0).all()
    assert len(kept) >= min(count, CAPACITY // 2)
    assert gaps.max() <= 2.5 * count / len(kept), "no part of the time is left out"
    assert max(frame.image.shape[0] for frame in kept) == SIDE


def test_small_pictures_are_kept_as_they_are() -> None:
    frames = MissedFrames()
    image = np.arange(32 * 32 * 3, dtype=np.uint8).reshape(32, 32, 3)
    frames.add(Frame(0, image, 0, 0), 240)
    np.testing.assert_array_equal(frames.take().image, image)
    assert not frames
    with pytest.raises(IndexError):
        frames.take()


def test_when_all_is_caught_up_with_every_frame_counts_again() -> None:
    frames = missed(1000, rate=25)
    drained(frames)
    for index in (1000, 1001):
        frames.add(Frame(index, np.zeros((32, 32, 3), np.uint8), 0, index * 40_000_000), SIDE)
    assert len(frames) == 2
    frames.clear()
    assert not frames and frames.total == 0


def test_who_changed_meanwhile_is_known_again_only_by_catching_up() -> None:
    clip = growing()
    truth = clip.labels[-1] == GINGER
    reached = []
    for catches_up in (False, True):
        engine, missed = Engine(load_network("lite")), MissedFrames()
        engine.step(clip.frames[0], anchors={1: clip.labels[0] == GINGER})
        for index, image in enumerate(clip.frames[1:-1] if catches_up else ()):
            missed.add(Frame(index, image, 0, index * 40_000_000), engine.short_side)
        while missed:
            engine.step(missed.take().image)
        reached.append(iou(engine.step(clip.frames[-1]).labels() == 1, truth))
    assert reached[1] > 0.85 and reached[0] < reached[1] - 0.2, reached
