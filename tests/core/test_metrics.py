"""J, F and the statistics against independent implementations and hand-made cases."""

import json
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from swem_core.errors import MaskError, OutputError
from swem_core.eval.metrics import SequenceScore, boundary_f, region_similarity, summarise
from swem_core.eval.report import (
    COLUMNS,
    ObjectResult,
    Report,
    SequenceResult,
    write_csv,
    write_json,
)
from swem_core.types import Mask

MASKS = st.tuples(st.integers(1, 9), st.integers(1, 9)).flatmap(
    lambda size: st.tuples(arrays(bool, size), arrays(bool, size))
)


def rectangle(size: tuple[int, int], top: int, left: int, height: int, width: int) -> Mask:
    mask = np.zeros(size, np.bool_)
    mask[top : top + height, left : left + width] = True
    return mask


def blob(seed: int, size: tuple[int, int] = (480, 854)) -> Mask:
    noise = np.random.default_rng(seed).random(size, np.float32)
    soft = cv2.GaussianBlur(noise, (0, 0), 15)
    return np.asarray(soft > np.median(soft), np.bool_)


def edge_by_loops(mask: Mask) -> list[tuple[int, int]]:
    height, width = mask.shape
    found = []
    for y in range(height):
        for x in range(width):
            neighbours = [(y, x + 1), (y + 1, x), (y + 1, x + 1)]
            inside = [(v, u) for v, u in neighbours if v < height and u < width]
            if any(mask[v, u] != mask[y, x] for v, u in inside):
                found.append((y, x))
    return found


