"""What the trainer is fed: short clips with label maps, several to a batch."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor


@dataclass(frozen=True, slots=True)
class Clip:
    """A few frames at training size.

    ``frames``: T x H x W x 3 uint8 BGR. ``labels``: T x H x W uint8, 0 = background, 1..n the
    objects to track, all of which are visible on the first frame. ``seed``: of the bases the
    objects start from. ``origin``: where it comes from, for people.
    """

    frames: NDArray[np.uint8]
    labels: NDArray[np.uint8]
    seed: int
    origin: str

    @property
    def objects(self) -> int:
        """How many objects are tracked: ids 1 to this."""
        return int(self.labels[0].max())


class ClipBatch(NamedTuple):
    """B clips of equal length and size.

    ``frames``: B x T x H x W x 3 uint8 BGR. ``labels``: B x T x H x W uint8. ``counts``: B int64,
    objects per clip (at least one). ``seeds``: B int64.
    """

    frames: Tensor
    labels: Tensor
    counts: Tensor
    seeds: Tensor

    def to(self, device: torch.device) -> "ClipBatch":
        """On another device; counts and seeds, which only the host reads, stay."""
        return ClipBatch(self.frames.to(device), self.labels.to(device), self.counts, self.seeds)


def join_clips(clips: list[Clip]) -> ClipBatch:
    """One batch of clips; all of one length and size."""
    return ClipBatch(
        torch.from_numpy(np.stack([clip.frames for clip in clips])),
        torch.from_numpy(np.stack([clip.labels for clip in clips])),
        torch.tensor([clip.objects for clip in clips]),
        torch.tensor([clip.seed for clip in clips]),
    )


def images_of(frames: Tensor) -> Tensor:
    """... x H x W x 3 uint8 BGR -> ... x 3 x H x W float32 RGB in [0, 1]."""
    return frames.flip(-1).movedim(-1, -3).to(torch.float32).div_(255)
