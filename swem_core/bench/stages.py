"""The same tracking step by the fast and by the plain path, stage by stage."""

from abc import ABC, abstractmethod
from collections.abc import Iterator

import torch
from torch import Tensor

from swem_core.engine import masking
from swem_core.memory.em import class_weights
from swem_core.memory.store import MemoryStore
from swem_core.model.grid import maps_of, rows_of
from swem_core.model.network import KeyFeatures, SwemNetwork
from swem_core.model.plain import PlainTracker

STAGES = ("encode key", "read memory", "decode", "masks", "encode value", "memorise")


class StagedPath(ABC):
    """Tracks objects through frames of one size: 1 x 3 x H x W in [0, 1]."""

    @abstractmethod
    def start(self, frame: Tensor, masks: Tensor, kappa: Tensor) -> None:
        """Forget everything and learn N objects from their masks on ``frame``.

        ``masks``: (N+1) x H x W one-hot, background first. ``kappa``: N x 2 x K x C initial bases.
        """

    @abstractmethod
    def step(self, frame: Tensor) -> Iterator[str]:
        """Track and memorise a frame; yields each of STAGES once it is done."""

    @property
    @abstractmethod
    def state_bytes(self) -> int:
        """Bytes carried from frame to frame."""


class FastPath(StagedPath):
    """The engine's way, with a network prepared for inference."""

    def __init__(self, network: SwemNetwork, device: torch.device) -> None:
        self._network, self._device = network, device
        self._store = MemoryStore(network.memory, device)

    def start(self, frame: Tensor, masks: Tensor, kappa: Tensor) -> None:
        """See :class:`StagedPath`."""
        self._store = MemoryStore(self._network.memory, self._device)
        slots = [self._store.add(start) for start in kappa]
        features = self._network.encode_key(frame)
        own = masking.object_masks(masks)
        value = self._network.encode_value(frame, own.masks, own.others, features)
        self._store.mark(slots, kappa, _keys(features), rows_of(value), _weights(own))

    def step(self, frame: Tensor) -> Iterator[str]:
        """See :class:`StagedPath`."""
        features = self._network.encode_key(frame)
        keys = _keys(features)
        yield STAGES[0]
        grid = features.key.shape[-2:]
        readout = self._store.read(keys)
        memory, shares = (maps_of(rows, grid) for rows in readout)
        yield STAGES[1]
        logits = self._network.decode(memory, shares, features)
        yield STAGES[2]
        own = masking.predicted_masks(logits, (frame.shape[-2], frame.shape[-1]))
        yield STAGES[3]
        value = self._network.encode_value(frame, own.masks, own.others, features)
        yield STAGES[4]
        slots = range(len(self._store))
        self._store.update(slots, keys, rows_of(value), _weights(own))
        yield STAGES[5]

    @property
    def state_bytes(self) -> int:
        """See :class:`StagedPath`."""
        return self._store.nbytes


class PlainPath(StagedPath):
    """The literal method (:mod:`swem_core.model.plain`), with a network not prepared."""

    def __init__(self, network: SwemNetwork) -> None:
        self._tracker = PlainTracker(network)

    def start(self, frame: Tensor, masks: Tensor, kappa: Tensor) -> None:
        """See :class:`StagedPath`."""
        self._tracker.start(kappa)
        features = self._tracker.encode_key(frame)
        value = self._tracker.encode_value(frame, masks, features)
        self._tracker.memorise(features, value, masks, masks)

    def step(self, frame: Tensor) -> Iterator[str]:
        """See :class:`StagedPath`."""
        tracker = self._tracker
        features = tracker.encode_key(frame)
        yield STAGES[0]
        readout = tracker.read(features)
        yield STAGES[1]
        logits = tracker.decode(readout, features)
        yield STAGES[2]
        soft, hard = tracker.masks(logits, (frame.shape[-2], frame.shape[-1]))
        yield STAGES[3]
        value = tracker.encode_value(frame, soft, features)
        yield STAGES[4]
        tracker.memorise(features, value, soft, hard)
        yield STAGES[5]

    @property
    def state_bytes(self) -> int:
        """See :class:`StagedPath`."""
        return sum(bank.nbytes for bank in self._tracker.banks)


def _keys(features: KeyFeatures) -> Tensor:
    return rows_of(features.key)[0].contiguous()


def _weights(own: masking.ObjectMasks) -> Tensor:
    return class_weights(own.soft, own.hard)
