"""The effects on photographs whose masks are known exactly."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from cat_clip import GINGER, WHITE, cats, iou
from view_kit import compose, compose_output, tracked

from app.pipeline.compose import Composer
from app.pipeline.effect import Effect
from app.pipeline.effects.blur import blurred_surroundings
from app.pipeline.effects.matte import Matte, Mattes
from app.pipeline.effects.pixels import pixels_of_cells
from app.pipeline.effects.pyramid import Pyramid
from app.pipeline.effects.scene import Scene
from app.pipeline.effects.table import EFFECTS
from app.pipeline.frames import Segmented
from app.pipeline.style import Backdrop, Edge, ViewStyle
from swem_core.engine.result import aggregate, sigmoid, to_alpha
from swem_core.types import Alpha


def matte_of(segmented: Segmented, edge: Edge) -> Alpha:
    assert segmented.result is not None
    matte = Mattes(Pyramid(segmented.frame.image), segmented.result, edge).of((GINGER, WHITE))
    assert matte is not None
    whole = np.zeros(segmented.frame.image.shape[:2], np.uint8)
    whole[matte.box] = matte.alpha
    return whole


def distance(mask: np.ndarray) -> np.ndarray:
    """Pixels to the mask, from outside."""
    return cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, 5)


def test_pixels_of_cells_are_those_of_the_enlarged_mask() -> None:
    noise = np.random.default_rng(3)
    rows, columns = np.array([0, 3, 3, 9, 11]), np.array([0, 4, 9, 13, 18, 20])
    for share in (0, 0.4, 1):
        cells = noise.random((4, 5)) < share
        whole = np.repeat(np.repeat(cells, np.diff(rows), axis=0), np.diff(columns), axis=1)
        at = pixels_of_cells(cells, rows, columns)
        found = np.zeros((11, 20), np.uint8)
        np.add.at(found, (at.rows, at.columns), 1)
        np.testing.assert_array_equal(found, whole)


def test_refined_masks_are_the_guided_filter_at_every_pixel_of_the_edge() -> None:
    """Held against the filter written out in floats for the whole picture."""
    segmented, labels = tracked(given=False)
    assert segmented.result is not None
    mattes = Mattes(Pyramid(segmented.frame.image), segmented.result, Edge())
    found = matte_of(segmented, Edge()).astype(int)
    prob = np.minimum(aggregate(sigmoid(segmented.result.logits))[1:].sum(0), 1 - 1e-6)
    logit = np.log(np.maximum(prob, 1e-6) / (1 - np.maximum(prob, 1e-6)))
    small = to_alpha(cv2.resize(logit.astype(np.float32), mattes.grid[::-1])) / np.float32(255)
    whole = slice(0, mattes.grid[0]), slice(0, mattes.grid[1])
    weights = cv2.resize(mattes.guide.coefficients(small, whole), labels.shape[::-1])
    image = segmented.frame.image.astype(np.float32) / 255
    slow = np.clip((weights[..., :3] * image).sum(2) + weights[..., 3], 0, 1) * 255
    edge = (found > 60) & (found < 195)
    assert edge.sum() > 400 and np.percentile(np.abs(found - slow)[edge], 95) <= 2


def test_refining_brings_a_coarse_mask_nearer_to_the_true_edge() -> None:
    segmented, labels = tracked(given=False)
    truth = labels > 0
    band = (distance(truth) < 8) & (distance(~truth) < 8)
    errors = {
        refine: np.abs(matte_of(segmented, Edge(refine=refine)) / 255 - truth)[band].mean()
        for refine in (False, True)
    }
    assert errors[True] < 0.85 * errors[False], errors
    assert iou(matte_of(segmented, Edge()) > 127, truth) > 0.95


def test_grow_shrink_and_feather_are_in_source_pixels() -> None:
    segmented, labels = tracked()
    exact = matte_of(segmented, Edge(refine=False)) > 127
    np.testing.assert_array_equal(exact, labels > 0)
    grown = matte_of(segmented, Edge(grow=6, refine=False)) > 127
    assert 5 <= distance(exact)[grown].max() <= 7
    shrunk = matte_of(segmented, Edge(grow=-3, refine=False)) > 127
    assert (exact | ~shrunk).all() and 2 <= distance(~exact)[shrunk].min() <= 5
    soft = matte_of(segmented, Edge(feather=5, refine=False))
    fading = (soft > 25) & (soft < 230)
    assert 1.5 < distance(exact)[fading].max() < 5 and soft[exact].max() == 255
    assert soft[distance(exact) > 9].max() == 0, "and its box has room for all of it"


def test_a_blurred_background_holds_none_of_the_objects_colour() -> None:
    """The cats are painted pure red: red beyond their edge can only be a halo."""
    segmented, labels = tracked()
    image = segmented.frame.image.copy()
    without = compose_output(
        Segmented(replace(segmented.frame, image=image)), ViewStyle(effect=Effect.BLUR)
    )
    image[labels > 0] = (0, 0, 255)
    painted = Segmented(replace(segmented.frame, image=image), segmented.result)
    picture = compose_output(painted, ViewStyle(effect=Effect.BLUR)).astype(int)
    ring = (distance(labels > 0) > 3) & (distance(labels > 0) < 25)
    redness = picture[..., 2] - picture[..., :2].max(2)
    usual = without.astype(int)[..., 2] - without.astype(int)[..., :2].max(2)
    assert redness[ring].max() <= usual.max() + 25
    naive = cv2.GaussianBlur(image, (0, 0), 0.02 * 360).astype(int)
    assert (naive[..., 2] - naive[..., :2].max(2))[ring].max() > usual.max() + 60


def test_the_surroundings_are_blurred_as_if_the_object_were_not_there() -> None:
    """A mask in the middle of the street: what is blurred beside it is the street's own colour."""
    image = cats(1).frames[0].copy()
    box = slice(100, 250), slice(200, 400)
    image[box] = (255, 0, 255)
    scene = Scene(image, Pyramid(image), None, (), ViewStyle(effect=Effect.BLUR))
    object.__setattr__(scene, "matte", Matte(box, np.full((150, 200), 255, np.uint8)))
    background = blurred_surroundings(scene)[..., :3].astype(int)
    magenta = np.minimum(background[..., 0], background[..., 2]) - background[..., 1]
    assert magenta.max() < 60, "nowhere, not even under the object"


