"""The engine on real pictures: tracking, anchors, input, results."""

import numpy as np
import pytest
import torch
from cat_clip import cats, iou
from cuda_kit import mean_ious
from engine_kit import Scene, memory_of, same

from swem_core.engine.device import Precision
from swem_core.engine.engine import Engine, EngineConfig
from swem_core.engine.preprocess import inference_size
from swem_core.errors import MaskError
from swem_core.model.network import SwemNetwork
from swem_core.model.weights import load_network


def test_without_objects_a_step_gives_background_only(engine: Engine, clip: Scene) -> None:
    result = engine.step(clip[0][0])
    assert result.ids == () and engine.state_bytes == 0
    assert not result.labels().any() and result.alphas() == {}


def test_tracks_two_real_objects(network: SwemNetwork) -> None:
    scene, engine = cats(), Engine(network)
    first = scene.labels[0]
    given = engine.step(scene.frames[0], anchors={7: first == 1, 3: first == 2})
    np.testing.assert_array_equal(given.labels() == 7, first == 1)
    for frame, truth in zip(scene.frames[1:], scene.labels[1:], strict=True):
        result = engine.step(frame)
        labels = result.labels()
        assert iou(labels == 7, truth == 1) > 0.8 and iou(labels == 3, truth == 2) > 0.9
        assert all(0.8 < score <= 1 for score in result.scores.values())


@pytest.mark.parametrize("precision", ["bf16", "fp16"])
def test_half_precision_convolutions_track_as_well(precision: Precision) -> None:
    engine = Engine(load_network("lite"), EngineConfig(precision=precision))
    ginger, white = mean_ious(engine)
    assert ginger > 0.85 and white > 0.95
    state = engine.save_state().tensors
    assert state["kappa"].dtype == state["zeta"].dtype == torch.float32


def test_equal_inputs_and_seed_give_equal_results(network: SwemNetwork, clip: Scene) -> None:
    frames, first, second = clip

    def logits(seed: int) -> list[np.ndarray]:
        engine = Engine(network, EngineConfig(128, seed))
        engine.step(frames[0], anchors={1: first, 2: second})
        return [engine.step(frame).logits for frame in frames[1:]]

    for a, b in zip(logits(0), logits(0), strict=True):
        np.testing.assert_array_equal(a, b)
    assert any((a != b).any() for a, b in zip(logits(0), logits(1), strict=True))


def test_an_objects_start_does_not_depend_on_the_others(network: SwemNetwork, clip: Scene) -> None:
    frames, first, second = clip
    together, alone = Engine(network), Engine(network)
    together.step(frames[0], anchors={2: second, 1: first})
    alone.step(frames[0], anchors={1: first})
    ours, theirs = memory_of(together, 1), memory_of(alone, 1)
    torch.testing.assert_close(ours[0], theirs[0], rtol=1e-3, atol=1e-4)  # same keys and masks


def test_objects_are_added_corrected_and_removed_at_any_frame(engine: Engine, clip: Scene) -> None:
    frames, first, second = clip
    engine.step(frames[0], anchors={5: first})
    engine.step(frames[1])
    assert engine.step(frames[2], anchors={2: second}).ids == (5, 2)
    engine.step(frames[3], anchors={5: first})
    engine.remove([5, 99])
    result = engine.step(frames[4])
    assert result.ids == engine.objects == (2,)
    assert set(np.unique(result.labels())) <= {0, 2}
    engine.reset()
    assert engine.objects == () and engine.state_bytes == 0


def test_a_correction_takes_effect_at_once(network: SwemNetwork, clip: Scene) -> None:
    frames, first, second = clip
    engine = Engine(network)
    engine.step(frames[0], anchors={1: first})
    engine.step(frames[1])
    engine.step(frames[1], anchors={1: second})
    after = engine.step(frames[1]).labels() == 1
    assert iou(after, second) > 0.85 and not (after & first).sum() > 0.05 * first.sum()


