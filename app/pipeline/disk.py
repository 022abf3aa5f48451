"""What writing to a disk needs: room, a name that is free, and words for what went wrong."""

import errno
import itertools
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

from app.errors import RecorderError

WARN_BYTES: Final = 1024**3
STOP_BYTES: Final = 200 * 1024**2
_CHECK_EVERY_S: Final = 1.0

FreeSpace: TypeAlias = Callable[[Path], int]
"""Bytes free on the disk that holds an existing folder. May raise OSError."""

_CAUSES: Final = {
    errno.ENOSPC: "the disk is full. Free some space or choose a folder on another disk.",
    errno.EDQUOT: "your quota on this disk is used up. Free some space or choose another folder.",
    errno.EFBIG: "it has reached the largest size this disk allows. Start another recording.",
    errno.EACCES: "this folder may not be written to. Choose another folder.",
    errno.EPERM: "this folder may not be written to. Choose another folder.",
    errno.EROFS: "this disk is read-only. Choose a folder on another disk.",
    errno.ENOTDIR: "a part of its folder's name is a file. Choose another folder.",
    errno.EISDIR: "there is a folder of that name. Choose another name.",
    errno.EEXIST: "it already exists. Choose another name.",
    errno.ENAMETOOLONG: "the name is too long. Choose a shorter one.",
}


def free_space(folder: Path) -> int:
    """The usual :data:`FreeSpace`."""
    return shutil.disk_usage(folder).free


def explain(error: Exception, path: Path) -> str:
    """Why ``path`` cannot be written, and what to do, in words for the person."""
    number = error.errno if isinstance(error, OSError) else None
    detail = error.strerror if isinstance(error, OSError) else None
    cause = _CAUSES.get(number or 0, f"{detail or error}. Try another folder or name.")
    return f"{path} cannot be written: {cause}"


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, where missing. Raises RecorderError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise RecorderError(f"{folder} is a file, not a folder. Choose another folder.") from None
    except OSError as error:
        raise RecorderError(explain(error, folder)) from error


def free_path(path: Path) -> Path:
    """``path`` if nothing has that name, else "name (2).mkv", "name (3).mkv" and so on."""
    # the end of a folder's name like "20.15.03 masks" is no file name extension
    suffix = path.suffix if path.suffix[1:].isidentifier() else ""
    stem = path.name.removesuffix(suffix)
    others = (path.with_name(f"{stem} ({n}){suffix}") for n in itertools.count(2))
    return next(p for p in itertools.chain([path], others) if not os.path.lexists(p))


class DiskWatch:
    """Looks at a folder's disk at most once a second. Thread: the one that writes there."""

    def __init__(
        self,
        folder: Path,
        free: FreeSpace = free_space,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder = folder
        self._free = free
        self._clock = clock
        self._next_check = clock()
        self._warned = False
        self._free_bytes: int | None = None

    @property
    def free(self) -> int | None:
        """Bytes that may still be written, as of the last look; None if the disk cannot tell."""
        return self._free_bytes

    def check(self) -> str | None:
        """A warning when space gets short (once), else None. RecorderError when it is too late."""
        now = self._clock()
        if now < self._next_check:
            return None
        self._next_check = now + _CHECK_EVERY_S
        try:
            free = self._free(self._folder)
        except OSError:
            self._free_bytes = None
            return None  # some network disks cannot tell; writing will
        self._free_bytes = max(0, free - STOP_BYTES)
        if free < STOP_BYTES:
            raise RecorderError(
                f"Recording ended because the disk is nearly full: {_mib(free)} MiB left. "
                "Free some space or choose a folder on another disk."
            )
        if free >= WARN_BYTES or self._warned:
            return None
        self._warned = True
        return (
            f"The disk is getting full: {_mib(free)} MiB left. Recording ends by itself "
            f"at {_mib(STOP_BYTES)} MiB."
        )


def _mib(count: int) -> int:
    return count // 1024**2
