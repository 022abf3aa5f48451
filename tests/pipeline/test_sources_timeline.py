import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.pipeline.sources.pacer import Pacer
from app.pipeline.sources.timeline import Timeline

STAMPS = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=90_000)


def place(stamps: list[Fraction | None], step_s: float = 0.04) -> list[float]:
    timeline = Timeline(step_s)
    return [timeline.place(stamp) for stamp in stamps]


@settings(deadline=None)
@given(st.lists(st.none() | STAMPS, max_size=30))
def test_seconds_start_at_zero_and_rise_whatever_the_stream_says(
    stamps: list[Fraction | None],
) -> None:
    seconds = place(stamps)
    assert seconds[:1] in ([], [0.0])
    assert all(a < b for a, b in itertools.pairwise(seconds))


@settings(deadline=None)
@given(st.sets(st.integers(-(10**9), 10**9), min_size=1, max_size=30))
def test_rising_stamps_are_kept_exactly(ticks: set[int]) -> None:
    stamps = [Fraction(tick, 90) for tick in sorted(ticks)]
    assert place(list(stamps)) == [float(stamp - stamps[0]) for stamp in stamps]


def test_a_repeated_stamp_does_not_move_those_after_it() -> None:
    stamps = [Fraction(i, 10) for i in (5, 6, 6, 7)]
    assert place(list(stamps)) == pytest.approx([0, 0.1, 0.101, 0.2])


def test_a_clock_that_starts_again_goes_on_one_step_later() -> None:
    stamps = [Fraction(i) for i in (100, 101, 0, 1)]
    assert place(list(stamps), 0.5) == pytest.approx([0, 1, 1.5, 2.5])


def test_missing_stamps_are_a_step_apart() -> None:
    assert place([None, None, None]) == pytest.approx([0, 0.04, 0.08])
    assert place([None, Fraction(7), Fraction(8)]) == pytest.approx([0, 0.04, 1.04])


def test_bursts_are_spread_over_their_own_time() -> None:
    pacer = Pacer()
    assert pacer.wait_s(50.0, 1000.0) == 0
    assert pacer.wait_s(50.2, 1000.0) == pytest.approx(0.2)
    assert pacer.wait_s(50.4, 1000.3) == pytest.approx(0.1)


def test_what_is_late_never_waits() -> None:
    pacer = Pacer()
    pacer.wait_s(0.0, 0.0)
    assert pacer.wait_s(0.1, 0.5) == 0
    assert pacer.wait_s(0.2, 9.0) == 0
    assert pacer.wait_s(0.3, 9.0) == pytest.approx(0.1)  # counted from the late one


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(0, 1e6)), max_size=20))
def test_no_picture_is_held_for_longer_than_a_second(times: list[tuple[float, float]]) -> None:
    pacer = Pacer()
    assert all(0 <= pacer.wait_s(stamp, now) <= 1 for stamp, now in times)
