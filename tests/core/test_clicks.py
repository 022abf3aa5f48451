"""The click protocol, on masks made by hand, and the sets it runs on."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from swem_core.errors import DatasetError
from swem_core.eval.click_sets import find_click_sets, object_of
from swem_core.eval.clicks import ClickRun, mean_clicks, next_click, simulate
from swem_core.eval.first_prompts import FIRST_PROMPTS
from swem_core.eval.plots import plot_clicks
from swem_core.segment.prompts import Box, Click, Hint, Lasso, Scribble, points_of
from swem_core.types import Image, Mask

TRUTH = np.zeros((60, 100), np.bool_)
TRUTH[10:31, 20:61] = True
IMAGE = np.zeros((60, 100, 3), np.uint8)


class Discs:
    """A tool that believes every click, 12 pixels around."""

    def __init__(self, image: Image) -> None:
        self.mask = np.zeros(image.shape[:2], np.uint8)
        self.prompts: list[Hint] = []

    def mark(self, prompt: Hint) -> Mask:
        self.prompts.append(prompt)
        if isinstance(prompt, Click):
            cv2.circle(self.mask, (int(prompt.x), int(prompt.y)), 12, int(prompt.positive), -1)
        return self.mask > 0


def test_the_next_click_falls_deepest_inside_the_largest_error() -> None:
    first = next_click(np.zeros_like(TRUTH), TRUTH)
    assert first.positive and first.y == 20 and 30 <= first.x <= 50
    extra = TRUTH.copy()
    extra[40:59, 70:99] = True
    assert next_click(extra, TRUTH) == Click(next_click(extra, TRUTH).x, 49, positive=False)
    edge = TRUTH.copy()
    edge[:, :6] = True  # the border of the picture counts as an end
    assert next_click(edge, TRUTH).x in (2, 3)


def test_a_run_stops_once_it_is_enough() -> None:
    run = simulate(Discs, IMAGE, TRUTH, enough=0.7, max_clicks=9)
    assert len(run.ious) == len(run.milliseconds) < 9
    assert run.ious[-1] >= 0.7 > max(run.ious[:-1])
    assert simulate(Discs, IMAGE, TRUTH, enough=0.999, max_clicks=4).ious[3:]


def test_first_prompts_fit_the_object() -> None:
    first = {name: make(TRUTH) for name, make in FIRST_PROMPTS.items()}
    assert first["click"] == next_click(np.zeros_like(TRUTH), TRUTH)
    box, lasso, scribble = first["box"], first["lasso"], first["scribble"]
    assert isinstance(box, Box) and 15 < box.left < 20 and 60 < box.right < 65
    assert isinstance(lasso, Lasso) and all(
        cv2.pointPolygonTest(np.array(lasso.points, np.float32), (float(x), float(y)), False) > 0
        for y, x in np.argwhere(TRUTH)
    )
    assert isinstance(scribble, Scribble)
    assert all(TRUTH[round(y), round(x)] for x, y in points_of(scribble))
    assert np.ptp([x for x, _ in scribble.points]) > 20, "the long way, not the short one"
    tool = Discs(IMAGE)
    simulate(lambda image: tool, IMAGE, TRUTH, max_clicks=2, first=box)
    assert tool.prompts[0] == box and isinstance(tool.prompts[1], Click)


def test_clicks_are_counted_as_the_literature_does() -> None:
    good, never = ClickRun((0.5, 0.86, 0.95), (1.0,) * 3), ClickRun((0.4,) * 20, (1.0,) * 20)
    assert good.clicks_to(0.85) == 2 and good.clicks_to(0.9) == 3
    assert never.clicks_to(0.85) is None
    assert mean_clicks([good, never], 0.85) == 11 and mean_clicks([good, never], 0.9) == 11.5
    assert good.iou_after(1) == 0.5 and good.iou_after(9) == 0.95


def test_objects_of_mask_pictures() -> None:
    instances = np.zeros((9, 9), np.uint8)
    instances[:2], instances[4:] = 1, 2
    np.testing.assert_array_equal(object_of(instances), instances == 2)
    white = np.where(instances == 1, 255, 0).astype(np.uint8)
    np.testing.assert_array_equal(object_of(white), instances == 1)
    np.testing.assert_array_equal(object_of(np.dstack([white] * 3)), instances == 1)
    assert not object_of(np.zeros((9, 9), np.uint8)).any()


def test_sets_are_found_and_refusals_name_the_place(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="holds no pictures"):
        find_click_sets(tmp_path)
    for name in ("b", "a"):
        for folder in ("images", "masks"):
            (tmp_path / name / folder).mkdir(parents=True)
        cv2.imwrite(str(tmp_path / name / "images" / "1.jpg"), IMAGE)
    with pytest.raises(DatasetError, match=r"no mask for 1\.jpg"):
        find_click_sets(tmp_path)
    for name in ("b", "a"):
        cv2.imwrite(str(tmp_path / name / "masks" / "1.png"), TRUTH * np.uint8(255))
    sets = find_click_sets(tmp_path)
    assert [one.name for one in sets] == ["a", "b"]
    ((image, truth),) = sets[0].samples()
    assert image.shape == IMAGE.shape
    np.testing.assert_array_equal(truth, TRUTH)
    assert find_click_sets(tmp_path / "a")[0].pairs == sets[0].pairs


def test_the_plot_holds_every_curve(tmp_path: Path) -> None:
    plot_clicks(tmp_path / "new" / "p.png", {"a": [0.5, 0.9], "b": [0.2]}, "title")
    picture = cv2.imread(str(tmp_path / "new" / "p.png"))
    assert picture is not None
    for color in ((0xB2, 0x72, 0x00), (0x00, 0x5E, 0xD5)):  # BGR
        assert (picture == color).all(-1).sum() > 40
