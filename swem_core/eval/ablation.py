"""The paper's ablations, as far as they need no training: the network stays the same and only the
constants of its memory change."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from swem_core.memory.em import MemorySpec
from swem_core.model.network import KeyFeatures, SwemNetwork

FACTORS = ("L", "tau", "K", "rounds", "W", "first")


@dataclass(frozen=True, slots=True)
class Variant:
    """A memory to compare. ``factor``: one of ``FACTORS``, or "as trained". ``value``: for
    display."""

    factor: str
    value: str
    spec: MemorySpec


def variants(trained: MemorySpec, factors: Iterable[str]) -> list[Variant]:
    """The memory as trained, then with every other value of each factor in turn.

    L is only reduced, since the decoder was trained for so many shares.
    """
    changes: dict[str, Callable[[], list[tuple[str, MemorySpec]]]] = {
        "L": lambda: [
            (str(n), replace(trained, top_l=n)) for n in (4, 8, 16, 32, 64) if n <= trained.top_l
        ],
        "tau": lambda: [
            (f"{tau:g}", replace(trained, tau=tau)) for tau in (0.01, 0.02, 0.05, 0.1, 0.2, 1.0)
        ],
        "K": lambda: [(str(k), replace(trained, bases=k)) for k in (32, 64, 128, 256)],
        "rounds": lambda: [(str(n), replace(trained, rounds=n)) for n in (1, 2, 3, 4, 6)],
        "W": lambda: [
            (rule, replace(trained, w_step=rule)) for rule in ("all", "top5-half", "none")
        ],
        "first": lambda: [
            ("kept" if kept else "not kept", replace(trained, keep_first=kept))
            for kept in (True, False)
        ],
    }
    made = [Variant("as trained", "", trained)]
    for factor in factors:
        made += [Variant(factor, name, s) for name, s in changes[factor]() if s != trained]
    return made


class AblatedNetwork(SwemNetwork):
    """A trained network with another memory.

    If that gives fewer shares than the decoder was trained with, the last one is repeated: it is
    the share of a running sum, which hardly changes any more.
    """

    def __init__(self, network: SwemNetwork, spec: MemorySpec) -> None:
        super().__init__()
        self.name = network.name
        self.memory = spec
        self._network = network

    def encode_key(self, image: Tensor) -> KeyFeatures:
        """See :meth:`SwemNetwork.encode_key`."""
        return self._network.encode_key(image)

    def encode_value(
        self, image: Tensor, masks: Tensor, others: Tensor, features: KeyFeatures
    ) -> Tensor:
        """See :meth:`SwemNetwork.encode_value`."""
        return self._network.encode_value(image, masks, others, features)

    def decode(self, memory: Tensor, shares: Tensor, features: KeyFeatures) -> Tensor:
        """See :meth:`SwemNetwork.decode`."""
        missing = self._network.memory.top_l - shares.shape[1]
        if missing > 0:
            shares = torch.cat((shares, *[shares[:, -1:]] * missing), 1)
        return self._network.decode(memory, shares, features)
