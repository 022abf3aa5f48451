"""The interface of a sound: samples on a clock, to be recorded with pictures.

Everything is float32 at 48 kHz in two channels; positions are sample numbers on the sound's own
clock, so that any stretch can be asked for exactly.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE: Final = 48_000
CHANNELS: Final = 2

Samples: TypeAlias = NDArray[np.float32]
"""2 x N, -1..1."""


class SoundClock(Protocol):
    """The times of a picture that place it in a sound, as ``RecordFrame`` has them."""

    @property
    def file_s(self) -> float | None: ...  # noqa: D102
    @property
    def captured_ns(self) -> int: ...  # noqa: D102


class Sound(Protocol):
    """Thread: one at a time (the recorder's)."""

    def position(self, frame: SoundClock) -> float | None:
        """Seconds on the sound's clock that belong to a frame; None if nothing does."""
        ...

    def read(self, start: int, count: int) -> Samples:
        """``count`` samples from ``start`` on; silence where there are none. Never raises."""
        ...

    def ready(self, end: int) -> bool:
        """Whether no more samples before number ``end`` are to be expected."""
        ...

    @property
    def level(self) -> float | None:
        """Present peak level, 0..1 of full scale; None for a sound that is not live."""
        ...

    def close(self) -> None:
        """Release the file or device; safe to call twice."""
        ...


@dataclass(frozen=True, slots=True)
class SourceSound:
    """The sound of whatever is being played; nothing where it has none (a camera)."""


@dataclass(frozen=True, slots=True)
class FileSoundPlan:
    """The first sound track of a file."""

    path: Path


@dataclass(frozen=True, slots=True)
class Microphone:
    """A sound input of this computer. ``id``: KIND:NAME, for a program. ``name``: for people."""

    id: str
    name: str


SoundPlan: TypeAlias = SourceSound | FileSoundPlan | Microphone