@pytest.mark.parametrize("spec", EFFECTS, ids=lambda spec: spec.effect.value)
def test_every_effect_gives_a_whole_picture_of_its_own_memory(spec: object) -> None:
    segmented, _ = tracked(given=False)
    before = segmented.frame.image.copy()
    style = ViewStyle(effect=spec.effect)  # type: ignore[attr-defined]
    for picture in (compose(segmented, style), compose_output(segmented, style)):
        assert picture.shape == (360, 640, 4) and picture.flags.c_contiguous
        assert picture.flags.writeable and not np.shares_memory(picture, segmented.frame.image)
    assert (compose(segmented, style)[..., 3] == 255).all()
    np.testing.assert_array_equal(segmented.frame.image, before)


def test_a_new_background_replaces_the_old_one_and_leaves_the_object() -> None:
    segmented, labels = tracked()
    wall = np.full((90, 160, 3), (10, 20, 30), np.uint8)
    image = ViewStyle(effect=Effect.IMAGE, backdrop=Backdrop("wall", wall))
    green = ViewStyle(effect=Effect.COLOR, color=(30, 20, 10))
    outside, inside = distance(labels > 0) > 12, distance(labels == 0) > 20
    for style in (image, green):
        picture = compose_output(segmented, style)
        assert (picture[outside][:, :3] == (10, 20, 30)).all()
        np.testing.assert_array_equal(picture[inside][:, :3], segmented.frame.image[inside])


def test_a_picture_behind_is_not_mirrored_with_the_person() -> None:
    segmented, labels = tracked()
    wall = np.zeros((360, 640, 3), np.uint8)
    wall[:, :320] = 255
    style = ViewStyle(effect=Effect.IMAGE, backdrop=Backdrop("half", wall), mirrored=True)
    picture = compose_output(segmented, style)
    outside = distance(labels > 0)[:, ::-1] > 12
    assert (picture[:, :320][outside[:, :320]][:, :3] == 255).all()
    assert (picture[:, 320:][outside[:, 320:]][:, :3] == 0).all()


def test_comparing_changes_the_screen_and_not_the_recording() -> None:
    segmented, _ = tracked()
    style = ViewStyle(effect=Effect.COLOR, comparing=True)
    composer = Composer()
    screen = composer.screen(segmented, style)
    np.testing.assert_array_equal(screen[..., :3], segmented.frame.image)
    recorded = composer.recorded(segmented, style, screen)
    np.testing.assert_array_equal(recorded, compose(segmented, replace(style, comparing=False)))


@pytest.mark.parametrize("spec", EFFECTS, ids=lambda spec: spec.effect.value)
def test_what_is_recorded_does_not_depend_on_what_the_screen_showed_before(spec: object) -> None:
    """They share the masks of a frame, and neither may draw into what the other uses."""
    segmented, _ = tracked(given=False)
    style = ViewStyle(effect=spec.effect)  # type: ignore[attr-defined]
    composer = Composer()
    first = composer.screen(segmented, style).copy()
    recorded = composer.recorded(segmented, style, first)
    np.testing.assert_array_equal(recorded, compose_output(segmented, style))
    np.testing.assert_array_equal(composer.screen(segmented, style), first)


def test_side_by_side_shows_the_bare_frame_on_the_left() -> None:
    segmented, _ = tracked()
    style = ViewStyle(effect=Effect.COLOR)
    picture = compose(segmented, replace(style, side_by_side=True, turns=1))
    assert picture.shape == (640, 720, 4)
    bare = cv2.rotate(segmented.frame.image, cv2.ROTATE_90_CLOCKWISE)
    np.testing.assert_array_equal(picture[:, :360, :3], bare)
    np.testing.assert_array_equal(
        picture[:, 360:], cv2.rotate(compose(segmented, style), cv2.ROTATE_90_CLOCKWISE)
    )


def test_solo_leaves_the_others_out() -> None:
    segmented, labels = tracked()
    picture = compose_output(segmented, ViewStyle(effect=Effect.CUTOUT, solo=GINGER))
    assert picture[labels == GINGER][:, 3].mean() > 240
    assert not picture[distance(labels == GINGER) > 15].any()
