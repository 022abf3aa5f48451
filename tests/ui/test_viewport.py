import math

from hypothesis import given
from hypothesis import strategies as st

from app.ui.picture.viewport import MAX_ZOOM, Viewport

lengths = st.floats(50, 4000)
pixels = st.integers(16, 4000)
zooms = st.floats(1, MAX_ZOOM)
parts = st.floats(0, 1)


@st.composite
def viewports(draw: st.DrawFn) -> Viewport:
    fitted = Viewport().showing(draw(pixels), draw(pixels)).resized(draw(lengths), draw(lengths))
    at = (draw(parts) * fitted.widget[0], draw(parts) * fitted.widget[1])
    return fitted.zoomed(draw(zooms), at).panned(draw(st.floats(-500, 500)), 0)


@given(viewports(), parts, parts)
def test_there_and_back(viewport: Viewport, u: float, v: float) -> None:
    point = (u * viewport.source[0], v * viewport.source[1])
    back = viewport.to_source(viewport.to_widget(point))
    assert math.isclose(back[0], point[0], abs_tol=1e-6 * viewport.source[0])
    assert math.isclose(back[1], point[1], abs_tol=1e-6 * viewport.source[1])


@given(viewports(), st.floats(-1e4, 1e4), st.floats(-1e4, 1e4))
def test_clamped_points_are_pixels(viewport: Viewport, x: float, y: float) -> None:
    clamped = viewport.clamped((x, y))
    assert viewport.contains(clamped)
    assert 0 <= round(clamped[0]) < viewport.source[0]
    assert 0 <= round(clamped[1]) < viewport.source[1]


@given(viewports(), parts, parts, st.floats(0.2, 5))
def test_no_empty_space_that_the_picture_could_fill(
    viewport: Viewport, u: float, v: float, factor: float
) -> None:
    moved = viewport.zoomed(factor, (u * viewport.widget[0], v * viewport.widget[1]))
    for axis in (0, 1):
        near, extent = moved.offset[axis], moved.source[axis] * moved.scale
        far, slack = near + extent, 1e-6 * (extent + moved.widget[axis])
        if extent >= moved.widget[axis]:
            assert near <= slack and far >= moved.widget[axis] - slack
        else:
            assert math.isclose(near, moved.widget[axis] - far, abs_tol=2 * slack)


def test_zoom_keeps_what_is_under_the_cursor() -> None:
    viewport = Viewport().showing(1280, 720).resized(640, 360)
    before = viewport.to_source((300, 200))
    after = viewport.zoomed(4, (300, 200)).to_source((300, 200))
    assert math.isclose(before[0], after[0]) and math.isclose(before[1], after[1])


def test_letterbox_and_pixel_middles() -> None:
    viewport = Viewport().showing(160, 90).resized(320, 320)
    assert viewport.offset == (0, 70)
    assert viewport.to_source((1, 71)) == (0, 0)  # the middle of the first pixel
    assert not viewport.contains(viewport.to_source((160, 69)))
    assert viewport.contains(viewport.to_source((0, 70)))


def test_a_new_size_starts_fitted_and_the_same_size_keeps_the_zoom() -> None:
    near = Viewport().showing(160, 90).resized(320, 180).zoomed(3, (10, 10))
    assert near.showing(160, 90) is near
    assert near.showing(90, 160).zoom == 1
