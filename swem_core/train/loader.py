"""Batches prepared by worker processes, in an order that is fixed by the configuration."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import cv2
import torch
from torch.utils.data import DataLoader, Dataset

from swem_core.train.batch import Clip, ClipBatch, join_clips

_AHEAD = 4  # batches a worker keeps ready
_NICENESS = 5  # workers yield to the trainer: they are well ahead of it


class Wanted(NamedTuple):
    """One clip to be made. ``progress``: 0..1 of the training, as known when it was ordered."""

    number: int
    progress: float


class Maker(Protocol):
    """Makes clips by number; sent to the workers."""

    def make(self, number: int, progress: float) -> Clip:
        """The same clip for the same number and progress."""
        ...


class _Clips(Dataset[Clip]):
    def __init__(self, maker: Maker) -> None:
        self._maker = maker

    def __getitem__(self, wanted: Wanted) -> Clip:
        return self._maker.make(wanted.number, wanted.progress)


@dataclass(frozen=True, slots=True)
class Order:
    """Which clips make up which step's batch, for one of ``ranks`` processes.

    ``batch``: clips per step over all processes. ``progress``: asked for each step when its batch
    is ordered, some steps before it is used.
    """

    first_step: int
    batch: int
    rank: int
    ranks: int
    progress: Callable[[int], float]

    def __iter__(self) -> Iterator[list[Wanted]]:
        own = self.batch // self.ranks
        step = self.first_step
        while True:
            progress = self.progress(step)
            start = step * self.batch + self.rank * own
            yield [Wanted(number, progress) for number in range(start, start + own)]
            step += 1


def batches(maker: Maker, order: Order, workers: int) -> Iterator[ClipBatch]:
    """Endless batches from ``order.first_step`` on. ``workers``: processes; 0 for this one."""
    loader = DataLoader(
        _Clips(maker),
        batch_sampler=order,
        collate_fn=join_clips,
        num_workers=workers,
        prefetch_factor=_AHEAD if workers else None,
        worker_init_fn=_start_worker,
        multiprocessing_context="spawn" if workers else None,
    )
    return iter(loader)


def _start_worker(number: int) -> None:
    """One thread each: the cores belong to the trainer."""
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
