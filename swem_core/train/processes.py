"""One training over several processes, cards and hosts: started by ``torchrun``, or alone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel

from swem_core.errors import TrainingError


@dataclass(frozen=True, slots=True)
class Processes:
    """This process among all: ``rank`` of ``count``; ``local`` number on its host."""

    rank: int = 0
    count: int = 1
    local: int = 0

    @property
    def is_first(self) -> bool:
        """The one that writes files and talks."""
        return self.rank == 0

    def share_of(self, batch: int) -> int:
        """Clips per step for each process. Raises TrainingError if they cannot be shared out."""
        if batch % self.count:
            raise TrainingError(
                f"A batch of {batch} clips cannot be shared by {self.count} processes: make batch "
                "a multiple of their number."
            )
        return batch // self.count

    def device(self, wanted: torch.device) -> torch.device:
        """Each process of a host takes its own card."""
        if wanted.type == "cuda" and self.count > 1:
            return torch.device("cuda", self.local)
        return wanted

    def wrapped(self, model: nn.Module) -> nn.Module:
        """``model`` with gradients averaged over the processes. Buffers are frozen anyway."""
        if self.count == 1:
            return model
        return DistributedDataParallel(model, broadcast_buffers=False)

    def agreed(self, value: float) -> float:
        """The first process's value, in all."""
        if self.count == 1:
            return value
        shared = torch.tensor([value], dtype=torch.float64, device=_tensor_device())
        dist.broadcast(shared, 0)
        return float(shared.item())

    def mean(self, value: float) -> float:
        """Mean over the processes."""
        if self.count == 1:
            return value
        shared = torch.tensor([value], dtype=torch.float64, device=_tensor_device())
        dist.all_reduce(shared)
        return float(shared.item()) / self.count


@contextmanager
def join_processes(device_type: str) -> Iterator[Processes]:
    """The group ``torchrun`` describes in the environment; a group of one without it.

    NCCL between CUDA cards, gloo between CPUs.
    """
    count = int(os.environ.get("WORLD_SIZE", "1"))
    if count == 1:
        yield Processes()
        return
    local = int(os.environ.get("LOCAL_RANK", "0"))
    if device_type == "cuda":
        torch.cuda.set_device(local)
    dist.init_process_group("nccl" if device_type == "cuda" else "gloo")
    try:
        yield Processes(dist.get_rank(), count, local)
    finally:
        dist.destroy_process_group()


def _tensor_device() -> torch.device:
    return torch.device("cuda" if dist.get_backend() == "nccl" else "cpu")
