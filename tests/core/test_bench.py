"""What the comparison of both paths counts; its times are not asserted."""

import torch
from torch import Tensor

from swem_core.bench.compare import TimedPath, alternate
from swem_core.bench.peaks import measure_peaks
from swem_core.bench.stages import STAGES, FastPath, PlainPath
from swem_core.memory.em import random_kappa
from swem_core.model.fold import for_inference
from swem_core.model.lite import LiteNetwork
from swem_core.model.seeded import seed_weights

CPU = torch.device("cpu")


def strips(objects: int) -> Tensor:
    masks = torch.zeros(objects + 1, 64, 96)
    for number in range(objects):
        masks[number + 1, 16:48, 30 * number : 30 * number + 20] = 1
    masks[0] = 1 - masks[1:].sum(0)
    return masks


@torch.inference_mode()
def test_costs_are_counted_per_stage_and_the_fast_path_does_fewer_products() -> None:
    plain, fast = seed_weights(LiteNetwork()), for_inference(seed_weights(LiteNetwork()))
    frames = [torch.rand(1, 3, 64, 96, generator=torch.Generator().manual_seed(i)) for i in (0, 1)]
    kappa = torch.stack([random_kappa(plain.memory, torch.Generator()) for _ in range(3)])
    runs = [
        TimedPath(PlainPath(plain), plain, frames),
        TimedPath(FastPath(fast, CPU), fast, frames),
    ]
    for run in runs:
        run.start(strips(3), kappa)
    alternate(runs, seconds=0)
    ours, theirs = runs[1].cost(), runs[0].cost()
    assert tuple(ours.stage_gmac) == tuple(ours.stage_ms) == STAGES
    key = 9 * 3 * 32 * 32 * 48 / 1e9  # of the stem alone
    assert theirs.stage_gmac["encode key"] > key
    # Folding and fused kernels do the same products; what is shared is done once instead of thrice.
    assert abs(ours.stage_gmac["encode key"] / theirs.stage_gmac["encode key"] - 1) < 0.01
    for stage in ("decode", "encode value", "memorise"):
        assert ours.stage_gmac[stage] < theirs.stage_gmac[stage]
    assert ours.peak_bytes > ours.steady_bytes > 4 * 2_600_000
    assert ours.steady_bytes > theirs.steady_bytes  # prepared weights are kept beside the plain


def test_peaks_are_measured() -> None:
    peaks = measure_peaks(CPU)
    assert peaks.convolution > 0 and peaks.matrix > 0
