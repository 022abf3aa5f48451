"""Telling an accelerator's errors apart, and shrinking the input when its memory is full."""

import torch

from swem_core.errors import DeviceError

_SIDES = (480, 384, 320, 240, 192, 144, 96)
_FULL = ("out of memory", "ALLOC_FAILED")  # MPS, cuDNN and cuBLAS have no exception type for it
_LOST = ("CUDA error", "cuDNN error", "CUBLAS_STATUS", "MPS backend")


def is_out_of_memory(error: RuntimeError) -> bool:
    """Whether the device's memory is full, so that a smaller input may work.

    Also if that made something else fail in turn, as ending the capture of a CUDA graph may.
    """
    link: BaseException | None = error
    while link is not None:
        text = str(link)
        if isinstance(link, torch.cuda.OutOfMemoryError) or any(sign in text for sign in _FULL):
            return True
        link = link.__context__
    return False


def is_device_failure(error: RuntimeError) -> bool:
    """Whether the device or its driver failed (unplugged, reset, a faulty kernel).

    After such an error CUDA refuses all work until the process ends.
    """
    return any(sign in str(error) for sign in _LOST)


def answer(error: RuntimeError, device: torch.device) -> None:
    """Return if a smaller input may help; else raise, as a DeviceError that says what to do if the
    device failed."""
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
    """The network input's shorter side: as requested, or less where the memory is too small."""

    def __init__(self, pixels: int) -> None:
        self._ceiling: int | None = None
        self._notice: str | None = None
        self.pixels = pixels

    @property
    def pixels(self) -> int:
        """Effective from the next frame on; stays below what did not fit into memory once."""
        return self._pixels

    @pixels.setter
    def pixels(self, wanted: int) -> None:
        if wanted < 1:
            raise ValueError(f"The shorter side is a number of pixels. Got {wanted}.")
        self._pixels = wanted if self._ceiling is None else min(wanted, self._ceiling)

    def take_notice(self) -> str | None:
        """The message for the user about a smaller size, once."""
        notice, self._notice = self._notice, None
        return notice

    def shrink(self, used: int) -> None:
        """Take the next size below ``used`` pixels. Raises DeviceError if there is none."""
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
