"""Training clips and batches of them."""

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
    objects to track, all of them visible on the first frame. ``seed``: of the objects' initial
    bases. ``origin``: a description for display.
    """

    frames: NDArray[np.uint8]
    labels: NDArray[np.uint8]
    seed: int
    origin: str

    @property
    def objects(self) -> int:
        """Number of objects, whose ids are 1 to this."""
        return int(self.labels[0].max())


class ClipBatch(NamedTuple):
    """B clips of the same length and size.

    ``frames``: B x T x H x W x 3 uint8 BGR. ``labels``: B x T x H x W uint8. ``counts``: B int64,
    objects per clip (at least one). ``seeds``: B int64.
    """

    frames: Tensor
    labels: Tensor
    counts: Tensor
    seeds: Tensor

    def to(self, device: torch.device) -> "ClipBatch":
        """The batch on ``device``, except counts and seeds, which only the CPU reads."""
        return ClipBatch(self.frames.to(device), self.labels.to(device), self.counts, self.seeds)


def collate_clips(clips: list[Clip]) -> ClipBatch:
    """Collate clips of the same length and size into a batch."""
    return ClipBatch(
        torch.from_numpy(np.stack([clip.frames for clip in clips])),
        torch.from_numpy(np.stack([clip.labels for clip in clips])),
        torch.tensor([clip.objects for clip in clips]),
        torch.tensor([clip.seed for clip in clips]),
    )


def images_of(frames: Tensor) -> Tensor:
    """... x H x W x 3 uint8 BGR -> ... x 3 x H x W float32 RGB in [0, 1]."""
    return frames.flip(-1).movedim(-1, -3).to(torch.float32).div_(255)
