"""How much memory this process has held at most."""

import sys
from typing import Final

_MIB: Final = 2**20


def peak_mib() -> float:
    """The largest resident size so far, MiB."""
    if sys.platform == "win32":
        import psutil

        return float(psutil.Process().memory_info().peak_wset) / _MIB
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (_MIB if sys.platform == "darwin" else 1024)  # bytes on macOS, else KiB
