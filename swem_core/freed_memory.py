"""Tuning glibc's allocator for large, short-lived feature maps; a no-op on other C libraries."""

import ctypes
import sys
from collections.abc import Callable
from typing import Any, Final

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8  # malloc.h
_ARENAS: Final = 2
_LARGEST_KEPT: Final = 32 << 20  # glibc before 2.35 rejects a larger threshold altogether
_NEVER: Final = 1 << 30


def keep_freed_memory() -> None:
    """Make the allocator reuse freed memory instead of returning it to the system.

    Feature maps of several MB are allocated and freed a hundred times per frame; faulting them in
    from the kernel again, page by page, took a third of the key encoder's time. The price is that
    the process stays at its peak size, once per arena, so the number of arenas is limited: by
    default every new thread (recorder, picture loader) could get one of its own.
    """
    mallopt = _function("mallopt")
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, _ARENAS)
        mallopt(_M_MMAP_THRESHOLD, _LARGEST_KEPT)
        mallopt(_M_TRIM_THRESHOLD, _NEVER)


def release_freed_memory() -> None:
    """Return freed memory to the system. Takes 10 to 60 ms; other threads' allocations may wait.

    Call it after releasing much memory for good: the queue and encoder of a finished recording
    are some hundred MB that nothing else may ever need. Thread: any.
    """
    trim = _function("malloc_trim")
    if trim is not None:
        trim(0)


class _Allocated(ctypes.Structure):
    """``struct mallinfo2`` of malloc.h, of all arenas together."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
            *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
        )
    )


def memory_in_use() -> int | None:
    """Bytes that are allocated now, without what was freed and is kept; None where nobody knows.

    Only this tells a leak from a peak: what is resident hardly ever falls. Thread: any.
    """
    read = _function("mallinfo2")
    if read is None:
        return None
    read.restype = _Allocated  # type: ignore[attr-defined]
    found: Any = read()
    return int(found.uordblks + found.hblkhd)


def _function(name: str) -> "Callable[..., Any] | None":
    if not sys.platform.startswith("linux"):
        return None
    found: Callable[..., Any] | None = getattr(ctypes.CDLL(None), name, None)  # musl has none
    return found
