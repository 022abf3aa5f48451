"""Batch norms of layers that start from scratch: measuring the statistics that training freezes."""

from collections.abc import Callable, Iterable

import torch
from torch import nn


def untrained_norms(network: nn.Module) -> list[nn.BatchNorm2d]:
    """Batch norms whose statistics were never measured, i.e. all means are 0 and variances 1."""
    norms = [one for one in network.modules() if isinstance(one, nn.BatchNorm2d)]
    return [
        one
        for one in norms
        if one.running_mean is not None
        and one.running_var is not None
        and not one.running_mean.any()
        and bool((one.running_var == 1).all())
    ]


@torch.no_grad()
def measure_norms(norms: Iterable[nn.BatchNorm2d], passes: Iterable[Callable[[], object]]) -> None:
    """Set the statistics of ``norms`` to their means over some batches.

    Training freezes all statistics (METHOD E), which would leave the outputs of layers that start
    from scratch unnormalised. ``passes``: forward passes through the network, one per batch.
    """
    chosen = list(norms)
    for norm in chosen:
        norm.train()
        norm.momentum = None  # the plain mean over all passes
    for run in passes if chosen else ():
        run()
    for norm in chosen:
        norm.eval()
        norm.momentum = 0.1
