"""The streaming engine: one frame in, the masks of all objects out, constant memory.

engine = Engine(load_network("lite"))
engine.step(first_frame, anchors={1: mask})
for frame in frames:
    labels = engine.step(frame).labels()
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from swem_core.engine import masking
from swem_core.engine.anchors import disjoint
from swem_core.engine.bases import InitialBases, SeededBases
from swem_core.engine.clock import StageClock
from swem_core.engine.device import Precision, choose_layout, choose_precision, place
from swem_core.engine.failures import WorkingSide, answer
from swem_core.engine.passes import Passes, Seen
from swem_core.engine.preprocess import check_image, inference_size, mask_to_tensor, size_of
from swem_core.engine.result import StepResult
from swem_core.engine.runtime import Runtime, runtime_for
from swem_core.engine.state import EngineState
from swem_core.memory.em import Bank, class_weights
from swem_core.memory.store import MemoryStore
from swem_core.model.network import KeyFeatures, SwemNetwork
from swem_core.types import Image, Mask, ObjectId

DEFAULT_SHORT_SIDE = 240


@dataclass(frozen=True, slots=True)
class EngineConfig:
    """``short_side``: initial length in pixels of the network input's shorter side. ``seed``: of
    the objects' initial bases; equal seeds and inputs give equal results on one machine.
    ``precision``: of the convolutions; the memory, similarities and probabilities are always
    float32."""

    short_side: int = DEFAULT_SHORT_SIDE
    seed: int = 0
    precision: Precision = "fp32"


class Engine:
    """Tracks any number of objects, each added, corrected and removed by id at any frame.

    Takes ownership of ``network``: moves it to ``device`` and to the configured precision.
    ``runtime``: how passes run there; by default what suits the device. Thread: any, but one at a
    time.
    """

    def __init__(
        self,
        network: SwemNetwork,
        config: EngineConfig | None = None,
        *,
        device: torch.device | None = None,
        initial_bases: InitialBases | None = None,
        runtime: Runtime | None = None,
    ) -> None:
        self.config = config or EngineConfig()
        self.device = device or torch.device("cpu")
        self.dtype = choose_precision(self.config.precision, self.device)
        self._layout = choose_layout(self.dtype, self.device)
        self.network = place(network, self.device, self.dtype, self._layout)
        self._initial_bases = initial_bases or SeededBases(self.config.seed)
        self._runtime = runtime or runtime_for(self.device)
        self._passes = Passes(self.network, self.dtype, self._layout)
        self._memory = MemoryStore(network.memory, self.device, self._runtime.slots)
        self._ids: tuple[ObjectId, ...] = ()
        self._unlearnt: Seen | None = None
        self._side = WorkingSide(self.config.short_side)

    @property
    def short_side(self) -> int:
        """Length in pixels of the network input's shorter side, from the next frame on.

        May be set between any two frames: the memory does not depend on it. Rounded to a multiple
        of 16 per frame, see ``inference_size``. Stays below any size for which the device's memory
        proved too small.
        """
        return self._side.pixels

    @short_side.setter
    def short_side(self, pixels: int) -> None:
        self._side.pixels = pixels

    @property
    def objects(self) -> tuple[ObjectId, ...]:
        """Tracked ids, in the order they were added."""
        return self._ids

    @property
    def state_bytes(self) -> int:
        """Bytes of everything carried from frame to frame: constant per object."""
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
        """Masks of one frame, which is not learnt from until :meth:`memorise`.

        ``image``: HxWx3 uint8 BGR; its size may change between frames. ``anchors``: HxW bool masks
        that the user gave on this frame, learnt at once: an unknown id is added, a known one
        corrected. Where they overlap the later one wins. From a frame with anchors only the
        anchored objects learn; the memory of the others is not touched.

        Raises ValueError for an image or id that cannot be used; MaskError for an anchor of the
        wrong size, an empty one, or one that later ones cover completely. Nothing changes then. If
        the device's memory is full, continues with a smaller ``short_side`` and says so in the
        result's ``notice``; raises DeviceError if even the smallest does not fit, or the device
        failed.
        """
        check_image(image)
        given = disjoint(anchors or {}, size_of(image))
        known = len(self._ids)
        while True:
            try:
                with self._runtime.active():
                    self._forget_since(known)  # unless done below
                    return self._segment(image, given)
            except RuntimeError as error:
                answer(error, self.device)
            # Outside the handler the exception is gone, and with it the failed pass's tensors.
            self._free_memory()
            try:
                with self._runtime.active():
                    self._forget_since(known)  # allocates, so only now
            except RuntimeError as error:
                answer(error, self.device)
            self._side.shrink(min(self.short_side, *image.shape[:2]))

    def memorise(self, hold: Collection[ObjectId] = ()) -> dict[str, float]:
        """Learn from the frame segmented last; returns milliseconds per stage.

        ``hold``: ids whose memory is not updated because they are lost or locked. Does nothing if
        that frame was learnt already, had anchors, or if objects were removed since.
        """
        unlearnt, self._unlearnt = self._unlearnt, None
        slots = [slot for slot, object_id in enumerate(self._ids) if object_id not in hold]
        if unlearnt is None or not slots:
            return {}
        clock, side = StageClock(), min(unlearnt.size)
        try:
            with self._runtime.active():
                self._learn(unlearnt, slots, clock)
            return clock.milliseconds()
        except RuntimeError as error:
            answer(error, self.device)
        del unlearnt
        self._free_memory()
        self._side.shrink(min(self.short_side, side))
        return {}

    def remove(self, ids: Iterable[ObjectId]) -> None:
        """Forget objects; unknown ids are ignored. The others' memory is not touched."""
        gone = set(ids)
        kept = [slot for slot, object_id in enumerate(self._ids) if object_id not in gone]
        if len(kept) < len(self._ids):
            with self._runtime.active():
                self._memory.keep(kept)
            self._ids = tuple(self._ids[slot] for slot in kept)
            self._unlearnt = None

    def reset(self) -> None:
        """Forget all objects."""
        self.remove(self._ids)

    def save_state(self) -> EngineState:
        """A copy of all objects' memory, independent of this engine."""
        with self._runtime.active():
            return EngineState(self.network.name, self._ids, self._memory.state())

    def load_state(self, state: EngineState) -> None:
        """Replace all objects by those of a saved state. Raises StateError if it is another
        network's."""
        self.save_state().check_same_kind(state)
        with self._runtime.active():
            self._memory.load_state(state.tensors)
        self._ids = state.ids
        self._unlearnt = None

    def restore(self, state: EngineState) -> None:
        """Bring the objects of ``state`` back as they were then; all others stay unchanged, bit by
        bit. Raises StateError if it is another network's."""
        self.load_state(self.save_state().updated(state))

    def _forget_since(self, known: int) -> None:
        """Undo the adding of objects after the first ``known``, even if it failed half-way."""
        self._ids = self._ids[:known]
        if len(self._memory) > known:
            self._memory.keep(range(known))

    def _free_memory(self) -> None:
        """Drop all that tracking can go on without: the device's memory is full."""
        self._unlearnt = None
        self._runtime.release()

    def _segment(self, image: Image, given: Mapping[ObjectId, Mask]) -> StepResult:
        clock, source = StageClock(), size_of(image)
        size = inference_size(source, self.short_side)
        frame = self._runtime.picture(image, size).to(self.dtype, memory_format=self._layout)
        clock.lap("preprocess")
        keys, *features = self._runtime.run("encode", self._passes.encode, frame)
        clock.lap("encode key")
        logits, signs = self._predict(keys, features, clock)
        self._unlearnt = seen = Seen(frame, keys, KeyFeatures(*features), logits)
        if given:
            seen = replace(seen, logits=self._make_room(given, logits[: len(self._ids)]))
            self._learn_anchors(seen, given, clock)
            self._unlearnt = None
        planes, found = self._runtime.fetch(seen.logits[: len(self._ids)], signs)
        clock.lap("fetch")
        return StepResult(
            ids=self._ids,
            logits=planes,
            source_size=source,
            inference_size=size,
            scores=self._each(found[:, 0]) | dict.fromkeys(given, 1.0),
            likeness=self._each(found[:, 1]),
            anchors=given,
            timings_ms=clock.milliseconds(),
            notice=self._side.take_notice(),
        )

    def _predict(
        self, keys: Tensor, features: Sequence[Tensor], clock: StageClock
    ) -> tuple[Tensor, Tensor]:
        """S x H/4 x W/4 logits and S x 2 (score, likeness) of the memory's slots, objects first."""
        if not self._ids:
            s4 = KeyFeatures(*features).s4
            return keys.new_empty(0, *s4.shape[-2:]), keys.new_empty(0, 2)
        segment = partial(self._passes.segment, clock.lap)
        logits, signs = self._runtime.run(
            "segment", segment, keys, *self._memory.recall(), *features
        )
        clock.lap("decode")
        return logits, signs

    def _each(self, values: NDArray[np.float32]) -> dict[ObjectId, float]:
        """Values by id. Objects added on this frame have none yet; those of empty slots are cut."""
        return dict(zip(self._ids, values.tolist(), strict=False))

    def _make_room(self, given: Mapping[ObjectId, Mask], logits: Tensor) -> Tensor:
        """Add the new objects; until their anchor is applied, their logits say "nowhere"."""
        new = [object_id for object_id in given if object_id not in self._ids]
        for object_id in new:
            self._memory.add(self._start(object_id))
        self._ids += tuple(new)
        nowhere = logits.new_full((len(new), *logits.shape[1:]), masking.ABSENT_LOGIT)
        return torch.cat((logits, nowhere))

    def _start(self, object_id: ObjectId) -> Tensor:
        return self._initial_bases(object_id, self.network.memory)

    def _learn(self, unlearnt: Seen, slots: list[int], clock: StageClock) -> None:
        """Fold a frame into the updated banks."""
        rows, prior = self._memory.prior(slots)
        learn = partial(self._passes.learn, clock.lap)
        masked = (unlearnt.logits, self._memory.alive, rows)
        learnt = self._runtime.run(
            "learn", learn, unlearnt.frame, unlearnt.keys, *masked, *prior, *unlearnt.features
        )
        self._memory.learn(slots, Bank(*learnt))
        clock.lap("memorise")

    def _learn_anchors(self, seen: Seen, given: Mapping[ObjectId, Mask], clock: StageClock) -> None:
        slots = [self._ids.index(object_id) for object_id in given]
        coverage = [mask_to_tensor(mask, seen.size, self.device) for mask in given.values()]
        masks = masking.marked_masks(seen.logits, seen.size, slots, coverage)
        masks = masks.select(self._memory.rows(slots))
        clock.lap("masks")
        values = self._passes.values(seen.frame, masks, seen.features)
        clock.lap("encode value")
        weights = class_weights(masks.soft, masks.hard)
        start = torch.stack([self._start(object_id) for object_id in given])
        self._memory.mark(slots, start, seen.keys, values, weights)
        clock.lap("memorise")
