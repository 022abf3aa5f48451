"""Changes of the memory's constants around a network that stays as it is."""

import numpy as np
import pytest
from cat_clip import cats, iou

from swem_core.data.masks import split_objects
from swem_core.engine.engine import Engine
from swem_core.eval.ablation import FACTORS, AblatedNetwork, variants
from swem_core.model.network import SwemNetwork


def tracked(network: SwemNetwork) -> tuple[Engine, np.ndarray]:
    clip, engine = cats(), Engine(network)
    for index in range(3):
        given = split_objects(clip.labels[0]) if index == 0 else None
        result = engine.step(clip.frames[index], anchors=given)
    return engine, result.logits


def test_as_trained_nothing_changes(network: SwemNetwork) -> None:
    first, *_ = variants(network.memory, [])
    assert first.spec == network.memory
    np.testing.assert_array_equal(
        tracked(AblatedNetwork(network, first.spec))[1], tracked(network)[1]
    )


def test_every_variant_differs_in_one_constant(network: SwemNetwork) -> None:
    made = variants(network.memory, FACTORS)
    assert {one.factor for one in made} == {"as trained", *FACTORS}
    assert len({one.spec for one in made}) == len(made)
    assert max(one.spec.top_l for one in made) == network.memory.top_l, "more needs training"
    assert {one.factor for one in variants(network.memory, ["K"])} == {"as trained", "K"}


@pytest.mark.parametrize("factor", FACTORS)
def test_the_first_variant_of_every_factor_runs_and_matters(
    network: SwemNetwork, factor: str
) -> None:
    clip, plain = cats(), tracked(network)[1]
    variant = variants(network.memory, [factor])[1]
    engine, logits = tracked(AblatedNetwork(network, variant.spec))
    assert np.isfinite(logits).all() and not np.array_equal(logits, plain)
    object_id, mask = next(iter(split_objects(clip.labels[2]).items()))
    labels = engine.segment(clip.frames[2]).labels()
    if factor != "tau":  # a fifth of the temperature may ruin it
        least = 0.3 if factor == "K" else 0.6  # a quarter of the bases
        assert iou(labels == object_id, mask) > least
