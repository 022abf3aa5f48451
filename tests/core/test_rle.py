"""COCO's run-length codes, held against pycocotools."""

import numpy as np
import pytest
from cat_clip import cats
from hypothesis import given, settings
from hypothesis import strategies as st
from pycocotools import mask as coco

from swem_core.data.rle import box_and_area, decode_mask, encode_mask, runs, unpack_counts
from swem_core.errors import MaskError
from swem_core.types import Mask


def check(mask: Mask) -> None:
    ours, theirs = encode_mask(mask), coco.encode(np.asfortranarray(mask.view(np.uint8)))
    assert ours == {"size": theirs["size"], "counts": theirs["counts"].decode()}
    assert np.array_equal(decode_mask(ours), mask)
    box, area = box_and_area(runs(mask), mask.shape)
    assert area == mask.sum() == coco.area(theirs)
    assert box == [int(value) for value in coco.toBbox(theirs)]


def test_real_masks() -> None:
    for labels in cats(3).labels:
        check(labels == 1)
        check(labels == 2)
        check(labels == 0)


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 40), st.integers(1, 40), st.floats(0, 1), st.integers(0, 2**32 - 1))
def test_any_mask(height: int, width: int, density: float, seed: int) -> None:
    check(np.random.default_rng(seed).random((height, width)) < density)


def test_extremes() -> None:
    for shape in ((1, 1), (1, 50), (50, 1), (720, 1280)):
        check(np.zeros(shape, np.bool_))
        check(np.ones(shape, np.bool_))
    corner = np.zeros((720, 1280), np.bool_)
    corner[0, 0] = corner[-1, -1] = True
    check(corner)
    check(np.random.default_rng(0).random((720, 1280)) < 0.5)


@pytest.mark.parametrize("text", ["", "~", "P", "ü", "0", "PPPPPPPPPPPPPPPP0", "5"])
def test_damaged_codes_are_refused(text: str) -> None:
    with pytest.raises(MaskError):
        decode_mask({"size": [4, 4], "counts": text})


def test_runs_come_back() -> None:
    assert unpack_counts(encode_mask(np.eye(3, dtype=np.bool_))["counts"]).tolist() == [
        *(0, 1, 3, 1, 3, 1)
    ]
