"""Batches prepared by worker processes, in an order fixed by the configuration."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import cv2
import torch
from torch.utils.data import DataLoader, Dataset

from swem_core.train.batch import Clip, ClipBatch, collate_clips

_AHEAD = 4  # batches each worker keeps ready
_NICENESS = 5  # lets workers, which are well ahead, yield the CPU to the trainer


class ClipRequest(NamedTuple):
    """A clip to be made. ``progress``: of the training, 0..1, when the request was made."""

    number: int
    progress: float


class ClipMaker(Protocol):
    """Makes clips by number. Is pickled to the worker processes."""

    def make(self, number: int, progress: float) -> Clip:
        """The same clip for the same number and progress."""
        ...


class _Clips(Dataset[Clip]):
    def __init__(self, maker: ClipMaker) -> None:
        self._maker = maker

    def __getitem__(self, wanted: ClipRequest) -> Clip:
        return self._maker.make(wanted.number, wanted.progress)


@dataclass(frozen=True, slots=True)
class ClipBatchSampler:
    """The clips of each step's batch, for one of ``ranks`` processes.

    ``batch``: clips per step over all processes. ``progress``: maps a step to the progress of the
    training; called when the batch is requested, some steps before it is used.
    """

    first_step: int
    batch: int
    rank: int
    ranks: int
    progress: Callable[[int], float]

    def __iter__(self) -> Iterator[list[ClipRequest]]:
        own = self.batch // self.ranks
        step = self.first_step
        while True:
            progress = self.progress(step)
            start = step * self.batch + self.rank * own
            yield [ClipRequest(number, progress) for number in range(start, start + own)]
            step += 1


def batches(maker: ClipMaker, sampler: ClipBatchSampler, workers: int) -> Iterator[ClipBatch]:
    """Endless batches from ``sampler.first_step`` on. ``workers``: processes; 0: prepare here."""
    loader = DataLoader(
        _Clips(maker),
        batch_sampler=sampler,
        collate_fn=collate_clips,
        num_workers=workers,
        prefetch_factor=_AHEAD if workers else None,
        worker_init_fn=_start_worker,
        multiprocessing_context="spawn" if workers else None,
    )
    return iter(loader)


def _start_worker(number: int) -> None:
    """One thread and a low priority, because the cores belong to the trainer."""
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
