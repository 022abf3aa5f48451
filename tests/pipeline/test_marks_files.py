"""Masks and prompts from files onto a frozen frame, and back into files, on real pictures."""

from pathlib import Path

import numpy as np
import pytest
from cat_clip import GINGER, SIZE, WHITE, cats, iou

from app.pipeline.editing.marking_desk import MarkingDesk
from app.pipeline.editing.marks_files import are_marks, read_marks, save_marks, save_masks
from app.pipeline.events import MarkingChanged, ObjectsStyled
from app.pipeline.frames import Draft, Frame, Segmented
from app.pipeline.loading import marking_tool
from app.pipeline.style import ObjectStyle, ViewStyle
from app.prompts_file import load_prompts
from swem_core.data.masks import read_mask, write_mask
from swem_core.errors import MaskError, PromptError, SwemError, WeightsError
from swem_core.segment.grabcut import GrabCutPredictor
from swem_core.segment.predictor import MaskPredictor
from swem_core.segment.prompts import Box, Brush, Click, Lasso

LABELS = cats().labels[0]
FRAME = Frame(0, cats().frames[0], 0.0, 0)


def write_binary(path: Path, object_id: int) -> Path:
    write_mask(path, (object_id == LABELS).astype(np.uint8))
    return path


def test_a_palette_mask_holds_several_objects(tmp_path: Path) -> None:
    write_mask(tmp_path / "both.png", LABELS)
    marks = read_marks([tmp_path / "both.png"], SIZE, active=7)
    assert marks.ids == (GINGER, WHITE)
    np.testing.assert_array_equal(marks.masks[WHITE], LABELS == WHITE)


def test_a_single_black_and_white_mask_goes_to_the_chosen_object(tmp_path: Path) -> None:
    marks = read_marks([write_binary(tmp_path / "white.png", WHITE)], SIZE, active=7)
    assert marks.ids == (7,)


def test_several_masks_are_an_object_each_by_name(tmp_path: Path) -> None:
    paths = [write_binary(tmp_path / "b.png", WHITE), write_binary(tmp_path / "a.png", GINGER)]
    marks = read_marks(paths, SIZE, active=7)
    np.testing.assert_array_equal(marks.masks[1], LABELS == GINGER)
    np.testing.assert_array_equal(marks.masks[2], LABELS == WHITE)


def test_files_that_cannot_be_marks_are_refused_by_name(tmp_path: Path) -> None:
    write_mask(tmp_path / "small.png", np.ones((9, 9), np.uint8))
    write_mask(tmp_path / "empty.png", np.zeros(SIZE, np.uint8))
    (tmp_path / "broken.json").write_text("{")
    good = write_binary(tmp_path / "good.png", WHITE)
    cases: list[tuple[list[Path], type[SwemError], str]] = [
        ([tmp_path / "small.png"], MaskError, "small.png is 9 x 9"),
        ([tmp_path / "empty.png"], MaskError, "empty.png is empty"),
        ([good, tmp_path / "empty.png"], MaskError, "empty.png"),
        ([tmp_path / "none.png"], MaskError, "no mask file"),
        ([tmp_path / "broken.json"], PromptError, "broken.json"),
        ([tmp_path / "broken.json", good], PromptError, "not both"),
    ]
    for paths, error, message in cases:
        with pytest.raises(error, match=message):
            read_marks(paths, SIZE, active=1)
    assert are_marks([good, tmp_path / "X.JSON"]) and not are_marks([good, Path("a.mp4")])
    assert not are_marks([])


def test_importing_is_one_change_on_the_frozen_frame(tmp_path: Path) -> None:
    heard: list[object] = []
    desk = MarkingDesk(heard.append)
    write_mask(tmp_path / "both.png", LABELS)
    with pytest.raises(PromptError, match="Freeze a frame first"):
        desk.bring_in([tmp_path / "both.png"])
    desk.freeze(Segmented(FRAME), None)
    desk.bring_in([tmp_path / "both.png"])
    np.testing.assert_array_equal(desk.masks()[GINGER], LABELS == GINGER)
    with pytest.raises(MaskError):
        desk.bring_in([tmp_path / "none.png"])
    desk.undo()
    assert desk.masks() == {}
    desk.redo()
    assert set(desk.masks()) == {GINGER, WHITE}
    told = heard[-1]
    assert isinstance(told, MarkingChanged) and told.touched == (GINGER, WHITE)


def test_marks_are_saved_and_imported_again(tmp_path: Path) -> None:
    prompts = (
        (2, Box(1, 2, 30, 40)),
        (1, Click(5, 6, False)),
        (2, Brush(((9.0, 9.0),), 4)),
        (2, Lasso(((1.0, 1.0), (9.0, 1.0), (5.0, 9.0)), False)),
    )
    shown = Segmented(FRAME, None, Draft(1, {}, prompts))
    style = ViewStyle().with_object(2, ObjectStyle("cat", (1, 2, 3)))
    save_marks(tmp_path / "m.json", shown, style)
    marks = read_marks([tmp_path / "m.json"], SIZE, active=9)
    assert marks.ids == (2, 1)
    assert [p for i, p in marks.prompts if i == 2] == [p for i, p in prompts if i == 2]
    assert marks.looks[2] == ObjectStyle("cat", (1, 2, 3))
    assert load_prompts(tmp_path / "m.json").size == SIZE
    with pytest.raises(PromptError, match="no marks to save"):
        save_marks(tmp_path / "none.json", Segmented(FRAME), style)


def test_masks_are_saved_as_they_are_shown(tmp_path: Path) -> None:
    alpha = (LABELS == WHITE).astype(np.uint8) * np.uint8(255)
    save_masks(tmp_path / "m.png", Segmented(FRAME, None, Draft(1, {5: alpha})))
    np.testing.assert_array_equal(read_mask(tmp_path / "m.png") == 5, LABELS == WHITE)
    with pytest.raises(MaskError, match="no mask to save"):
        save_masks(tmp_path / "n.png", Segmented(FRAME))


def test_without_click_weights_marking_falls_back_on_colours() -> None:
    def fail() -> MaskPredictor:
        raise WeightsError("The click weights are missing.")

    tool, problem = marking_tool(fail)
    assert isinstance(tool, GrabCutPredictor)
    assert problem.startswith("The click weights are missing.") and "box" in problem
    desk = MarkingDesk(lambda event: None)
    desk.freeze(Segmented(FRAME), tool)
    rows, columns = np.nonzero(LABELS == WHITE)
    desk.prompt(Box(columns.min() - 4, rows.min() - 4, columns.max() + 4, rows.max() + 4))
    assert iou(desk.masks()[1], LABELS == WHITE) > 0.75
    assert marking_tool(lambda: tool) == (tool, "")


def test_names_come_along(tmp_path: Path) -> None:
    shown = Segmented(FRAME, None, Draft(1, {}, ((1, Brush(((9.0, 9.0),), 4)),)))
    save_marks(
        tmp_path / "m.json", shown, ViewStyle().with_object(1, ObjectStyle("cat", (1, 2, 3)))
    )
    desk = MarkingDesk(lambda event: None)
    desk.freeze(Segmented(FRAME), None)
    marks = desk.bring_in([tmp_path / "m.json"])
    assert ObjectsStyled(marks.looks).objects[1].name == "cat"
    assert desk.masks()[1][9, 9]
