"""A tracker with any memory, for comparing memories behind the same encoders and decoder.

A simpler :class:`swem_core.engine.engine.Engine`, with equal masks if the memory is SWEM's: it uses
no graphs, and objects can be neither corrected nor removed.
"""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from swem_core.engine import masking
from swem_core.engine.anchors import disjoint
from swem_core.engine.bases import SeededBases
from swem_core.engine.device import Precision, choose_layout, choose_precision, synchronise
from swem_core.engine.engine import DEFAULT_SHORT_SIDE
from swem_core.engine.passes import Passes, Seen
from swem_core.engine.preprocess import inference_size, mask_to_tensor, to_tensor
from swem_core.engine.result import StepResult
from swem_core.errors import StateError
from swem_core.memory.em import class_weights
from swem_core.memory.protocol import Memory
from swem_core.model.grid import maps_of
from swem_core.model.network import KeyFeatures, SwemNetwork
from swem_core.types import Image, Mask, ObjectId


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of one frame: milliseconds for reading the memory and in total, and the size of the
    memory after it, in ``features`` per object and ``nbytes`` in total."""

    read_ms: float
    total_ms: float
    features: int
    nbytes: int


class MemoryTracker:
    """Tracks the objects of a first frame.

    ``build``: makes an empty memory. ``every``: memorise every n-th frame; None: only the annotated
    one. ``costs``: of all frames since the last reset. Thread: one.
    """

    def __init__(
        self,
        network: SwemNetwork,
        build: Callable[[], Memory],
        *,
        every: int | None = 1,
        short_side: int = DEFAULT_SHORT_SIDE,
        precision: Precision = "fp32",
        device: torch.device | None = None,
    ) -> None:
        self._device = device or torch.device("cpu")
        self._dtype = choose_precision(precision, self._device)
        self._layout = choose_layout(self._dtype, self._device)
        network.to(self._device, self._dtype).to(memory_format=self._layout)  # type: ignore[call-overload]
        self._network, self._build = network, build
        self._every, self._short_side = every, short_side
        self._passes = Passes(network, self._dtype, self._layout)
        self._bases = SeededBases(0)
        self.reset()

    def reset(self) -> None:
        """Forget all objects."""
        self._memory = self._build()
        self._ids: tuple[ObjectId, ...] = ()
        self._unlearnt: Seen | None = None
        self.costs: list[Cost] = []

    @torch.inference_mode()
    def segment(
        self, image: Image, *, anchors: Mapping[ObjectId, Mask] | None = None
    ) -> StepResult:
        """Masks of one frame; see ``Engine.segment``. Raises StateError for late anchors."""
        begin = self._now()
        source = (image.shape[0], image.shape[1])
        size = inference_size(source, self._short_side)
        frame = to_tensor(image, size, self._device).to(self._dtype, memory_format=self._layout)
        keys, *maps = self._passes.encode(frame)
        features = KeyFeatures(*maps)
        given, read_ms = disjoint(anchors or {}, source), 0.0
        if given:
            logits = self._start(frame, keys, features, given)
        else:
            start = self._now()
            readout = self._memory.read(keys)
            read_ms = self._now() - start
            grid = features.key.shape[-2:]
            memory, shares = (
                maps_of(rows, grid).to(self._dtype, memory_format=self._layout) for rows in readout
            )
            logits = self._network.decode(memory, shares, features).float()
            self._unlearnt = Seen(frame, keys, features, logits)
        scores = dict(zip(self._ids, masking.confidence(logits).tolist(), strict=True))
        planes = logits.cpu().numpy()
        self._note(read_ms, self._now() - begin)
        return StepResult(self._ids, planes, source, size, scores, given)

    @torch.inference_mode()
    def memorise(self, hold: Collection[ObjectId] = ()) -> dict[str, float]:
        """Learn from the frame segmented last if it is due.

        ``hold`` is ignored: neither paper excludes objects from learning.
        """
        seen, self._unlearnt = self._unlearnt, None
        number = len(self.costs) - 1
        if seen is None or self._every is None or number % self._every:
            return {}
        begin = self._now()
        self._learn(seen, masking.predicted_masks(seen.logits, seen.size), self._memory.update)
        before = self.costs.pop()
        self._note(before.read_ms, before.total_ms + self._now() - begin)
        return {}

    def _start(
        self, frame: Tensor, keys: Tensor, features: KeyFeatures, given: Mapping[ObjectId, Mask]
    ) -> Tensor:
        if self._ids:
            raise StateError("Memories are compared on objects of the first frame only.")
        start = [self._bases(object_id, self._network.memory) for object_id in given]
        for kappa in start:
            self._memory.add(kappa)
        self._ids = tuple(given)
        logits = keys.new_full((len(given), *features.s4.shape[-2:]), masking.ABSENT_LOGIT)
        seen = Seen(frame, keys, features, logits)
        coverage = [mask_to_tensor(mask, seen.size, self._device) for mask in given.values()]
        masks = masking.marked_masks(logits, seen.size, range(len(given)), coverage)
        bases = torch.stack(start)
        self._learn(seen, masks, lambda slots, *learnt: self._memory.mark(slots, bases, *learnt))
        return logits

    def _learn(self, seen: Seen, masks: masking.ObjectMasks, learn: Callable[..., None]) -> None:
        values = self._passes.values(seen.frame, masks, seen.features)
        learn(range(len(self._ids)), seen.keys, values, class_weights(masks.soft, masks.hard))

    def _note(self, read_ms: float, total_ms: float) -> None:
        cost = Cost(read_ms, total_ms, self._memory.features, self._memory.nbytes)
        self.costs.append(cost)

    def _now(self) -> float:
        """The time in milliseconds, once the device has finished its work."""
        synchronise(self._device)
        return 1000 * time.perf_counter()