def f_from(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def f_by_loops(pred: Mask, truth: Mask, radius: float) -> float:
    a, b = edge_by_loops(pred), edge_by_loops(truth)

    def share(points: list[tuple[int, int]], others: list[tuple[int, int]]) -> float:
        near = [any((y - v) ** 2 + (x - u) ** 2 <= radius**2 for v, u in others) for y, x in points]
        return sum(near) / len(near) if near else 1.0

    return f_from(share(a, b), share(b, a))


def f_by_distance(pred: Mask, truth: Mask) -> float:
    """The benchmark's formula, with boundaries as in seg2bmap and distances instead of disks."""

    def seg2bmap(mask: Mask) -> NDArray[np.uint8]:
        east, south, south_east = np.zeros_like(mask), np.zeros_like(mask), np.zeros_like(mask)
        east[:, :-1], south[:-1], south_east[:-1, :-1] = mask[:, 1:], mask[1:], mask[1:, 1:]
        edge = (mask ^ east) | (mask ^ south) | (mask ^ south_east)
        edge[-1] = mask[-1] ^ east[-1]
        edge[:, -1] = mask[:, -1] ^ south[:, -1]
        edge[-1, -1] = False
        return edge.astype(np.uint8)

    a, b = seg2bmap(pred), seg2bmap(truth)
    radius = np.ceil(0.008 * np.linalg.norm(pred.shape))
    to_a = cv2.distanceTransform(1 - a, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    to_b = cv2.distanceTransform(1 - b, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    near = radius + 1e-3  # distances are float32
    return f_from(float((to_b[a > 0] <= near).mean()), float((to_a[b > 0] <= near).mean()))


def test_region_similarity_of_known_rectangles() -> None:
    a = rectangle((20, 20), 0, 0, 10, 10)
    b = rectangle((20, 20), 5, 0, 10, 10)
    assert region_similarity(a, b) == pytest.approx(50 / 150)
    assert region_similarity(a, a) == 1.0
    assert region_similarity(a, ~a) == 0.0


def test_empty_masks_follow_the_benchmark() -> None:
    empty, full = np.zeros((20, 20), np.bool_), np.ones((20, 20), np.bool_)
    some = rectangle((20, 20), 5, 5, 5, 5)
    assert region_similarity(empty, empty) == boundary_f(empty, empty) == 1.0
    assert region_similarity(empty, some) == boundary_f(empty, some) == 0.0
    assert region_similarity(some, empty) == boundary_f(some, empty) == 0.0
    # a mask that fills the picture has no boundary either
    assert boundary_f(full, empty) == 1.0
    assert boundary_f(full, some) == 0.0


@pytest.mark.parametrize(("shift", "expected"), [(0, 1.0), (8, 1.0), (9, 0.0)])
def test_boundary_tolerance_at_480p_is_eight_pixels(shift: int, expected: float) -> None:
    left = rectangle((480, 854), 0, 0, 480, 400)
    right = rectangle((480, 854), 0, 0, 480, 400 + shift)
    assert boundary_f(left, right) == expected


def test_boundary_f_of_a_half_right_mask() -> None:
    two = rectangle((100, 100), 10, 10, 20, 20) | rectangle((100, 100), 60, 60, 20, 20)
    one = rectangle((100, 100), 10, 10, 20, 20)
    assert boundary_f(one, two) == pytest.approx(f_from(1.0, 0.5))


@given(MASKS, st.sampled_from([1.0, 2.0, 3.0]))
def test_boundary_f_equals_plain_loops(masks: tuple[Mask, Mask], radius: float) -> None:
    pred, truth = masks
    assert boundary_f(pred, truth, radius) == pytest.approx(f_by_loops(pred, truth, radius))


@pytest.mark.parametrize("seed", range(6))
def test_boundary_f_equals_distances_at_full_size(seed: int) -> None:
    pred, truth = blob(seed), blob(seed) ^ blob(seed + 100) & rectangle((480, 854), 9, 9, 99, 200)
    value = boundary_f(pred, truth)
    assert 0.1 < value < 1.0
    assert value == pytest.approx(f_by_distance(pred, truth), abs=1e-12)


@given(MASKS)
def test_both_measures_are_symmetric_and_in_range(masks: tuple[Mask, Mask]) -> None:
    pred, truth = masks
    for measure in (region_similarity, boundary_f):
        value = measure(pred, truth)
        assert 0 <= value <= 1
        assert value == pytest.approx(measure(truth, pred))
        assert measure(pred, pred) == 1


@pytest.mark.parametrize("measure", [region_similarity, boundary_f])
def test_masks_of_different_sizes_are_refused(measure: Callable[[Mask, Mask], float]) -> None:
    with pytest.raises(MaskError, match="same size"):
        measure(np.zeros((4, 5), np.bool_), np.zeros((5, 4), np.bool_))


def test_summary_of_a_falling_line() -> None:
    score = summarise(np.linspace(1, 0, 10))
    assert score.mean == pytest.approx(0.5)
    assert score.recall == 0.5
    # bins of the benchmark for ten frames: 1-3, 3-6, 6-8, 8-10 (one-based, borders shared)
    assert score.decay == pytest.approx(np.mean([9, 8, 7]) / 9 - np.mean([2, 1, 0]) / 9)


@settings(max_examples=60)
@given(arrays(np.float64, st.integers(1, 255), elements=st.floats(0, 1)))
def test_summary_equals_the_benchmarks_statistics(values: NDArray[np.float64]) -> None:
    ids = (np.round(np.linspace(1, len(values), 5) + 1e-10) - 1).astype(np.uint8)
    bins = [values[ids[i] : ids[i + 1] + 1] for i in range(4)]
    score = summarise(values)
    assert score.mean == pytest.approx(np.nanmean(values))
    assert score.recall == pytest.approx(np.nanmean(values > 0.5))
    assert score.decay == pytest.approx(np.nanmean(bins[0]) - np.nanmean(bins[3]))


def test_summary_needs_a_frame() -> None:
    with pytest.raises(ValueError, match="at least one frame"):
        summarise([])


@pytest.fixture
def report() -> Report:
    def result(object_id: int, j: float, f: float) -> ObjectResult:
        return ObjectResult(object_id, 10, SequenceScore(j, 1.0, 0.1), SequenceScore(f, 0.5, 0.0))

    one = SequenceResult("blackswan", (result(1, 0.9, 0.8),))
    two = SequenceResult("bikes", (result(1, 0.6, 0.5), result(2, 0.3, 0.2)))
    return Report((one, two), {"model": "lite"})


def test_report_weighs_every_object_the_same(report: Report) -> None:
    assert report.j.mean == pytest.approx(0.6)
    assert report.f.mean == pytest.approx(0.5)
    assert report.j_and_f == pytest.approx(0.55)
    assert report.sequences[1].j_and_f == pytest.approx(0.4)
    rows = report.table()
    assert all(len(row) == len(COLUMNS) for row in rows)
    assert [row[:4] for row in rows] == [
        ("blackswan", "1", "10", "0.850"),
        ("bikes", "1", "10", "0.550"),
        ("bikes", "2", "10", "0.250"),
        ("all", "3", "30", "0.550"),
    ]


def test_report_files(report: Report, tmp_path: Path) -> None:
    write_csv(tmp_path / "new" / "scores.csv", report)
    lines = (tmp_path / "new" / "scores.csv").read_text().splitlines()
    assert lines[0] == ",".join(COLUMNS)
    assert lines[-1].startswith("all,3,30,0.550000,0.600000,1.000000,0.100000,0.500000")
    write_json(tmp_path / "scores.json", report)
    content = json.loads((tmp_path / "scores.json").read_text())
    assert content["about"] == {"model": "lite"}
    assert content["summary"]["j"]["mean"] == pytest.approx(0.6)
    assert content["sequences"][1]["objects"][1]["f"] == {"mean": 0.2, "recall": 0.5, "decay": 0.0}


def test_report_that_cannot_be_written(report: Report, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        write_csv(tmp_path / "file" / "scores.csv", report)
