"""What a step computes on the device: functions of tensors alone.

No state, no value read back, no branch on data, so each can be recorded as a CUDA graph and
replayed. Tensors come and go one by one, not in structures, for the same reason. A number goes into
an operation as its argument (``masked_fill``), not as a tensor of its own (``torch.where``), which
would be copied from the CPU. Convolutions run in the network's type; keys, similarities, EM and
probabilities are float32.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import torch
from torch import Tensor

from swem_core.engine import masking
from swem_core.memory.em import Bank, class_weights, memorise
from swem_core.memory.readout import likeness, read
from swem_core.model.network import KeyFeatures, SwemNetwork
from swem_core.types import Size

Lap: TypeAlias = Callable[[str], None]
"""Called with its name at the end of each stage."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A segmented frame, as long as the memory may learn from it; all tensors on the device.

    ``frame``: 1 x 3 x H x W in the network's type. ``keys``: P x C. ``logits``: N x H/4 x W/4.
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
    """The passes of one network, whose convolutions run in ``dtype`` on maps of that ``layout``."""

    def __init__(
        self, network: SwemNetwork, dtype: torch.dtype, layout: torch.memory_format
    ) -> None:
        self._network = network
        self._dtype = dtype
        self._layout = layout

    def encode(self, frame: Tensor) -> tuple[Tensor, ...]:
        """All of a 1 x 3 x H x W frame that no object has a part in: P x C keys, KeyFeatures."""
        features = self._network.encode_key(frame)
        return (features.key[0].flatten(1).T.float().contiguous(), *features)

    def segment(
        self,
        lap: Lap,
        keys: Tensor,
        bases: Tensor,
        nu: Tensor,
        fresh: Tensor | None,
        *features: Tensor,
    ) -> tuple[Tensor, Tensor]:
        """Logits N x H/4 x W/4 of the objects whose memory is given, and N x 2 signs of their
        presence: scores and likeness.

        ``bases, nu, fresh``: see ``MemoryStore.recall``. ``features``: of :meth:`encode`.
        """
        seen = KeyFeatures(*features)
        readout = read(keys, bases, nu, self._network.memory, fresh)
        grid = seen.key.shape[-2:]
        memory, shares = (
            _to_map(values, grid).to(self._dtype, memory_format=self._layout) for values in readout
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

        ``logits``: N x H/4 x W/4. ``alive``: N bool, False for slots without an object, which take
        no part; None if there are none. ``rows``: n indices.
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
        """What n objects look like: n x P x V float32."""
        own, others = masks.masks.to(self._dtype), masks.others.to(self._dtype)
        value = self._network.encode_value(frame, own, others, features)
        return value.flatten(2).transpose(1, 2).float()


def _to_map(values: Tensor, grid: torch.Size) -> Tensor:
    """N x P x c -> N x c x h x w."""
    return values.transpose(1, 2).reshape(len(values), -1, *grid)
