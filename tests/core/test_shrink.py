"""Shrinking on the device gives what OpenCV gives on the CPU."""

import numpy as np
import pytest
import torch
from cat_clip import cats

from swem_core.engine.preprocess import inference_size, to_tensor
from swem_core.engine.shrink import AreaShrink, shrink_matrices
from swem_core.types import Size

CPU = torch.device("cpu")


@pytest.mark.parametrize(
    ("source", "short_side"),
    [
        ((360, 640), 240),  # a ratio of 1.5, and a width that is rounded up to 432
        ((357, 641), 112),  # odd sides, halved on the way
        ((720, 1280), 240),
        ((1080, 608), 144),
        ((242, 430), 240),  # one side shrinks, the other grows
        ((90, 160), 240),  # smaller than the network's input: only rounded to multiples of 16
        ((10, 12), 240),
        ((240, 432), 240),
    ],
)
def test_equals_opencv(source: Size, short_side: int) -> None:
    picture = np.resize(cats().frames[0], (*source, 3))
    size = inference_size(source, short_side)
    ours = AreaShrink(CPU)(torch.from_numpy(picture), size)
    opencv = to_tensor(picture, size, CPU)
    assert ours.shape == opencv.shape and ours.is_contiguous(memory_format=torch.channels_last)
    # OpenCV rounds to 8 bits after every step, here at most three times
    assert (ours - opencv).abs().max() < 2 / 255 and (ours - opencv).abs().mean() < 0.5 / 255


def test_every_row_of_the_matrices_is_an_average() -> None:
    rows, columns = shrink_matrices((357, 641), (112, 208))
    for matrix in (rows, columns):
        assert (matrix >= 0).all()
        np.testing.assert_allclose(matrix.sum(1), 1, atol=1e-5)


def test_the_size_may_change_between_pictures() -> None:
    shrink = AreaShrink(CPU)
    for size in ((96, 160), (240, 432), (96, 160)):
        picture = torch.from_numpy(cats().frames[0])
        assert shrink(picture, size).shape == (1, 3, *size)
