"""Training on several processes, cards and hosts, started by ``torchrun``, or in a single one."""

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
    """This process among ``world_size``, in torch.distributed's terms."""

    rank: int = 0
    world_size: int = 1
    local_rank: int = 0

    @property
    def is_first(self) -> bool:
        """Whether this is the process that writes files and prints messages."""
        return self.rank == 0

    def local_batch(self, batch: int) -> int:
        """Clips per step of each process. Raises TrainingError if ``batch`` cannot be divided."""
        if batch % self.world_size:
            raise TrainingError(
                f"A batch of {batch} clips cannot be divided among {self.world_size} processes: "
                "make batch a multiple of their number."
            )
        return batch // self.world_size

    def device(self, wanted: torch.device) -> torch.device:
        """The device of this process: each process of a host has its own card."""
        if wanted.type == "cuda" and self.world_size > 1:
            return torch.device("cuda", self.local_rank)
        return wanted

    def data_parallel(self, model: nn.Module) -> nn.Module:
        """``model`` with gradients averaged over the processes; buffers are frozen anyway."""
        if self.world_size == 1:
            return model
        return DistributedDataParallel(model, broadcast_buffers=False)

    def broadcast(self, value: float) -> float:
        """The first process's ``value``, in all processes."""
        if self.world_size == 1:
            return value
        shared = torch.tensor([value], dtype=torch.float64, device=_tensor_device())
        dist.broadcast(shared, 0)
        return float(shared.item())

    def mean(self, value: float) -> float:
        """Mean of ``value`` over all processes."""
        if self.world_size == 1:
            return value
        shared = torch.tensor([value], dtype=torch.float64, device=_tensor_device())
        dist.all_reduce(shared)
        return float(shared.item()) / self.world_size


@contextmanager
def join_processes(device_type: str) -> Iterator[Processes]:
    """Join the processes that ``torchrun`` describes in the environment; without it, a single one.

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
