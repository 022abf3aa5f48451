"""Works around faults of particular versions of PySide6."""

import ctypes
import sys

_PLENTY = 1 << 60


def keep_singletons_alive() -> None:
    """Make None, True, False and NotImplemented immortal, as Python itself does from 3.12 on.

    PySide6 6.12.0 takes that for granted also below: each call that returns None costs one
    reference to None, and after some ten thousand calls Python 3.11 aborts with "none_dealloc:
    deallocating None". More references than can ever be lost cure it and harm nothing else.
    """
    if sys.version_info < (3, 12) and sys.implementation.name == "cpython":
        for singleton in (None, True, False, NotImplemented):
            count = ctypes.c_ssize_t.from_address(id(singleton))
            if count.value < _PLENTY:
                count.value += _PLENTY
