"""What becomes of memory that was freed, where glibc decides it; elsewhere these do nothing."""

import ctypes
import sys
from collections.abc import Callable
from typing import Final

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8  # malloc.h
_ARENAS: Final = 2
_LARGEST_KEPT: Final = 32 << 20  # more is refused by glibc before 2.35, which then keeps nothing
_NEVER: Final = 1 << 30


def keep_freed_memory() -> None:
    """Have freed memory used again instead of returned to the system after every layer.

    Feature maps of some MB are allocated and freed a hundred times per frame; getting them anew
    from the kernel, page by page, took a third of the key encoder's time. The process then stays
    at its peak, once per arena; each new thread (a recording's, a picture's) would otherwise get
    an arena of its own, so there are few of them.
    """
    mallopt = _function("mallopt")
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, _ARENAS)
        mallopt(_M_MMAP_THRESHOLD, _LARGEST_KEPT)
        mallopt(_M_TRIM_THRESHOLD, _NEVER)


def release_freed_memory() -> None:
    """Return what is kept to the system: 10 to 60 ms, in which other threads may wait for memory.

    For whoever lets go of much for long: a recording that ended leaves its queue and its encoder,
    some hundred MB that nothing else may ever ask for. Thread: any.
    """
    trim = _function("malloc_trim")
    if trim is not None:
        trim(0)


def _function(name: str) -> "Callable[..., int] | None":
    if not sys.platform.startswith("linux"):
        return None
    found: Callable[..., int] | None = getattr(ctypes.CDLL(None), name, None)  # musl has neither
    return found
