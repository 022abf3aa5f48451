from itertools import combinations

import cv2
import numpy as np
import pytest
from view_kit import compose

from app.pipeline.effects.overlay import fill, outline
from app.pipeline.frames import Draft, Frame, Segmented
from app.pipeline.palettes import COLORS, Color, Palette
from app.pipeline.style import ObjectStyle, ViewStyle, default_color
from swem_core.engine.result import StepResult

GREY = np.full((40, 60, 3), 100, np.uint8)
FRAME = Frame(0, GREY, 0.0, 0)


def square() -> np.ndarray:
    alpha = np.zeros((40, 60), np.uint8)
    alpha[10:30, 20:40] = 255
    return alpha


def tracked() -> StepResult:
    mask = square() > 0
    logits = np.full((1, 10, 15), -9, np.float32)
    return StepResult((2,), logits, (40, 60), (40, 60), {2: 1.0}, {2: mask})


def test_without_masks_the_frame_is_shown_as_it_is() -> None:
    picture = compose(Segmented(FRAME), ViewStyle())
    np.testing.assert_array_equal(picture[..., :3], GREY)
    assert (picture[..., 3] == 255).all() and picture.flags.c_contiguous
    assert (GREY == 100).all()


def test_fill_blends_by_alpha_times_opacity_in_bgra_order() -> None:
    picture = np.full((40, 60, 4), 100, np.uint8)
    alpha = square()
    alpha[10:30, 20] = 128
    fill(picture, alpha, (200, 0, 50), 0.5)
    assert picture[20, 30, :3].tolist() == [75, 50, 150]
    edge = picture[20, 20, 2]
    assert 122 <= edge <= 128  # a quarter of the way from 100 to 200
    assert (picture[5, 5, :3] == 100).all()


def test_fill_with_nothing_to_draw_changes_nothing() -> None:
    picture = np.full((40, 60, 4), 100, np.uint8)
    fill(picture, np.zeros((40, 60), np.uint8), (1, 2, 3), 1.0)
    fill(picture, square(), (1, 2, 3), 0.0)
    outline(picture, square(), (1, 2, 3), 0)
    assert (picture == 100).all()


def test_outline_draws_only_the_edge() -> None:
    picture = np.full((40, 60, 4), 100, np.uint8)
    outline(picture, square(), (255, 255, 255), 2)
    assert picture[10, 30, 0] > 200 and picture[20, 30, 0] == 100 and picture[0, 0, 0] == 100


def test_objects_are_drawn_in_their_colour_unless_hidden() -> None:
    segmented = Segmented(FRAME, tracked())
    style = ViewStyle(opacity=1.0, outline=0)
    blue, green, red = compose(segmented, style)[20, 30, :3]
    assert (red, green, blue) == default_color(2)
    hidden = style.with_object(2, ObjectStyle("x", (255, 0, 0), visible=False))
    np.testing.assert_array_equal(compose(segmented, hidden)[..., :3], GREY)


def test_solo_shows_one_object_and_what_is_being_marked() -> None:
    def changes(segmented: Segmented, style: ViewStyle) -> bool:
        return bool((compose(segmented, style)[..., :3] != GREY).any())

    other = ViewStyle(solo=3)
    assert not changes(Segmented(FRAME, tracked()), other)
    alone = ViewStyle(solo=2).with_object(2, ObjectStyle("hidden", (1, 2, 3), visible=False))
    assert changes(Segmented(FRAME, tracked()), alone)
    assert changes(Segmented(FRAME, None, Draft(2, {2: square()})), other), "the active one"
    assert not changes(Segmented(FRAME, None, Draft(1, {2: square()})), other)


def test_doubts_far_from_a_draft_are_not_drawn() -> None:
    frame = Frame(0, np.full((40, 60, 3), 90, np.uint8), 0.0, 0)
    alpha = np.zeros((40, 60), np.uint8)
    alpha[10:20, 10:20], alpha[30:35, 40:55] = 255, 120
    drawn = compose(Segmented(frame, None, Draft(1, {1: alpha})), ViewStyle())
    bare = drawn[..., :3] == 90
    assert bare[25:].all() and not bare[12:18, 12:18].all()


def test_a_draft_replaces_the_tracked_mask_of_its_object() -> None:
    corner = np.zeros((40, 60), np.uint8)
    corner[:8, :8] = 255
    picture = compose(Segmented(FRAME, tracked(), Draft(2, {2: corner})), ViewStyle())
    assert (picture[20, 30, :3] == 100).all()
    assert not (picture[3, 3, :3] == 100).all()


@pytest.mark.parametrize("palette", Palette)
def test_a_palette_colours_the_objects_for_which_none_was_chosen(palette: Palette) -> None:
    colors = COLORS[palette]
    assert len(set(colors)) == len(colors) >= 7
    style = ViewStyle(opacity=1.0, outline=0, palette=palette)
    blue, green, red = compose(Segmented(FRAME, tracked()), style)[20, 30, :3]
    assert (red, green, blue) == colors[1] == style.of(2 + len(colors)).color
    chosen = style.with_object(2, ObjectStyle("x", (1, 2, 3)))
    assert compose(Segmented(FRAME, tracked()), chosen)[20, 30, :3].tolist() == [3, 2, 1]


def seen_without(cone: str, color: Color) -> np.ndarray:
    """Roughly what is left of a colour (Viénot, Brettel and Mollon, 1999), in CIE Lab."""
    linear = (np.array(color, float) / 255) ** 2.2
    red, green, blue = linear
    if cone == "long":
        red = green = 0.11238 * red + 0.88762 * green
        blue = 0.00401 * (linear[0] - linear[1]) + blue
    else:
        red = green = 0.29275 * red + 0.70725 * green
        blue = -0.02234 * (linear[0] - linear[1]) + blue
    shown = np.clip([[[red, green, blue]]], 0, 1).astype(np.float32) ** np.float32(1 / 2.2)
    return np.asarray(cv2.cvtColor(shown, cv2.COLOR_RGB2LAB))[0, 0]


@pytest.mark.parametrize("cone", ["long", "middle"])
def test_the_safe_palette_can_be_told_apart_without_red_or_green_cones(cone: str) -> None:
    def nearest(palette: Palette) -> float:
        seen = [seen_without(cone, color) for color in COLORS[palette][:7]]
        return min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2))

    assert nearest(Palette.SAFE) > 12
    assert nearest(Palette.SAFE) > 1.2 * nearest(Palette.DAVIS)
