"""The interface of a source of frames. Sources use PyAV and files, never Qt or torch."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from app.pipeline.frames import Frame
from swem_core.types import Size


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What is known of a source once it is open.

    ``name``: for people, without credentials. ``size``: (height, width) of the first frame, after
    rotation. ``rate``: nominal frames per second, None if unknown. ``frame_count``: None for live
    sources and where the container does not say. ``is_live``: frames arrive at their own pace and
    are lost if nobody takes them. ``span``: (first, last) second on the file's clock, where the
    source is :class:`Seekable` and knows.
    """

    name: str
    size: Size
    rate: float | None
    frame_count: int | None
    is_live: bool
    span: tuple[float, float] | None = None


class Source(Protocol):
    """Thread: every method runs on the capture thread, which also closes what it opened."""

    @property
    def is_live(self) -> bool:
        """Whether unread frames are lost. Known before ``open``."""
        ...

    @property
    def name(self) -> str:
        """For people and logs; never contains credentials."""
        ...

    def open(self) -> SourceInfo:
        """Open it, from the start; may block for seconds. Raises SourceError with what to do."""
        ...

    def read(self) -> Frame | None:
        """The next frame, None at the end. Raises SourceError (live ones may be re-opened)."""
        ...

    def close(self) -> None:
        """Release everything; safe to call twice and before ``open``."""
        ...


@runtime_checkable
class StartsAnywhere(Protocol):
    """A source that need not begin at its first frame."""

    def start_at(self, seconds: float) -> None:
        """Begin with the frame whose ``Frame.file_s`` is ``seconds``; before ``open``."""
        ...


@runtime_checkable
class Seekable(Protocol):
    """A source on disk, which can be played from anywhere, and in a loop."""

    def seek(self, seconds: float) -> None:
        """Continue with the first frame at or after ``seconds`` on the file's clock, else the last.

        Index and seconds of frames keep rising. Raises SourceError if the source cannot seek; its
        position is then undefined. Thread: the capture thread.
        """
        ...

    @property
    def loops(self) -> bool:
        """Whether it starts over at its end. Thread: any."""
        ...

    def set_loop(self, loop: bool) -> None:
        """Whether to start over at the end. Thread: any."""
        ...
