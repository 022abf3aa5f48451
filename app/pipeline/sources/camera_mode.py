"""What size and rate can be asked of a camera."""

import re
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from swem_core.types import Size


@dataclass(frozen=True, slots=True)
class CameraMode:
    """``size`` (height, width) and ``rate`` (frames per second) to ask for; None: the camera's."""

    size: Size | None = None
    rate: float | None = None

    def to_text(self) -> str:
        """``1280x720@30``, for the settings; either half may be missing."""
        size = "{1}x{0}".format(*self.size) if self.size else ""
        return f"{size}@{self.rate:g}" if self.rate else size

    @classmethod
    def from_text(cls, text: str) -> "CameraMode":
        """The mode that :meth:`to_text` wrote; the camera's own for any other text."""
        found = re.fullmatch(r"(?:([0-9]{2,5})x([0-9]{2,5}))?(?:@([0-9]{1,3}(?:\.[0-9]+)?))?", text)
        if found is None:
            return cls()
        size = (int(found[2]), int(found[1])) if found[1] else None
        return cls(size, float(found[3]) or None if found[3] else None)


@runtime_checkable
class HasModes(Protocol):
    """A camera: size and rate of its picture can be chosen before it is opened."""

    @property
    def device_id(self) -> str:
        """The text by which ``open_source`` finds it again."""
        ...

    @property
    def mode(self) -> CameraMode:
        """What was asked for, which the camera need not grant."""
        ...

    def sizes(self) -> tuple[Size, ...]:
        """(height, width) it offers. Thread: any but the GUI's; may take a second."""
        ...