def test_unusable_anchors_change_nothing(engine: Engine, clip: Scene) -> None:
    frames, first, _ = clip
    engine.step(frames[0], anchors={1: first})
    before = memory_of(engine, 1)
    bad = {
        "empty": np.zeros_like(first),
        "640 x 360": first[:-1],
        "bool": first.astype(np.uint8),
    }
    for message, mask in bad.items():
        with pytest.raises(MaskError, match=message):
            engine.step(frames[1], anchors={2: mask})
    with pytest.raises(MaskError, match="empty"):  # wholly covered by a later one
        engine.step(frames[1], anchors={2: first, 3: first | True})
    for object_id in (0, 256, -1):
        with pytest.raises(ValueError, match="1 to 255"):
            engine.step(frames[1], anchors={object_id: first})
    assert engine.objects == (1,) and same(before, memory_of(engine, 1))


def test_unusable_images_are_refused(engine: Engine) -> None:
    for bad in (
        np.zeros((48, 64), np.uint8),
        np.zeros((48, 64, 3), np.float32),
        np.zeros((10, 200, 3), np.uint8),
    ):
        with pytest.raises(ValueError, match="image"):
            engine.step(bad)  # type: ignore[arg-type]


def test_the_source_may_change_its_size(engine: Engine, clip: Scene) -> None:
    frames, first, _ = clip
    engine.step(frames[0], anchors={1: first})
    tall = np.ascontiguousarray(frames[1][:, 100:300].repeat(3, 0).repeat(3, 1))
    result = engine.step(tall)
    assert result.labels().shape == tall.shape[:2] and engine.objects == (1,)


def test_the_inference_size_may_change_while_tracking(network: SwemNetwork) -> None:
    scene, engine = cats(), Engine(network)
    engine.step(scene.frames[0], anchors={1: scene.labels[0] == 1, 2: scene.labels[0] == 2})
    before = memory_of(engine, 1)
    engine.short_side = 160
    assert same(memory_of(engine, 1), before)
    for frame, truth in zip(scene.frames[1:6], scene.labels[1:6], strict=True):
        result = engine.step(frame)
        assert min(result.inference_size) == 160
        assert iou(result.labels() == 1, truth == 1) > 0.7
        assert iou(result.labels() == 2, truth == 2) > 0.8
    with pytest.raises(ValueError, match="pixels"):
        engine.short_side = 0
    assert engine.short_side == 160


def test_probabilities_alphas_and_labels_agree(engine: Engine, clip: Scene) -> None:
    frames, first, second = clip
    for anchors in ({1: first, 2: second}, None, {2: second}):
        result = engine.step(frames[0], anchors=anchors)
        probs = result.probabilities()
        np.testing.assert_allclose(probs.sum(0), 1, atol=1e-5)
        classes = np.array([0, *result.ids], np.uint8)
        clear = np.sort(probs, 0)[-1] - np.sort(probs, 0)[-2] > 0.05
        np.testing.assert_array_equal(result.labels()[clear], classes[probs.argmax(0)][clear])
        for channel, alpha in enumerate(result.alphas().values(), start=1):
            error = np.abs(alpha / 255 - probs[channel])
            assert error.mean() < 0.02 and np.quantile(error, 0.99) < 0.25
    assert result.labels((90, 160)).shape == (90, 160)


def test_a_result_without_an_object_is_background_there(engine: Engine, clip: Scene) -> None:
    frames, first, second = clip
    result = engine.step(frames[0], anchors={1: first, 2: second}).without(1)
    assert result.ids == (2,) and set(result.alphas()) == {2} and set(result.scores) == {2}
    assert not result.labels()[first].any()
    assert result.without(9).ids == (2,)


def test_overlapping_anchors_the_later_wins(engine: Engine, clip: Scene) -> None:
    frames, first, _ = clip
    left = np.zeros_like(first)
    left[:, :216] = True
    labels = engine.step(frames[0], anchors={1: left, 2: first}).labels()
    np.testing.assert_array_equal(labels == 2, first)
    np.testing.assert_array_equal(labels == 1, left & ~first)


@pytest.mark.parametrize(
    ("source", "short_side", "expected"),
    [
        ((480, 854), 240, (240, 432)),
        ((720, 1280), 240, (240, 432)),
        ((1280, 720), 240, (432, 240)),
        ((480, 640), 480, (480, 640)),
        ((100, 100), 240, (96, 96)),
        ((8, 8), 240, (32, 32)),
    ],
)
def test_inference_size(
    source: tuple[int, int], short_side: int, expected: tuple[int, int]
) -> None:
    assert inference_size(source, short_side) == expected
