"""What an accelerator's errors mean, and which size to go on with when its memory is full."""

import torch

from swem_core.errors import DeviceError

_SIDES = (480, 384, 320, 240, 192, 144, 96)
_FULL = ("out of memory", "ALLOC_FAILED")  # MPS, and cuDNN and cuBLAS, have no type for it
_LOST = ("CUDA error", "cuDNN error", "CUBLAS_STATUS", "MPS backend")


def is_out_of_memory(error: RuntimeError) -> bool:
    """The device's memory is full; with less to do it would work."""
    text = str(error)
    return isinstance(error, torch.cuda.OutOfMemoryError) or any(sign in text for sign in _FULL)


def is_device_failure(error: RuntimeError) -> bool:
    """The device or its driver failed (unplugged, reset, a faulty kernel), not this program.

    After such an error CUDA refuses all work until the process ends.
    """
    return any(sign in str(error) for sign in _LOST)


def answer(error: RuntimeError, device: torch.device) -> None:
    """Return if there is another way to go on: less work. Else raise, with what to do if known."""
    if is_out_of_memory(error):
        return
    if is_device_failure(error):
        reason = str(error).strip().partition("\n")[0]
        raise DeviceError(
            f"The device {device} stopped working ({reason}). Start swem-live again; if that does "
            "not help, restart the machine or use --device cpu."
        ) from error
    raise error


class WorkingSide:
    """The shorter side of what the network sees: what is asked for, or less if memory is short."""

    def __init__(self, pixels: int) -> None:
        self._ceiling: int | None = None
        self._notice: str | None = None
        self.pixels = pixels

    @property
    def pixels(self) -> int:
        """In force from the next frame on; never above what the memory once was too small for."""
        return self._pixels

    @pixels.setter
    def pixels(self, wanted: int) -> None:
        if wanted < 1:
            raise ValueError(f"The shorter side is a number of pixels. Got {wanted}.")
        self._pixels = wanted if self._ceiling is None else min(wanted, self._ceiling)

    def take_notice(self) -> str | None:
        """What to tell the person, once."""
        notice, self._notice = self._notice, None
        return notice

    def shrink(self, used: int) -> None:
        """Go below ``used`` pixels, which were too many. Raises DeviceError if nothing is left."""
        smaller = next((side for side in _SIDES if side < used), None)
        if smaller is None:
            raise DeviceError(
                f"The device's memory is full, even at {used} pixels. Close other programs that "
                "use it, track fewer objects, or use --device cpu."
            )
        self._ceiling = self._pixels = smaller
        self._notice = (
            f"The device's memory is full. Tracking goes on with {smaller} pixels at the shorter "
            "side. For more, close other programs that use it and start again."
        )
