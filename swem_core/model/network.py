"""The interface between the engine and a network. Networks keep no per-video state."""

from abc import ABC, abstractmethod
from typing import NamedTuple

from torch import Tensor, nn

from swem_core.memory.em import MemorySpec

STRIDE = 16
"""Pixels per key: the memory works on the H/16 x W/16 grid."""


class KeyFeatures(NamedTuple):
    """The features of a frame, which do not depend on any object.

    ``s4, s8, s16``: 1 x c x H/stride x W/stride encoder features. ``key``: 1 x C x h x w, not
    normalised. ``query``: 1 x Cq x h x w, the "compressed" key features for the decoder.
    """

    s4: Tensor
    s8: Tensor
    s16: Tensor
    key: Tensor
    query: Tensor


class SwemNetwork(nn.Module, ABC):
    """Encoders, fusion and decoder around the SWEM memory (METHOD A).

    Images are 1 x 3 x H x W float RGB in [0, 1], sides multiples of 16; h, w = H/16, W/16. In
    training the batch may be larger: entry i of all arguments then belongs to object i.
    ``name``: of the architecture. ``memory``: the memory it was designed for.
    """

    name: str
    memory: MemorySpec

    @abstractmethod
    def encode_key(self, image: Tensor) -> KeyFeatures:
        """Features of a frame; computed once, for all objects."""

    @abstractmethod
    def encode_value(
        self, image: Tensor, masks: Tensor, others: Tensor, features: KeyFeatures
    ) -> Tensor:
        """Value maps of N objects, for memorising a frame: N x V x h x w.

        ``masks``: N x 1 x H x W probabilities of each object; ``others``: N x 1 x H x W, the sum
        of the other objects' probabilities.
        """

    @abstractmethod
    def decode(self, memory: Tensor, shares: Tensor, features: KeyFeatures) -> Tensor:
        """Mask logits, N x H/4 x W/4, from the frame and what was read from the memory.

        ``memory``: N x V x h x w; ``shares``: N x L x h x w foreground shares (METHOD C).
        """
