"""What is chosen for a device, without having it."""

import os

import pytest
import torch

from swem_core.engine.device import (
    _build_for,
    _cuda_dtype,
    _cuda_layout,
    _has_kernels,
    choose_device,
    choose_layout,
    choose_precision,
    precision_name,
    tune_process,
    usable_cores,
)
from swem_core.errors import DeviceError

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


@pytest.mark.parametrize(("given", "expected"), [("1", 1), ("1,2", 1), ("9999", None), ("x", None)])
def test_the_person_may_limit_the_threads(
    given: str, expected: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = torch.get_num_threads()
    try:
        monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
        tune_process()
        unlimited = torch.get_num_threads()
        assert 1 <= unlimited <= usable_cores()
        monkeypatch.setenv("OMP_NUM_THREADS", given)
        tune_process()
        assert torch.get_num_threads() == (expected or unlimited)
    finally:
        torch.set_num_threads(before)


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="cores are bound on Linux only")
def test_a_process_bound_to_one_core_gets_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    threads, cores = torch.get_num_threads(), os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(cores)})
        tune_process()
        assert usable_cores() == torch.get_num_threads() == 1
    finally:
        os.sched_setaffinity(0, cores)
        torch.set_num_threads(threads)


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


def test_devices_that_do_not_exist_say_what_does() -> None:
    assert choose_device("cpu").type == "cpu"
    with pytest.raises(DeviceError, match="no device"):
        choose_device("warp-drive")
    if not torch.cuda.is_available():
        with pytest.raises(DeviceError, match="no CUDA card"):
            choose_device("cuda")


def test_precision_that_was_asked_for_is_taken() -> None:
    cpu = torch.device("cpu")
    assert choose_precision("fp32", cpu) is torch.float32
    assert choose_precision("bf16", cpu) is torch.bfloat16
    assert precision_name(choose_precision("auto", cpu)) in ("fp32", "bf16")


@pytest.mark.parametrize(
    ("capability", "built", "runs"),
    [
        ((6, 1), ["sm_50", "sm_60", "sm_70"], True),
        ((6, 1), ["sm_75", "sm_80", "sm_90"], False),
        ((7, 0), ["sm_75", "sm_86"], False),
        ((12, 0), ["sm_90", "compute_90"], True),
        ((9, 0), ["sm_90a"], True),
    ],
)
def test_kernels_for_a_card(capability: tuple[int, int], built: list[str], runs: bool) -> None:
    assert _has_kernels(*capability, built) is runs
