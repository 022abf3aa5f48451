"""The ways to find an object from prompts, on real objects and on any prompts at all."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest
import torch
from cat_clip import GINGER, WHITE, cats, iou
from hypothesis import given, settings
from hypothesis import strategies as st
from prompt_strategies import PROMPTS

from swem_core.eval.clicks import next_click
from swem_core.model.weights import load_click_network, load_network
from swem_core.segment.areas import allowed
from swem_core.segment.em_predictor import EmPredictor
from swem_core.segment.grabcut import GrabCutPredictor
from swem_core.segment.marking import Marking
from swem_core.segment.predictor import ClickPredictor
from swem_core.segment.prompt_maps import Crop, draw_prompts
from swem_core.segment.prompts import Box, Click, Lasso, Prompt, Scribble
from swem_core.types import Mask

BLANK = np.zeros((60, 100, 3), np.uint8)


@pytest.fixture(scope="module")
def predictor() -> ClickPredictor:
    return ClickPredictor(load_click_network(), torch.device("cpu"))


@pytest.fixture(scope="module")
def em() -> EmPredictor:
    return EmPredictor(load_network("lite"), torch.device("cpu"))


@pytest.mark.parametrize(("cat", "wanted"), [(GINGER, 0.85), (WHITE, 0.9)])
def test_clicks_on_a_real_object_find_it(
    predictor: ClickPredictor, cat: int, wanted: float
) -> None:
    scene = cats()
    truth = scene.labels[0] == cat
    marking = Marking(scene.frames[0], predictor)
    reached = [0.0]
    for _ in range(4):
        mask = marking.masks().get(1, np.zeros_like(truth))
        marking.add(1, next_click(mask, truth))
        reached.append(iou(marking.masks()[1], truth))
    assert max(reached) > wanted, reached


def test_a_scribble_on_a_real_object_finds_it(predictor: ClickPredictor) -> None:
    scene = cats()
    x, y = scene.inside(WHITE)
    marking = Marking(scene.frames[0], predictor)
    marking.add(1, Scribble(((x - 15, y), (x, y + 4), (x + 15, y))))
    assert iou(marking.masks()[1], scene.labels[0] == WHITE) > 0.85


def box_around(mask: Mask) -> Box:
    rows, columns = np.nonzero(mask)
    left, top, right, bottom = columns.min() - 4, rows.min() - 4, columns.max() + 4, rows.max() + 4
    return Box(float(left), float(top), float(right), float(bottom))


def lasso_around(mask: Mask) -> Lasso:
    grown = cv2.dilate(mask.astype(np.uint8), np.ones((13, 13), np.uint8))
    outline, _ = cv2.findContours(grown, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    return Lasso(tuple((float(x), float(y)) for x, y in max(outline, key=len)[::4, 0]))


@pytest.mark.parametrize("around", [box_around, lasso_around])
@pytest.mark.parametrize(("method", "wanted"), [("click", 0.85), ("grabcut", 0.75), ("em", 0.4)])
def test_an_area_around_a_real_object_finds_it_and_stays_inside(
    predictor: ClickPredictor,
    em: EmPredictor,
    method: str,
    wanted: float,
    around: Callable[[Mask], Box | Lasso],
) -> None:
    scene = cats()
    truth = scene.labels[0] == WHITE
    tools = {"click": predictor, "grabcut": GrabCutPredictor(), "em": em}
    marking = Marking(scene.frames[0], tools[method])
    area = around(truth)
    marking.add(1, area)
    mask, limits = marking.masks()[1], allowed([area], truth.shape)
    assert iou(mask, truth) > wanted
    assert limits is not None and not (mask & ~limits).any()


def test_a_click_is_as_it_says(predictor: ClickPredictor) -> None:
    scene = cats()
    x, y = scene.inside(WHITE)
    marking = Marking(scene.frames[0], predictor)
    marking.add(1, Click(x, y))
    marking.add(1, Click(x + 8, y, positive=False))
    mask = marking.masks()[1]
    assert not mask[int(y), int(x) + 8]
    assert mask[int(y), int(x)]


def test_a_click_far_away_does_not_cost_what_was_tracked(predictor: ClickPredictor) -> None:
    scene = cats()
    tracked = (scene.labels[0] == WHITE).astype(np.uint8) * np.uint8(255)
    marking = Marking(scene.frames[0], predictor, {1: tracked})
    marking.add(1, Click(*scene.inside(WHITE)))
    marking.add(1, Click(20, 20))
    mask = marking.masks()[1]
    assert mask[20, 20]
    assert mask[tracked > 0].mean() > 0.7


def test_a_negative_box_takes_away_what_is_in_it(predictor: ClickPredictor) -> None:
    scene = cats()
    x, y = scene.inside(WHITE)
    marking = Marking(scene.frames[0], predictor)
    marking.add(1, Click(x, y))
    marking.add(1, Box(0, y + 20, 640, 360, positive=False))
    assert marking.masks()[1][int(y), int(x)]
    assert not marking.masks()[1][int(y) + 20 :].any()


@settings(deadline=None, max_examples=60)
@given(st.lists(PROMPTS, min_size=1, max_size=5))
def test_grabcut_takes_any_prompts(gestures: list[Prompt]) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (60, 100, 3), np.uint8)
    marking = Marking(noise, GrabCutPredictor())
    for prompt in gestures:
        marking.add(1, prompt)
        assert marking.masks()[1].shape == (60, 100)


@settings(deadline=None, max_examples=15)
@given(gestures=st.lists(PROMPTS, min_size=1, max_size=3))
@pytest.mark.parametrize("name", ["click", "em"])
def test_networks_take_any_prompts(
    predictor: ClickPredictor, em: EmPredictor, name: str, gestures: list[Prompt]
) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (60, 100, 3), np.uint8)
    marking = Marking(noise, predictor if name == "click" else em)
    for prompt in gestures:
        marking.add(1, prompt)
        assert marking.masks()[1].shape == (60, 100)


def test_prompt_maps_land_on_the_right_network_pixels() -> None:
    crop = Crop(top=100, left=200, height=200, width=400, size=(112, 224))
    maps = draw_prompts([Click(400, 200), Scribble(((210.0, 110.0), (590.0, 290.0)), False)], crop)
    assert maps.shape == (2, 112, 224)
    assert maps[0, 56, 112] == 1 and maps[0].sum() > 60 and maps[0, 40, 112] == 0
    assert maps[1, 5, 5] == 1 and maps[1, 107, 218] == 1


def test_a_correction_changes_only_the_region_it_touches(predictor: ClickPredictor) -> None:
    """The tracked mask lacks a part of the white cat and holds a part of the street: a click on
    the cat mends the cat alone."""
    scene = cats()
    truth = scene.labels[0] == WHITE
    y = round(scene.inside(WHITE)[1])
    tracked = truth.astype(np.uint8) * np.uint8(255)
    tracked[y:] = 0
    tracked[30:80, 40:120] = 255
    marking = Marking(scene.frames[0], predictor, {1: tracked})
    lower = truth.copy()
    lower[:y] = False
    marking.add(1, next_click(~lower, np.ones_like(truth)))
    mask = marking.masks()[1]
    assert mask[30:80, 40:120].all(), "what lies elsewhere stays"
    assert iou(mask & lower, lower) > 0.75
    marking.add(1, Click(80, 55, positive=False))
    mask = marking.masks()[1]
    assert not mask[30:80, 40:120].any()
    assert iou(mask, truth) > 0.8
