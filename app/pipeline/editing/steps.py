"""What taking a change back would take back."""

from app.pipeline.events import EditKind, Step
from swem_core.segment.change import Change
from swem_core.segment.prompts import Box, Brush, Click, Lasso, Prompt, Scribble
from swem_core.types import ObjectId

_PROMPTS: dict[type[Prompt], EditKind] = {
    Click: EditKind.CLICK,
    Scribble: EditKind.SCRIBBLE,
    Box: EditKind.BOX,
    Lasso: EditKind.LASSO,
}


def prompt_step(object_id: ObjectId, prompt: Prompt) -> Step:
    """Of a gesture."""
    if isinstance(prompt, Brush):
        return Step(EditKind.BRUSH if prompt.add else EditKind.ERASER, (object_id,))
    return Step(_PROMPTS[type(prompt)], (object_id,))


def marking_step(change: Change | None) -> Step | None:
    """Of a change of the marks; None for none."""
    if change is None:
        return None
    if len(change.added) == len(change.ids) == 1:
        return prompt_step(change.ids[0], change.added[0])
    is_removal = len(change.removed) == len(change.ids) == 1 and not change.added
    return Step(EditKind.MARK_REMOVED if is_removal else EditKind.IMPORTED, change.ids)
