"""What cameras and network streams share: arrival times, numbering, error messages."""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TypeAlias, TypeVar

import av
from av.container import InputContainer
from av.video.frame import VideoFrame

from app.errors import SourceError
from app.pipeline.frames import Frame
from app.pipeline.sources.base import SourceInfo
from app.pipeline.sources.upright import Upright
from app.pipeline.sources.video_reader import VideoReader

Opener: TypeAlias = Callable[..., InputContainer]
"""Called like ``av.open``."""

_T = TypeVar("_T")


class LiveSource(ABC):
    """Pictures dated by arrival. After a SourceError, ``open`` may be called again at any time.

    Index and seconds then restart at 0. ``patience_s``: how long data may arrive without a single
    picture in it. Thread: as for every Source, the capture thread only.
    """

    def __init__(self, name: str, patience_s: float) -> None:
        self._name = name
        self._patience_s = patience_s
        self._reader: VideoReader | None = None
        self._upright = Upright()
        self._pending: Frame | None = None
        self._count = 0
        self._first_ns: int | None = None

    @property
    def is_live(self) -> bool:
        """Always True: frames that nobody takes are lost."""
        return True

    @property
    def name(self) -> str:
        """For people and logs; without credentials."""
        return self._name

    def open(self) -> SourceInfo:
        """Connect and wait for the first picture. Raises SourceError with what to do."""
        self.close()
        container = self._attempt(self._connect)
        self._reader = VideoReader(container, self.name, live=True)
        self._upright, self._count, self._first_ns = Upright(), 0, None
        first = self._pending = self._arrive()
        height, width = first.image.shape[:2]
        return SourceInfo(self.name, (height, width), self._reader.rate, None, is_live=True)

    def read(self) -> Frame:
        """The next picture. Never ends; raises SourceError (and closes) when the source is lost."""
        frame, self._pending = self._pending, None
        return self._arrive() if frame is None else frame

    def close(self) -> None:
        """Release everything; safe to call twice and before ``open``."""
        self._pending = None
        if self._reader:
            self._reader.close()
            self._reader = None

    @abstractmethod
    def _connect(self) -> InputContainer:
        """Open the container; av.FFmpegError is explained by ``_explain``."""

    @abstractmethod
    def _explain(self, error: av.FFmpegError | None) -> str:
        """Sentences for ``error``; None: the source ended."""

    def _wait_s(self, picture: VideoFrame) -> float:
        """Seconds until ``picture`` is due, 0..1."""
        del picture
        return 0.0

    def _arrive(self) -> Frame:
        picture = self._attempt(self._decode)
        time.sleep(self._wait_s(picture))
        now = time.monotonic_ns()
        if self._first_ns is None:
            self._first_ns = now
        frame = Frame(self._count, self._upright.image(picture), (now - self._first_ns) / 1e9, now)
        self._count += 1
        return frame

    def _decode(self) -> VideoFrame:
        if self._reader is None:
            raise SourceError(f"{self.name} is not open. Open it before reading.")
        patience_ends = time.monotonic() + self._patience_s
        for step in self._reader.steps():
            if step is not None:
                return step
            if time.monotonic() > patience_ends:
                raise SourceError(
                    f"{self.name} sends no picture that can be decoded. Check that it sends video."
                )
        raise SourceError(self._explain(None))

    def _attempt(self, work: Callable[[], _T]) -> _T:
        try:
            return work()
        except SourceError:
            self.close()
            raise
        except av.FFmpegError as error:
            text = self._explain(error)
        # Raised outside the handler so that FFmpeg's error, which quotes the whole address, is
        # not chained to ours and never reaches a log.
        self.close()
        raise SourceError(text)
