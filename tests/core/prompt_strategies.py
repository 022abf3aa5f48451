"""Any prompts, for property tests of marking."""

from hypothesis import strategies as st

from swem_core.segment.prompts import Box, Brush, Click, Lasso, Scribble

COORDINATES = st.tuples(st.floats(-20, 120), st.floats(-20, 80))
PROMPTS = st.one_of(
    st.builds(lambda p, s: Click(*p, positive=s), COORDINATES, st.booleans()),
    st.builds(
        lambda ps, s: Scribble(tuple(ps), s),
        st.lists(COORDINATES, min_size=1, max_size=4),
        st.booleans(),
    ),
    st.builds(
        lambda ps, r, a: Brush(tuple(ps), r, a),
        st.lists(COORDINATES, min_size=1, max_size=4),
        st.floats(0.5, 30),
        st.booleans(),
    ),
    st.builds(
        lambda p, w, h, s: Box(*p, p[0] + w, p[1] + h, positive=s),
        COORDINATES,
        st.floats(0.5, 90),
        st.floats(0.5, 90),
        st.booleans(),
    ),
    st.builds(
        lambda ps, s: Lasso(tuple(ps), s),
        st.lists(COORDINATES, min_size=3, max_size=6),
        st.booleans(),
    ),
)
