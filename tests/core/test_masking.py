"""Soft aggregation in odds against the formula it stands for."""

import pytest
import torch
from torch import Tensor

from swem_core.engine.masking import aggregate
from swem_core.engine.result import PROBABILITY_EPS


def written_out(logits: Tensor) -> Tensor:
    """METHOD A5, in double precision."""
    probs = torch.sigmoid(logits.double())
    everyone = torch.cat(((1 - probs).prod(0, keepdim=True), probs))
    everyone = everyone.clamp(PROBABILITY_EPS, 1 - PROBABILITY_EPS)
    odds = everyone / (1 - everyone)
    return odds / odds.sum(0)


@pytest.mark.parametrize("objects", [1, 2, 5])
@pytest.mark.parametrize("spread", [1.0, 12.0, 60.0])
def test_aggregation_equals_the_written_out_formula(objects: int, spread: float) -> None:
    logits = spread * torch.randn(objects, 16, 24, generator=torch.Generator().manual_seed(0))
    ours = aggregate(logits)
    assert (ours - written_out(logits)).abs().max() < 2e-6
    assert (ours.sum(0) - 1).abs().max() < 1e-6


@pytest.mark.parametrize("value", [-300.0, -20.0, 0.0, 20.0, 300.0])
def test_certain_and_contested_pixels_stay_finite(value: float) -> None:
    """Exponentials of such logits vanish, or do not fit float32."""
    logits = torch.full((3, 4, 4), value)
    ours = aggregate(logits)
    assert (ours - written_out(logits)).abs().max() < 2e-6
    torch.testing.assert_close(ours[1], ours[3])


@pytest.mark.parametrize("dead", [0, 2, 3])
def test_a_slot_without_an_object_has_no_part_in_the_odds(dead: int) -> None:
    logits = 12 * torch.randn(4, 16, 24, generator=torch.Generator().manual_seed(0))
    logits[dead] = 300  # certain, and its exponential does not fit float32
    alive = torch.arange(4) != dead
    ours = aggregate(logits, alive)
    assert torch.equal(ours[dead + 1], torch.zeros(16, 24))
    others = torch.cat((torch.tensor([True]), alive))
    torch.testing.assert_close(ours[others], aggregate(logits[alive]), rtol=0, atol=1e-6)
