"""The streaming engine: one frame in, the masks of all objects out, constant memory.

engine = Engine(load_network("lite"))
engine.step(first_frame, anchors={1: mask})
for frame in frames:
    labels = engine.step(frame).labels()
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from swem_core.engine import masking
from swem_core.engine.bases import InitialBases, SeededBases
from swem_core.engine.clock import StageClock
from swem_core.engine.device import Precision, choose_precision
from swem_core.engine.preprocess import (
    check_anchor,
    check_image,
    inference_size,
    mask_to_tensor,
    to_tensor,
)
from swem_core.engine.result import StepResult
from swem_core.engine.state import EngineState
from swem_core.memory.em import class_weights
from swem_core.memory.store import MemoryStore
from swem_core.model.blocks import resize
from swem_core.model.network import KeyFeatures, SwemNetwork
from swem_core.types import MAX_OBJECT_ID, Image, Mask, ObjectId, Size

DEFAULT_SHORT_SIDE = 240


@dataclass(frozen=True, slots=True)
class EngineConfig:
    """``short_side``: pixels of the shorter side of what the network sees at first. ``seed``: of
    the bases objects start from; equal seeds and inputs give equal results on one machine.
    ``precision`` of the convolutions; the memory, all similarities and probabilities are float32
    in any case."""

    short_side: int = DEFAULT_SHORT_SIDE
    seed: int = 0
    precision: Precision = "fp32"


@dataclass(frozen=True, slots=True)
class _Unlearnt:
    """A segmented frame that the memory has not learnt from yet; all tensors on the device.

    ``frame``: 1 x 3 x H x W. ``keys``: P x C. ``logits``: N x H/4 x W/4.
    """

    frame: Tensor
    features: KeyFeatures
    keys: Tensor
    logits: Tensor

    @property
    def size(self) -> Size:
        height, width = self.frame.shape[-2:]
        return height, width


class Engine:
    """Tracks any number of objects, each added, corrected and removed by id at any frame.

    It takes ``network`` over: moves it to ``device`` and to the configured precision. Thread: all
    methods on one thread at a time.
    """

    def __init__(
        self,
        network: SwemNetwork,
        config: EngineConfig | None = None,
        *,
        device: torch.device | None = None,
        initial_bases: InitialBases | None = None,
    ) -> None:
        self.config = config or EngineConfig()
        self.device = device or torch.device("cpu")
        self.dtype = choose_precision(self.config.precision, self.device)
        self.network: SwemNetwork = network.to(self.device, self.dtype)
        self._initial_bases = initial_bases or SeededBases(self.config.seed)
        self._memory = MemoryStore(network.memory, self.device)
        self._ids: tuple[ObjectId, ...] = ()
        self._unlearnt: _Unlearnt | None = None
        self._short_side = self.config.short_side

    @property
    def short_side(self) -> int:
        """Pixels of the shorter side of what the network sees, from the next frame on.

        May be set between any two frames: the memory does not depend on it. Values that are no
        multiple of 16 are rounded per frame, see ``inference_size``.
        """
        return self._short_side

    @short_side.setter
    def short_side(self, pixels: int) -> None:
        if pixels < 1:
            raise ValueError(f"The shorter side is a number of pixels. Got {pixels}.")
        self._short_side = pixels

    @property
    def objects(self) -> tuple[ObjectId, ...]:
        """Tracked ids, in the order they were added."""
        return self._ids

    @property
    def state_bytes(self) -> int:
        """Bytes of everything that is carried from frame to frame: constant per object."""
        return self._memory.nbytes

    def step(
        self,
        image: Image,
        *,
        anchors: Mapping[ObjectId, Mask] | None = None,
        memorise: bool = True,
    ) -> StepResult:
        """Segment one frame and learn from it: :meth:`segment`, then :meth:`memorise`.

        ``memorise=False``: learn nothing from this frame (the last of a sequence) but anchors.
        """
        result = self.segment(image, anchors=anchors)
        if not memorise:
            return result
        return replace(result, timings_ms={**result.timings_ms, **self.memorise()})

    def segment(
        self, image: Image, *, anchors: Mapping[ObjectId, Mask] | None = None
    ) -> StepResult:
        """Masks of one frame. What it has to teach waits for :meth:`memorise`.

        ``image``: HxWx3 uint8 BGR; its size may change between frames. ``anchors``: HxW bool masks
        given by the user on this frame; an unknown id is added, a known one is corrected, and they
        are learnt at once. Only the memory of anchored objects learns from such a frame, the
        others' is not touched. Where masks overlap the later one wins. Raises MaskError for a mask
        of the wrong size, an empty one, or one that later ones cover wholly; nothing is changed
        then.
        """
        check_image(image)
        given = _disjoint(anchors or {}, _size_of(image))
        with torch.inference_mode():
            return self._segment(image, given)

    def memorise(self, hold: Collection[ObjectId] = ()) -> dict[str, float]:
        """Learn from the frame segmented last; returns milliseconds per stage.

        Does nothing a second time, after an anchored frame, or after objects were removed. What
        ``hold`` names learns nothing: objects that are lost, or that the user locked.
        """
        unlearnt, self._unlearnt = self._unlearnt, None
        slots = [slot for slot, object_id in enumerate(self._ids) if object_id not in hold]
        if unlearnt is None or not slots:
            return {}
        clock = StageClock()
        with torch.inference_mode():
            masks = masking.predicted_masks(unlearnt.logits, unlearnt.size)
            clock.lap("masks")
            values, weights = self._values(unlearnt, masks.select(slots), clock)
            self._memory.update(slots, unlearnt.keys, values, weights)
            clock.lap("memorise")
        return clock.milliseconds()

    def remove(self, ids: Iterable[ObjectId]) -> None:
        """Forget objects; unknown ids are ignored. The others' memory is not touched."""
        gone = set(ids)
        kept = [slot for slot, object_id in enumerate(self._ids) if object_id not in gone]
        if len(kept) < len(self._ids):
            self._memory.keep(kept)
            self._ids = tuple(self._ids[slot] for slot in kept)
            self._unlearnt = None

    def reset(self) -> None:
        """Forget all objects."""
        self.remove(self._ids)

    def save_state(self) -> EngineState:
        """A copy of all objects' memory, independent of this engine from now on."""
        return EngineState(self.network.name, self._ids, self._memory.state())

    def load_state(self, state: EngineState) -> None:
        """Go on from a saved state. Raises StateError if it is another network's."""
        self.save_state().check_same_kind(state)
        self._memory.load_state(state.tensors)
        self._ids = state.ids
        self._unlearnt = None

    def restore(self, state: EngineState) -> None:
        """Take the objects of ``state`` up again as they were then, and leave all others as they
        are, bit by bit. Raises StateError if it is another network's."""
        self.load_state(self.save_state().updated(state))

    def _segment(self, image: Image, given: Mapping[ObjectId, Mask]) -> StepResult:
        clock = StageClock()
        source = _size_of(image)
        size = inference_size(source, self.short_side)
        frame = to_tensor(image, size, self.device).to(self.dtype)
        clock.lap("preprocess")
        features = self.network.encode_key(frame)
        keys = features.key[0].flatten(1).T.float().contiguous()
        clock.lap("encode key")
        logits = self._make_room(given, self._predict(features, keys, clock))
        self._unlearnt = _Unlearnt(frame, features, keys, logits)
        if given:
            self._learn_anchors(self._unlearnt, given, clock)
            self._unlearnt = None
        return StepResult(
            ids=self._ids,
            logits=logits.cpu().numpy(),
            source_size=source,
            inference_size=size,
            scores=self._scores(logits, given) if self._ids else {},
            anchors=given,
            timings_ms=clock.milliseconds(),
        )

    def _predict(self, features: KeyFeatures, keys: Tensor, clock: StageClock) -> Tensor:
        """N x H/4 x W/4 logits of the objects known so far."""
        if not self._ids:
            return keys.new_empty(0, *features.s4.shape[-2:])
        grid = features.key.shape[-2:]
        readout = self._memory.read(keys)
        memory, shares = (_to_map(values, grid).to(self.dtype) for values in readout)
        clock.lap("read memory")
        logits = self.network.decode(memory, shares, features).float()
        clock.lap("decode")
        return logits

    def _make_room(self, given: Mapping[ObjectId, Mask], logits: Tensor) -> Tensor:
        """Add objects that are new; their logits say 'nowhere' until their anchor says where."""
        new = [object_id for object_id in given if object_id not in self._ids]
        for object_id in new:
            self._memory.add(self._start(object_id))
        self._ids += tuple(new)
        nowhere = logits.new_full((len(new), *logits.shape[1:]), -20.0)
        return torch.cat((logits, nowhere))

    def _start(self, object_id: ObjectId) -> Tensor:
        return self._initial_bases(object_id, self.network.memory)

    def _scores(self, logits: Tensor, given: Mapping[ObjectId, Mask]) -> dict[ObjectId, float]:
        scores = dict(zip(self._ids, masking.confidence(logits).tolist(), strict=True))
        return scores | dict.fromkeys(given, 1.0)

    def _learn_anchors(
        self, seen: _Unlearnt, given: Mapping[ObjectId, Mask], clock: StageClock
    ) -> None:
        slots = [self._ids.index(object_id) for object_id in given]
        probs = masking.aggregate(resize(seen.logits[None], seen.size)[0])
        coverage = [mask_to_tensor(mask, seen.size, self.device) for mask in given.values()]
        probs = masking.override(probs, [slot + 1 for slot in slots], coverage)
        masks = masking.object_masks(probs).select(slots)
        clock.lap("masks")
        values, weights = self._values(seen, masks, clock)
        start = torch.stack([self._start(object_id) for object_id in given])
        self._memory.mark(slots, start, seen.keys, values, weights)
        clock.lap("memorise")

    def _values(
        self, seen: _Unlearnt, masks: masking.ObjectMasks, clock: StageClock
    ) -> tuple[Tensor, Tensor]:
        """What some objects' memory learns with: values n x P x V, class weights n x P x 2."""
        own, others = masks.masks.to(self.dtype), masks.others.to(self.dtype)
        value = self.network.encode_value(seen.frame, own, others, seen.features)
        values = value.flatten(2).transpose(1, 2).float()
        clock.lap("encode value")
        return values, class_weights(masks.soft, masks.hard)


def _size_of(image: Image) -> Size:
    return image.shape[0], image.shape[1]


def _to_map(values: Tensor, grid: torch.Size) -> Tensor:
    """N x P x c -> N x c x h x w."""
    return values.transpose(1, 2).reshape(len(values), -1, *grid)


def _disjoint(anchors: Mapping[ObjectId, Mask], size: Size) -> dict[ObjectId, Mask]:
    """Checked copies of the anchors in which no pixel belongs to two objects."""
    taken = np.zeros(size, np.bool_)
    result: dict[ObjectId, Mask] = {}
    for object_id, mask in reversed(list(anchors.items())):
        if not 1 <= object_id <= MAX_OBJECT_ID:
            raise ValueError(f"Object ids are 1 to {MAX_OBJECT_ID}. Got {object_id}.")
        check_anchor(mask, size)
        free = mask & ~taken
        check_anchor(free, size)
        taken |= mask
        result[object_id] = free
    return dict(reversed(list(result.items())))
