"""A growing memory of whole frames in the manner of STCN, as a baseline for SWEM.

H. K. Cheng et al., "Rethinking Space-Time Networks with Improved Memory Coverage for Efficient
Video Object Segmentation", NeurIPS 2021: every pixel of every memorised frame is a feature, one
affinity serves all objects, similarity is the negative squared L2 distance, and only the 20 most
similar features of a pixel count.

The network in front of it was trained for SWEM, so it compares unit keys at SWEM's temperature: the
squared distance is then 2 - 2 cos and the kernel the one the network knows. (STCN's own kernel, raw
keys divided by sqrt(C), needs a network trained for it.) The foreground shares that a SWEM decoder
expects beside the values are computed from the same 20 matches.
"""

from collections.abc import Sequence

import torch
from torch import Tensor

from swem_core.errors import StateError
from swem_core.memory.em import CLASSES, MemorySpec, unit
from swem_core.memory.readout import Readout

TOP = 20


class GrowingMemory:
    """Implements :class:`swem_core.memory.protocol.Memory`. ``top``: matches per pixel.

    All objects must be added before the first frame, and every frame is stored for all of them;
    anything else raises StateError. Thread: one.
    """

    _values: Tensor
    _weights: Tensor

    def __init__(self, spec: MemorySpec, device: torch.device, top: int = TOP) -> None:
        self.spec = spec
        self.device = device
        self._top = top
        self._keys = torch.zeros(0, spec.key_dim, device=device)
        self._arrange(0)

    def __len__(self) -> int:
        return len(self._values)

    @property
    def nbytes(self) -> int:
        """Bytes of the keys, values and weights of all stored frames."""
        kept = (self._keys, self._values, self._weights)
        return sum(tensor.numel() * tensor.element_size() for tensor in kept)

    @property
    def features(self) -> int:
        """Pixels of all stored frames."""
        return len(self._keys)

    def add(self, kappa: Tensor) -> int:
        """Append an object and return its slot. ``kappa``, a start for bases, is not used."""
        if len(self._keys):
            raise StateError("A growing memory takes all its objects on the same frame.")
        self._arrange(len(self) + 1)
        return len(self) - 1

    def mark(
        self, slots: Sequence[int], start: Tensor, keys: Tensor, values: Tensor, weights: Tensor
    ) -> None:
        """Store an annotated frame; see :meth:`update`."""
        self.update(slots, keys, values, weights)

    def update(self, slots: Sequence[int], keys: Tensor, values: Tensor, weights: Tensor) -> None:
        """Store a frame. ``keys``: P x C; ``values``: N x P x V; ``weights``: N x P x 2."""
        if list(slots) != list(range(len(self))):
            raise StateError("A growing memory keeps a frame for all its objects or for none.")
        self._keys = torch.cat((self._keys, unit(keys)))
        self._values = torch.cat((self._values, values), 1)
        self._weights = torch.cat((self._weights, weights), 1)

    def read(self, keys: Tensor) -> Readout:
        """Match a frame's keys (P x C) with all stored pixels."""
        queries = unit(keys)
        lengths = queries.square().sum(-1, keepdim=True) + self._keys.square().sum(-1)
        affinity = 2 * queries @ self._keys.T - lengths  # P x M, the negative squared distance
        best, places = affinity.topk(min(self._top, self.features), -1)
        evidence = torch.exp((best - best[:, :1]) / (2 * self.spec.tau))  # P x top
        portions = evidence / evidence.sum(-1, keepdim=True)
        memory = (portions[:, None] @ self._values[:, places]).squeeze(-2)
        by_class = evidence[..., None] * self._weights[:, places]  # N x P x top x 2
        return Readout(memory, self._shares(by_class))

    def _shares(self, evidence: Tensor) -> Tensor:
        """N x P x top x 2 evidence -> N x P x L foreground shares of its running sums.

        The last share is repeated where top < L.
        """
        sums = evidence.sort(2, descending=True).values.cumsum(2)
        background, foreground = sums.unbind(-1)
        shares = foreground / (background + foreground + max(self.spec.share_eps, 1e-9))
        missing = self.spec.top_l - shares.shape[-1]
        if missing > 0:
            return torch.cat((shares, shares[..., -1:].expand(*shares.shape[:2], missing)), -1)
        return shares[..., : self.spec.top_l]

    def _arrange(self, objects: int) -> None:
        self._values = torch.zeros(objects, 0, self.spec.value_dim, device=self.device)
        self._weights = torch.zeros(objects, 0, CLASSES, device=self.device)
