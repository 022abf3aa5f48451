import pytest

from app.pipeline.editing.steps import marking_step
from app.pipeline.events import EditKind, Step
from swem_core.segment.change import Change
from swem_core.segment.prompts import Box, Brush, Click, Lasso, Prompt, Scribble

LINE = ((1.0, 1.0), (5.0, 5.0), (9.0, 1.0))


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [
        (Click(1, 1, positive=False), EditKind.CLICK),
        (Scribble(LINE), EditKind.SCRIBBLE),
        (Box(0, 0, 5, 5), EditKind.BOX),
        (Lasso(LINE), EditKind.LASSO),
        (Brush(LINE, 3.0), EditKind.BRUSH),
        (Brush(LINE, 3.0, add=False), EditKind.ERASER),
    ],
)
def test_gestures_are_named(prompt: Prompt, kind: EditKind) -> None:
    assert marking_step(Change((4,), (prompt,))) == Step(kind, (4,))


def test_other_changes_of_the_marks_are_named() -> None:
    click = Click(1, 1)
    assert marking_step(None) is None
    assert marking_step(Change((4,), (), (click,))) == Step(EditKind.MARK_REMOVED, (4,))
    assert marking_step(Change((4, 5))) == Step(EditKind.IMPORTED, (4, 5))
    assert marking_step(Change((4, 5), (), (click,))) == Step(EditKind.IMPORTED, (4, 5))
    assert marking_step(Change((1, 2), (click, click))) == Step(EditKind.IMPORTED, (1, 2))
