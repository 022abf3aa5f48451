"""Prompts on the running picture: from what the person saw and a gesture to the object's mask."""

from collections.abc import Callable

from app.pipeline.frames import Segmented
from swem_core.engine.result import StepResult
from swem_core.segment.marking import Marking
from swem_core.segment.predictor import MaskPredictor
from swem_core.segment.prompts import Prompt
from swem_core.types import Image, Mask, ObjectId


class Corrections:
    """Makes masks of corrections. Gestures on one and the same frame build on each other.

    ``look`` gives the masks of a frame with the memory as it is now. Thread: the engine's.
    """

    def __init__(self, look: Callable[[Image], StepResult]) -> None:
        self._look = look
        self._marking: Marking | None = None
        self._marked_index = -1
        self._stale_until = -1

    def mask(
        self,
        object_id: ObjectId,
        prompt: Prompt,
        shown: Segmented,
        predictor: MaskPredictor | None,
    ) -> Mask:
        """The object's HxW mask on the frame of ``shown``, mended. Raises PromptError."""
        frame, result = shown.frame, shown.result
        if self._marking is None or frame.index != self._marked_index:
            if result is None or frame.index <= self._stale_until:
                # Its masks were made before the last correction, which must not be undone.
                result = self._look(frame.image)
            self._marking = Marking(frame.image, predictor, result.alphas())
            self._marked_index = frame.index
        self._marking.add(object_id, prompt)
        return self._marking.masks()[object_id]

    def carried_out(self, newest: int) -> None:
        """The memory has changed; frames up to index ``newest`` have masks from before that."""
        self._stale_until = newest

    def start_afresh(self) -> None:
        """What was tracked has changed in other ways: do not build on earlier gestures."""
        self._marking = None
