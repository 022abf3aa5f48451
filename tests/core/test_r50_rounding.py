"""The first bank may miss the limits of test_r50 for a few bases, by rounding.

On the recorded keys and values, the recorded bank is as far from the same EM in double precision
as ours is: measured 4.9e-5 and 5.2e-5 in kappa, 5.6e-4 and 5.9e-4 in nu.
"""

from pathlib import Path

import numpy as np
import torch
from em_reference import memorise as reference_memorise

from swem_core.engine import masking
from swem_core.memory.em import class_weights, empty_bank, memorise
from swem_core.model.r50 import R50Network

FIXTURE = Path(__file__).parent.parent / "fixtures" / "swem_r50" / "ref_96x160_n2.npz"


def test_our_banks_rounding_error_is_of_the_size_of_the_recorded_ones() -> None:
    with np.load(FIXTURE) as data:
        names = ("first_mask", "f0_key", "f0_value", "init_kappa")
        mask, key, value, start = (torch.from_numpy(data[name]) for name in names)
        kappa, nu = (data[f"f0_first_{part}"][0].swapaxes(-1, -2) for part in ("kappa", "nu"))
        recorded = (kappa, nu, data["f0_first_zita"][0, :, :, 0])
    masks = masking.object_masks(mask[0].float())
    weights = class_weights(masks.soft, masks.hard)
    keys = key.flatten(2)[0].T.contiguous()
    values = value[0].flatten(2).transpose(1, 2).contiguous()
    prior = empty_bank(start[0].transpose(-1, -2).contiguous(), R50Network.memory.value_dim)
    ours = memorise(prior, keys, values, weights, R50Network.memory)
    exact = []
    for n in range(2):
        frame = (keys.double(), values[n].double(), weights[n].double())
        exact.append(
            reference_memorise(
                *(part[n].double().numpy() for part in prior),
                *(tensor.numpy() for tensor in frame),
                normalise=False,
            )
        )
    for mine, theirs, *true in zip(ours, recorded, *exact, strict=True):
        our_error = np.abs(mine.numpy() - np.stack(true))
        their_error = np.abs(theirs - np.stack(true))
        # Both objects together: single bases of little mass dominate the error of one, where,
        # alone, ours is up to 2.3 times the recorded one (kappa of object 1).
        assert np.sqrt((our_error**2).mean()) <= 2 * np.sqrt((their_error**2).mean())
        assert our_error.max() <= 2 * their_error.max()
