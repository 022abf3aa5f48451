"""Choosing the device, precision and memory layout, and tuning torch for them."""

import os
from typing import Literal, TypeAlias

import torch

from swem_core.errors import DeviceError
from swem_core.freed_memory import keep_freed_memory
from swem_core.model.network import SwemNetwork

Precision: TypeAlias = Literal["auto", "fp32", "bf16", "fp16"]
"""How convolutions are computed."""

_DTYPES = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}


def choose_device(wanted: str = "auto") -> torch.device:
    """Resolve ``auto``, ``cpu``, ``cuda``, ``cuda:n`` or ``mps`` to a device that works here.

    ``auto`` takes CUDA if this torch build has kernels for the card, else MPS, else the CPU.
    Raises DeviceError, which says what to do.
    """
    if wanted == "auto":
        return _best_device()
    try:
        device = torch.device(wanted)
    except RuntimeError:
        raise DeviceError(
            f"There is no device '{wanted}'. Use auto, cpu, cuda, cuda:0, cuda:1, ... or mps."
        ) from None
    problem = device_problem(device)
    if problem:
        raise DeviceError(problem)
    return device


def device_problem(device: torch.device) -> str | None:
    """Why ``device`` cannot be used here, and what to do about it; None if it can."""
    if device.type == "cpu":
        return None
    if device.type == "mps":
        return None if torch.backends.mps.is_available() else "This machine has no Apple GPU."
    if device.type == "cuda":
        return _cuda_problem(device.index or 0)
    return f"'{device.type}' devices are not supported. Use cpu, cuda or mps."


def choose_precision(wanted: Precision, device: torch.device) -> torch.dtype:
    """The dtype in which convolutions run.

    ``auto`` takes the fastest that the hardware is built for: bf16 on CUDA cards from Ampere on
    and on CPUs with AMX tiles, fp16 on Volta and Turing, else fp32 (Pascal has no usable fp16).
    fp16 is safe: it overflows at 65504, the largest activation of ``lite`` on real frames is 73,
    and what would overflow or underflow (all of the memory) is float32. With fp32 on Ampere and
    later, convolutions use TF32, torch's default; matrix products, i.e. the memory, never do.
    """
    if wanted != "auto":
        return _DTYPES[wanted]
    if device.type == "cuda":
        return _cuda_dtype(torch.cuda.get_device_capability(device))
    if device.type == "cpu" and _has_matrix_tiles():
        return torch.bfloat16
    return torch.float32


def choose_layout(dtype: torch.dtype, device: torch.device) -> torch.memory_format:
    """Memory layout of feature maps and weights: channels-last wherever it is faster.

    cuDNN's channels-last kernels are fast on tensor cores only: in half precision, and in TF32
    from Ampere on. In fp32 on older cards they are slower (PyTorch issue 44943: 1.6 times, V100).
    """
    if device.type == "mps":
        return torch.contiguous_format  # the layout all of its kernels are written for
    if device.type != "cuda" or dtype != torch.float32:
        return torch.channels_last
    return _cuda_layout(torch.cuda.get_device_capability(device))


def place(
    network: SwemNetwork, device: torch.device, dtype: torch.dtype, layout: torch.memory_format
) -> SwemNetwork:
    """Move a network to a device, precision and memory layout; returns it."""
    return network.to(device, dtype).to(memory_format=layout)  # type: ignore[call-overload, no-any-return]


def _cuda_layout(capability: tuple[int, int]) -> torch.memory_format:
    return torch.channels_last if capability >= (8, 0) else torch.contiguous_format


def _cuda_dtype(capability: tuple[int, int]) -> torch.dtype:
    if capability >= (8, 0):
        return torch.bfloat16
    return torch.float16 if capability >= (7, 0) else torch.float32


def _has_matrix_tiles() -> bool:
    # Private in torch: where it is missing, fp32 is always correct.
    supported = getattr(torch.cpu, "_is_amx_tile_supported", None)
    return bool(supported is not None and supported())


def device_name(device: torch.device) -> str:
    """Name for display: 'NVIDIA GeForce GTX 1080 Ti' or 'CPU, 2 threads'."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    if device.type == "mps":
        return "Apple GPU"
    count = torch.get_num_threads()
    return f"CPU, {count} thread{'s' if count > 1 else ''}"


def precision_name(dtype: torch.dtype) -> str:
    """Name for display: fp32, bf16 or fp16."""
    return next(name for name, known in _DTYPES.items() if known == dtype)


def tune_process() -> None:
    """Tune this process for inference on the CPU; call it once, before the first step.

    Threads: all cores up to four; on more, two are left to capture, rendering and encoding. Never
    more than ``OMP_NUM_THREADS`` or the cores that this process is bound to: a single thread too
    many makes all of them wait for each other, ten times slower.
    """
    cores = usable_cores()
    wanted = cores if cores <= 4 else cores - 2
    torch.set_num_threads(min(wanted, _threads_allowed() or wanted))
    keep_freed_memory()


def usable_cores() -> int:
    """Number of cores this process may run on, which can be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _threads_allowed() -> int | None:
    """The limit set by ``OMP_NUM_THREADS``, if any; of nested levels ("4,2") the first."""
    given = os.environ.get("OMP_NUM_THREADS", "").split(",")[0].strip()
    return int(given) if given.isdigit() and int(given) > 0 else None


def tune_device(device: torch.device) -> None:
    """Tune torch for inference on ``device``; call it once, before the first step."""
    if device.type == "cuda":
        # No TF32 in the memory: exp(20 cos) magnifies small differences of similarities.
        torch.set_float32_matmul_precision("highest")


def synchronise(device: torch.device) -> None:
    """Wait until ``device`` has finished all work queued so far; for measuring times."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    elif device.type == "mps":
        torch.mps.synchronize()


def _best_device() -> torch.device:
    if torch.cuda.is_available() and _cuda_problem(0) is None:
        return torch.device("cuda", 0)
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")


def _cuda_problem(index: int) -> str | None:
    if not torch.cuda.is_available():
        return (
            "torch sees no CUDA card. Check the NVIDIA driver, and that torch is a CUDA build "
            "('swem-live doctor' tells), or use --device cpu."
        )
    count = torch.cuda.device_count()
    if index >= count:
        return f"There is no cuda:{index}; this machine has {count} card(s), from cuda:0 on."
    major, minor = torch.cuda.get_device_capability(index)
    built = torch.cuda.get_arch_list()
    if not _has_kernels(major, minor, built):
        return (
            f"This torch build has no kernels for the {torch.cuda.get_device_name(index)} "
            f"(sm_{major}{minor}; built for {', '.join(built)}). Choose {_build_for(major, minor)} "
            "on PyTorch's installation page, and run the command it shows with --force-reinstall."
        )
    return None


def _build_for(major: int, minor: int) -> str:
    """CUDA 13 dropped cards older than Turing; 12.6 predates Blackwell."""
    return "CUDA 12.6" if (major, minor) < (7, 5) else "the newest CUDA"


def _has_kernels(major: int, minor: int, built: list[str]) -> bool:
    """Binary kernels run on the same major version with an equal or higher minor one, PTX on any
    later card."""
    for arch in built:
        kind, _, digits = arch.partition("_")
        number = int("".join(c for c in digits if c.isdigit()) or 0)
        built_major, built_minor = divmod(number, 10)
        if kind == "sm" and built_major == major and built_minor <= minor:
            return True
        if kind == "compute" and (built_major, built_minor) <= (major, minor):
            return True
    return False
