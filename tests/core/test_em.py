from dataclasses import replace

import numpy as np
import pytest
import torch
from em_reference import memorise as reference_memorise
from em_reference import read as reference_read
from torch import Tensor

from swem_core.memory.em import (
    Bank,
    MemorySpec,
    WStep,
    class_weights,
    empty_bank,
    memorise,
    random_kappa,
    unit,
)
from swem_core.memory.readout import read

SPEC = MemorySpec(key_dim=6, value_dim=5, top_l=4, bases=8)
PIXELS, OBJECTS = 37, 2


def rng(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def some_bank(spec: MemorySpec = SPEC, seed: int = 1) -> Bank:
    g = rng(seed)
    shape = (OBJECTS, 2, spec.bases)
    return Bank(
        torch.randn(*shape, spec.key_dim, generator=g, dtype=torch.float64),
        torch.randn(*shape, spec.value_dim, generator=g, dtype=torch.float64),
        torch.rand(*shape, generator=g, dtype=torch.float64) * 3 + 1e-6,
    )


def some_frame(spec: MemorySpec = SPEC, seed: int = 2) -> tuple[Tensor, Tensor, Tensor]:
    g = rng(seed)
    keys = 2 * torch.randn(PIXELS, spec.key_dim, generator=g, dtype=torch.float64)
    values = torch.randn(OBJECTS, PIXELS, spec.value_dim, generator=g, dtype=torch.float64)
    soft = torch.rand(OBJECTS, PIXELS, generator=g, dtype=torch.float64)
    return keys, values, class_weights(soft, (soft > 0.5).double())


@pytest.mark.parametrize("normalise", [True, False])
@pytest.mark.parametrize("rule", ["all", "top5-half"])
@pytest.mark.parametrize("rounds", [1, 4])
def test_memorise_equals_the_written_out_reference(
    normalise: bool, rule: WStep, rounds: int
) -> None:
    spec = MemorySpec(6, 5, 4, bases=8, normalise_keys=normalise, w_step=rule, rounds=rounds)
    bank, (keys, values, weights) = some_bank(spec), some_frame(spec)
    ours = memorise(bank, keys, values, weights, spec)
    for n in range(OBJECTS):
        theirs = reference_memorise(
            *(t[n].numpy() for t in bank),
            keys.numpy(),
            values[n].numpy(),
            weights[n].numpy(),
            normalise=normalise,
            rule=rule,
            rounds=rounds,
        )
        for mine, other in zip(ours, theirs, strict=True):
            np.testing.assert_allclose(mine[n].numpy(), other, rtol=1e-5, atol=1e-7)


def test_read_equals_the_written_out_reference() -> None:
    bank, (keys, _, _) = some_bank(), some_frame()
    readout = read(keys, unit(bank.kappa), bank.nu, SPEC)
    for n in range(OBJECTS):
        memory, shares = reference_read(
            keys.numpy(), bank.kappa[n].numpy(), bank.nu[n].numpy(), top_l=4
        )
        np.testing.assert_allclose(readout.memory[n].numpy(), memory, rtol=1e-6, atol=1e-9)
        np.testing.assert_allclose(readout.shares[n].numpy(), shares, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("tau", [0.05, 1 / 40, 0.01])
def test_exponentials_are_safe_in_single_precision_at_any_temperature(tau: float) -> None:
    """With exp(cosine / tau) taken as it is, the colder one would be infinite."""
    spec = replace(SPEC, normalise_keys=True, tau=tau)
    prior, (keys, values, weights) = some_bank(spec), some_frame(spec)
    double = memorise(prior, keys, values, weights, spec)
    prior = Bank(*(t.float() for t in prior))
    single = memorise(prior, keys.float(), values.float(), weights.float(), spec)
    for ours, exact in zip(single, double, strict=True):
        torch.testing.assert_close(ours.double(), exact, rtol=2e-3, atol=2e-4)


def test_single_precision_follows_double() -> None:
    bank, frame = some_bank(), some_frame()
    double = memorise(bank, *frame, SPEC)
    single = memorise(Bank(*(t.float() for t in bank)), *(t.float() for t in frame), SPEC)
    for a, b in zip(single, double, strict=True):
        torch.testing.assert_close(a.double(), b, rtol=1e-3, atol=1e-4)


def test_mass_grows_by_the_last_rounds_weights_and_never_shrinks() -> None:
    bank, (keys, values, weights) = some_bank(), some_frame()
    grown = memorise(bank, keys, values, weights, SPEC).zeta - bank.zeta
    assert (grown >= 0).all()
    assert (grown.sum(-1) <= weights.sum(1) + 1e-9).all()
    one_round = MemorySpec(6, 5, 4, bases=8, rounds=1)
    grown = memorise(bank, keys, values, weights, one_round).zeta - bank.zeta
    torch.testing.assert_close(grown.sum(-1), weights.sum(1))


def test_an_absent_object_leaves_its_foreground_bases_alone() -> None:
    bank, (keys, values, weights) = some_bank(), some_frame()
    weights = weights.clone()
    weights[..., 1] = 0
    after = memorise(bank, keys, values, weights, SPEC)
    for old, new in zip(bank, after, strict=True):
        torch.testing.assert_close(new[:, 1], old[:, 1], rtol=1e-9, atol=1e-12)
    assert not torch.allclose(after.kappa[:, 0], bank.kappa[:, 0])


def test_objects_do_not_influence_each_other() -> None:
    bank, (keys, values, weights) = some_bank(), some_frame()
    both = memorise(bank, keys, values, weights, SPEC)
    alone = memorise(Bank(*(t[1:] for t in bank)), keys, values[1:], weights[1:], SPEC)
    for a, b in zip(both, alone, strict=True):
        torch.testing.assert_close(a[1:], b)


def test_the_order_of_pixels_does_not_matter() -> None:
    bank, (keys, values, weights) = some_bank(), some_frame()
    order = torch.randperm(PIXELS, generator=rng(5))
    a = memorise(bank, keys, values, weights, SPEC)
    b = memorise(bank, keys[order], values[:, order], weights[:, order], SPEC)
    for one, other in zip(a, b, strict=True):
        torch.testing.assert_close(one, other)


def test_readout_does_not_depend_on_the_order_of_bases() -> None:
    bank, (keys, _, _) = some_bank(), some_frame()
    order = torch.randperm(SPEC.bases, generator=rng(6))
    a = read(keys, unit(bank.kappa), bank.nu, SPEC)
    b = read(keys, unit(bank.kappa)[:, :, order], bank.nu[:, :, order], SPEC)
    torch.testing.assert_close(a.memory, b.memory)
    torch.testing.assert_close(a.shares, b.shares)


def test_a_fresh_object_is_read_as_if_its_second_bank_did_not_exist() -> None:
    bank, (keys, _, _) = some_bank(), some_frame()
    half = SPEC.bases // 2
    spec = MemorySpec(6, 5, top_l=4, bases=half)
    fresh = torch.tensor([True, False])
    both = read(keys, unit(bank.kappa), bank.nu, spec, fresh)
    first = read(keys, unit(bank.kappa)[:, :, :half], bank.nu[:, :, :half], spec)
    full = read(keys, unit(bank.kappa), bank.nu, spec)
    torch.testing.assert_close(both.memory[0], first.memory[0])
    torch.testing.assert_close(both.shares[0], first.shares[0])
    torch.testing.assert_close(both.memory[1], full.memory[1])


def test_class_weights_are_small_where_soft_and_hard_disagree() -> None:
    weights = class_weights(torch.tensor([[0.9, 0.9, 0.1]]), torch.tensor([[1.0, 0.0, 0.0]]))
    expected = torch.tensor([[[0.0, 0.9], [0.1, 0.0], [0.9, 0.0]]])
    torch.testing.assert_close(weights, expected)


def test_random_bases_are_unit_vectors_and_repeat() -> None:
    kappa = random_kappa(SPEC, rng(3))
    torch.testing.assert_close(torch.linalg.vector_norm(kappa, dim=-1), torch.ones(2, 8))
    torch.testing.assert_close(kappa, random_kappa(SPEC, rng(3)), rtol=0, atol=0)
    assert not torch.equal(kappa, random_kappa(SPEC, rng(4)))


def test_an_empty_bank_has_seen_nothing() -> None:
    bank = empty_bank(torch.randn(3, 2, 8, 6, generator=rng()), value_dim=5)
    assert bank.nu.shape == (3, 2, 8, 5) and not bank.nu.any()
    assert (bank.zeta == 1e-6).all()
    assert bank.nbytes == 4 * 3 * 2 * 8 * (6 + 5 + 1)
