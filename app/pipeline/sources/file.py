"""Video files: every frame, in order, with the file's own timestamps."""

import time
from fractions import Fraction
from pathlib import Path

import av
from av.video.frame import VideoFrame

from app.errors import SourceError
from app.pipeline.frames import Frame
from app.pipeline.sources.base import SourceInfo
from app.pipeline.sources.disk import DiskSource
from app.pipeline.sources.timeline import Timeline
from app.pipeline.sources.upright import Upright
from app.pipeline.sources.video_reader import LIMITS, MAX_PIXELS, VideoReader

_SAME_S = 0.0005  # containers round timestamps, to milliseconds at worst
_DEFAULT_RATE = 30.0  # where a file neither tells its rate nor dates its frames


class FileSource(DiskSource):
    """A video file. Damaged stretches are skipped; a file that was cut off ends where it was cut.

    ``loop`` starts over at the end, for ever; index and seconds go on rising.
    Thread: as for every Source, the capture thread only.
    """

    def __init__(self, path: Path, *, loop: bool = False) -> None:
        super().__init__(loop=loop)
        self._path = path
        self._reader: VideoReader | None = None
        self._upright = Upright()
        self._pending: Frame | None = None
        self._timeline = Timeline(1 / _DEFAULT_RATE)
        self._count = 0
        self._skipped = 0
        self._start_s: float | None = None

    def start_at(self, seconds: float) -> None:
        """Begin with the picture ``seconds`` on the file's own clock, or the first one where there
        is none that late; before ``open``."""
        self._start_s = seconds

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self._path.name

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    @property
    def skipped(self) -> int:
        """Damaged packets left out since ``open``."""
        return self._skipped + (self._reader.skipped if self._reader else 0)

    def open(self) -> SourceInfo:
        """Start at the first frame. Raises SourceError unless at least one frame can be decoded."""
        self.close()
        reader = self._start()
        self._timeline = Timeline(1 / (reader.rate or _DEFAULT_RATE))
        self._upright = Upright()
        self._count = self._skipped = 0
        span = reader.span
        first = self._pending = self._begin(reader)
        if first is None:
            self.close()
            raise SourceError(
                f"No picture in {self.name} can be decoded: it is empty or damaged, or its "
                f"pictures are larger than {MAX_PIXELS // 1_000_000} megapixels. "
                "Try whether another player shows it, or copy it again."
            )
        height, width = first.image.shape[:2]
        count = None if self._loop else reader.frame_count
        size = (height, width)
        return SourceInfo(self.name, size, reader.rate, count, is_live=False, span=span)

    def read(self) -> Frame | None:
        """The next frame, None at the end (never with ``loop``)."""
        frame, self._pending = self._pending, None
        if frame is None:
            frame = self._next()
        if frame is None and self._loop:
            self._start()
            self._timeline.restart()
            frame = self._next()
            if frame is None:
                raise SourceError(
                    f"{self.name} cannot be read again from its start. Is it damaged?"
                )
        return frame

    def seek(self, seconds: float) -> None:
        """See :class:`app.pipeline.sources.base.Seekable`; exact to the frame."""
        reader = self._reader or self._start()
        if not reader.seek(seconds):
            raise SourceError(f"{self.name} can only be played from its start.")
        self._timeline.restart()
        last = picture = self._decode()
        while picture is not None and (stamp := _stamp(picture)) is not None:
            last = picture
            if stamp >= seconds - _SAME_S:
                break
            picture = self._decode()
        self._pending = self._frame(last) if last is not None else None

    def close(self) -> None:
        """Release the file; safe to call twice and before ``open``."""
        self._pending = None
        if self._reader:
            self._skipped += self._reader.skipped
            self._reader.close()
            self._reader = None

    def _begin(self, reader: VideoReader) -> Frame | None:
        """The picture to start with."""
        if self._start_s is None:
            return self._next()
        if reader.seek(self._start_s):
            while (picture := self._decode()) is not None:
                stamp = _stamp(picture)
                if stamp is not None and stamp >= self._start_s - _SAME_S:
                    return self._frame(picture)
        self._start()
        return self._next()

    def _start(self) -> VideoReader:
        self.close()
        try:
            if self._path.is_dir():
                raise SourceError(f"{self.name} is a folder. Choose one of the files in it.")
            if not self._path.is_file():
                raise SourceError(f"There is no file {self.name} here. Check its name and folder.")
            # Absolute, because FFmpeg takes "a:b.mp4" for an address.
            address = str(self._path.absolute())
            container = av.open(address, options=LIMITS, metadata_errors="replace")
        except av.FFmpegError as error:
            raise SourceError(self._explain(error)) from error
        except OSError as error:  # is_dir() and is_file(), in a folder that is closed to us
            raise SourceError(f"{self.name} cannot be reached ({error.strerror}).") from error
        self._reader = VideoReader(container, self.name, live=False)
        return self._reader

    def _next(self) -> Frame | None:
        picture = self._decode()
        return self._frame(picture) if picture is not None else None

    def _decode(self) -> VideoFrame | None:
        if self._reader is None:
            raise SourceError(f"{self.name} is not open. Open it before reading.")
        try:
            return next((step for step in self._reader.steps() if step is not None), None)
        except av.FFmpegError as error:
            raise SourceError(
                f"{self.name} cannot be read any further ({error.strerror}). "
                "Check that its disk or network drive is still connected."
            ) from error

    def _frame(self, picture: VideoFrame) -> Frame:
        stamp = _stamp(picture)
        seconds = self._timeline.place(stamp)
        image, file_s = self._upright.image(picture), float(stamp) if stamp is not None else None
        frame = Frame(self._count, image, seconds, time.monotonic_ns(), file_s)
        self._count += 1
        return frame

    def _explain(self, error: av.FFmpegError) -> str:
        if isinstance(error, av.error.PermissionError):
            return f"{self.name} may not be read by you. Change its permissions or copy it."
        if isinstance(error, av.error.InvalidDataError):
            return (
                f"{self.name} is not a video this program can read, or a recording that was "
                "never finished. Try whether another player shows it."
            )
        return f"{self.name} cannot be opened ({error.strerror}). Check the disk it is on."


def _stamp(picture: VideoFrame) -> Fraction | None:
    ticks = picture.pts if picture.pts is not None else picture.dts
    return ticks * picture.time_base if ticks is not None and picture.time_base else None
