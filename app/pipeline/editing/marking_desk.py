"""The frozen frame on which a person marks objects, as the engine thread keeps it."""

from collections.abc import Sequence
from pathlib import Path

from app.pipeline.editing.marks_files import ImportedMarks, read_marks
from app.pipeline.editing.steps import marking_step
from app.pipeline.events import Listener, MarkingChanged
from app.pipeline.frames import Draft, Segmented
from app.prompts_file import PromptsFile
from swem_core.engine.result import StepResult
from swem_core.errors import PromptError
from swem_core.segment.marking import Marking
from swem_core.segment.predictor import MaskPredictor
from swem_core.segment.prompts import Prompt
from swem_core.types import Mask, ObjectId


class MarkingDesk:
    """At most one frozen frame with its marking. Thread: the engine's."""

    def __init__(self, listener: Listener) -> None:
        self._tell = listener
        self._frozen: Segmented | None = None
        self._marking: Marking | None = None
        self._active: ObjectId = 1
        self._waits = False

    @property
    def frozen(self) -> Segmented | None:
        """The frame as it was when it was frozen, or None."""
        return self._frozen

    @property
    def active(self) -> ObjectId:
        """The object prompts go to."""
        return self._active

    @property
    def can_undo(self) -> bool:
        """Whether there is a change of the marks to take back."""
        return self._marking is not None and self._marking.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is one to make again, and nothing older before it."""
        return self._marking is not None and self._marking.can_redo and not self._waits

    def freeze(self, shown: Segmented, predictor: MaskPredictor | None) -> None:
        """Hold ``shown``; a frame already held is kept, with all that is marked on it."""
        if self._frozen is None:
            tracked = shown.result.alphas() if shown.result else {}
            self._frozen = Segmented(shown.frame, shown.result)
            self._marking = Marking(shown.frame.image, predictor, tracked)
        self._announce()

    def release(self) -> None:
        """Drop the frame and what is marked on it."""
        self._frozen = self._marking = None
        self._announce()

    def set_active(self, object_id: ObjectId) -> None:
        """Prompts go to ``object_id`` from now on."""
        self._active = object_id
        self._announce()

    def prompt(self, prompt: Prompt) -> None:
        """Mark. Raises PromptError, without a frozen frame too."""
        if self._marking is None:
            raise PromptError("Freeze a frame first (Space), then mark the object.")
        self._marking.add(self._active, prompt)
        self._announce()

    def bring_in(self, paths: Sequence[Path]) -> ImportedMarks:
        """Mark with what files say. Raises MaskError, PromptError; nothing is changed then."""
        if self._marking is None or self._frozen is None:
            raise PromptError("Freeze a frame first (Space), then import its marks.")
        marks = read_marks(paths, self._frozen.frame.image.shape[:2], self._active)
        if marks.masks:
            self._marking.place(marks.masks)
        else:
            self._marking.add_all(marks.prompts)
        self._announce()
        return marks

    def give(self, marks: PromptsFile) -> None:
        """Mark as before. Raises PromptError, where the frame has another shape too."""
        if self._marking is not None and self._frozen is not None:
            fitting = marks.scaled_to(self._frozen.frame.image.shape[:2])
            given = tuple((one.object_id, p) for one in fitting.objects for p in one.prompts)
            self._marking.add_all(given)
            self._announce()

    def remove(self, object_id: ObjectId, prompt: Prompt) -> None:
        """Take this very prompt back, or the last one that is equal; nothing happens without."""
        if self._marking is None:
            return
        given = list(enumerate(self._marking.prompts))
        equal = [index for index, mark in given if mark == (object_id, prompt)]
        same = [index for index, mark in given if mark[1] is prompt]
        if indices := same or equal:
            self._marking.remove(indices[-1])
            self._announce()

    def undo(self) -> None:
        """Take the last change back, whichever object it was for."""
        if self._marking is not None:
            self._marking.undo()
            self._announce()

    def redo(self) -> None:
        """Make the change taken back last again."""
        if self._marking is not None:
            self._marking.redo()
            self._announce()

    def let_wait(self, waits: bool) -> None:
        """Whether something older has to be made again before the marks taken back."""
        self._waits = waits
        self._announce()

    def forget(self, object_id: ObjectId | None) -> None:
        """Drop the marks of an object that is removed; None for all objects."""
        if self._frozen is None or self._marking is None:
            return
        known = self._marking.touched if object_id is None else (object_id,)
        for each in known:
            self._marking.forget(each)
        self._frozen = Segmented(self._frozen.frame, _without(self._frozen.result, object_id))
        self._announce()

    def retrack(self, result: StepResult | None) -> None:
        """Show other masks of what is tracked on the held frame: the memory was exchanged."""
        if self._frozen is not None:
            self._frozen = Segmented(self._frozen.frame, result)

    def masks(self) -> dict[ObjectId, Mask]:
        """What ``accept`` would track: HxW bool per touched object."""
        return {} if self._marking is None else self._marking.masks()

    def draft(self) -> Segmented | None:
        """The frozen frame with the marking as it stands, to be shown; None if none is frozen."""
        if self._frozen is None or self._marking is None:
            return None
        draft = Draft(self._active, self._marking.alphas(), self._marking.prompts)
        return Segmented(self._frozen.frame, self._frozen.result, draft)

    def _announce(self) -> None:
        marking, redo = self._marking, None
        if marking is not None and self.can_redo:
            redo = marking_step(marking.next_change)
        self._tell(
            MarkingChanged(
                frozen=self._frozen is not None,
                active=self._active,
                touched=marking.touched if marking else (),
                undo=marking_step(marking.last_change) if marking else None,
                redo=redo,
            )
        )


def _without(result: StepResult | None, object_id: ObjectId | None) -> StepResult | None:
    """The frame's masks without those of a removed object."""
    if result is None or object_id is None:
        return None
    return result.without(object_id)
