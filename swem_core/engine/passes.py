"""What a step computes on the device: pure functions of tensors.

They keep no state, read no value back and do not branch on data, so that each can be recorded as a
CUDA graph. For the same reason tensors are passed one by one, not in structures, and numbers as
arguments (``masked_fill``), not as tensors (``torch.where``), which would be copied from the CPU.
Convolutions run in the network's dtype; keys, similarities, EM and probabilities in float32.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import torch
from torch import Tensor

from swem_core.engine import masking
from swem_core.memory.em import Bank, class_weights, memorise
from swem_core.memory.readout import likeness, read
from swem_core.model.grid import maps_of, rows_of
from swem_core.model.network import KeyFeatures, SwemNetwork
from swem_core.types import Size

Lap: TypeAlias = Callable[[str], None]
"""Called at the end of each stage, with its name."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A segmented frame, kept until the memory has learnt from it; all tensors on the device.

    ``frame``: 1 x 3 x H x W in the network's dtype. ``keys``: P x C. ``logits``: N x H/4 x W/4.
    """

    frame: Tensor
    keys: Tensor
    features: KeyFeatures
    logits: Tensor

    @property
    def size(self) -> Size:
        """(H, W)."""
        height, width = self.frame.shape[-2:]
        return height, width


class Passes:
    """The passes of one network. Convolutions run in ``dtype`` on maps laid out as ``layout``."""

    def __init__(
        self, network: SwemNetwork, dtype: torch.dtype, layout: torch.memory_format
    ) -> None:
        self._network = network
        self._dtype = dtype
        self._layout = layout

    def encode(self, frame: Tensor) -> tuple[Tensor, ...]:
        """The object-independent part of a 1 x 3 x H x W frame: P x C keys, then KeyFeatures."""
        features = self._network.encode_key(frame)
        return (rows_of(features.key)[0].float().contiguous(), *features)

    def segment(
        self,
        lap: Lap,
        keys: Tensor,
        bases: Tensor,
        nu: Tensor,
        fresh: Tensor | None,
        *features: Tensor,
    ) -> tuple[Tensor, Tensor]:
        """N x H/4 x W/4 logits of the objects whose memory is given, and N x 2 signs of their
        presence: (score, likeness).

        ``bases, nu, fresh``: from ``MemoryStore.recall``. ``features``: from :meth:`encode`.
        """
        seen = KeyFeatures(*features)
        readout = read(keys, bases, nu, self._network.memory, fresh)
        grid = seen.key.shape[-2:]
        memory, shares = (
            maps_of(values, grid).to(self._dtype, memory_format=self._layout) for values in readout
        )
        lap("read memory")
        logits = self._network.decode(memory, shares, seen).float()
        inside = masking.shares_inside(logits)
        alike = likeness(keys, bases, inside, self._network.memory)
        signs = torch.stack((masking.confidence(logits), alike), 1)
        lap("decode")
        return logits, signs

    def learn(
        self,
        lap: Lap,
        frame: Tensor,
        keys: Tensor,
        logits: Tensor,
        alive: Tensor | None,
        rows: Tensor | None,
        kappa: Tensor,
        nu: Tensor,
        zeta: Tensor,
        *features: Tensor,
    ) -> Bank:
        """Fold a segmented frame into n banks, those of the objects ``rows`` (None: of all N).

        ``logits``: N x H/4 x W/4. ``alive``: N bool, False for empty slots, which are left out of
        the masks; None if there are none. ``rows``: n indices.
        """
        height, width = frame.shape[-2:]
        masks = masking.predicted_masks(logits, (height, width), alive).select(rows)
        lap("masks")
        values = self.values(frame, masks, KeyFeatures(*features))
        lap("encode value")
        weights = class_weights(masks.soft, masks.hard)
        learnt = memorise(Bank(kappa, nu, zeta), keys, values, weights, self._network.memory)
        lap("memorise")
        return learnt

    def values(self, frame: Tensor, masks: masking.ObjectMasks, features: KeyFeatures) -> Tensor:
        """Values of n objects: n x P x V float32."""
        own, others = masks.masks.to(self._dtype), masks.others.to(self._dtype)
        value = self._network.encode_value(frame, own, others, features)
        return rows_of(value).float()
