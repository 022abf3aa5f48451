"""What is chosen for a device, without having it."""

import pytest
import torch

from swem_core.engine.device import _build_for, _cuda_dtype, _cuda_layout, choose_layout

PASCAL, VOLTA, TURING, AMPERE, BLACKWELL = (6, 1), (7, 0), (7, 5), (8, 6), (12, 0)


@pytest.mark.parametrize(
    ("card", "dtype"),
    [
        (PASCAL, torch.float32),
        (VOLTA, torch.float16),
        (TURING, torch.float16),
        (AMPERE, torch.bfloat16),
        (BLACKWELL, torch.bfloat16),
    ],
)
def test_convolutions_run_in_what_the_card_is_built_for(
    card: tuple[int, int], dtype: torch.dtype
) -> None:
    assert _cuda_dtype(card) == dtype


def test_channels_come_last_where_tensor_cores_want_it() -> None:
    assert _cuda_layout(PASCAL) == _cuda_layout(VOLTA) == torch.contiguous_format
    assert _cuda_layout(AMPERE) == torch.channels_last
    assert choose_layout(torch.float32, torch.device("mps")) == torch.contiguous_format
    for device in ("cpu", "meta"):
        assert choose_layout(torch.float32, torch.device(device)) == torch.channels_last
    assert choose_layout(torch.float16, torch.device("cuda", 0)) == torch.channels_last


def test_the_build_that_has_kernels_for_a_card_is_named() -> None:
    assert _build_for(*PASCAL) == _build_for(*VOLTA) == "CUDA 12.6"
    assert _build_for(*BLACKWELL) == "the newest CUDA"
