"""Encoding pictures into a video file that survives a crash and keeps real timestamps."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import av
import numpy as np
from av.container import OutputContainer
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, VideoReformatter
from av.video.stream import VideoStream
from numpy.typing import NDArray

from app.errors import RecorderError
from app.pipeline.disk import explain, make_folder
from swem_core.types import Size

_TIME_BASE: Final = Fraction(1, 1000)
_KEYFRAME_EVERY: Final = 60  # frames: seeking stays quick
_THREADS: Final = 2  # the encoder shares the machine with the network
# A short lookahead holds few pictures back: that much memory, and that much lost in a crash
_X264: Final = {"preset": "veryfast", "x264-params": "rc-lookahead=8:sync-lookahead=0"}


@dataclass(frozen=True, slots=True)
class _Muxer:
    """An FFmpeg container format, told to put at most half a second of video at risk."""

    name: str
    options: Mapping[str, str]


_MUXERS: Final = {
    ".mkv": _Muxer("matroska", {"cluster_time_limit": "500", "flush_packets": "1"}),
    ".mp4": _Muxer(
        "mp4",
        {
            "movflags": "empty_moov+default_base_moof+frag_keyframe",
            "frag_duration": "500000",
            "flush_packets": "1",
            "video_track_timescale": str(_TIME_BASE.denominator),
        },
    ),
}


class VideoWriter:
    """H.264 in Matroska (``.mkv``) or fragmented MP4 (``.mp4``), written as it goes.

    A killed program leaves a file that plays up to about the last second. An existing file is
    never overwritten; one without any picture is removed on close. Raises RecorderError, after
    which ``close`` still saves what can be saved. Thread: one at a time.
    """

    def __init__(self, path: Path, *, crf: int = 20, nominal_fps: int = 30) -> None:
        """Create the file, and its folder where missing.

        ``crf``: x264 quality, 0 (lossless) to 51. ``nominal_fps``: written into the header for
        programs that ask; pictures carry their own times.
        """
        muxer = _MUXERS.get(path.suffix.lower())
        if muxer is None:
            raise RecorderError(
                f"{path.name} is not a video name this program can write. "
                f"End it with {' or '.join(_MUXERS)}."
            )
        self._path = path
        self._crf = crf
        self._fps = nominal_fps
        self._size: Size | None = None
        self._stream: VideoStream | None = None
        self._converter = VideoReformatter()
        self._origin = 0.0
        self._last_pts = -1
        self._frames = 0
        self._skipped = 0
        self._container: OutputContainer | None = None
        self._created = self._create_file()
        try:
            # "file:" so that a colon in the name is not taken for a protocol
            self._container = av.open(
                f"file:{path}", "w", format=muxer.name, options=dict(muxer.options)
            )
        except (av.FFmpegError, OSError) as error:
            self._remove_empty()
            raise RecorderError(explain(error, path)) from error

    @property
    def path(self) -> Path:
        """The file that is written."""
        return self._path

    @property
    def size(self) -> Size | None:
        """(height, width) of the pictures; None before the first."""
        return self._size

    @property
    def frames(self) -> int:
        """Pictures written."""
        return self._frames

    @property
    def skipped(self) -> int:
        """Pictures left out because their time was not after the one before."""
        return self._skipped

    @property
    def seconds(self) -> float:
        """Time from the first written picture to the last."""
        return max(self._last_pts, 0) / _TIME_BASE.denominator

    def write(self, picture: NDArray[np.uint8], seconds: float) -> bool:
        """Append one picture; False (and counted) if its time is not after the last one's.

        ``picture``: HxWx4 uint8 BGRA, all of one size; a missing last row or column to an even
        size is repeated from the edge. ``seconds``: any origin, kept to the millisecond.
        """
        if self._container is None:
            raise ValueError("The video is closed.")
        if picture.ndim != 3 or picture.shape[2] != 4 or picture.dtype != np.uint8:
            raise ValueError(f"Expected HxWx4 uint8. Got {picture.dtype} of {picture.shape}.")
        if self._size is not None and picture.shape[:2] != self._size:
            raise ValueError(f"Expected a picture of {self._size}. Got {picture.shape[:2]}.")
        if self._size is None:
            self._origin = seconds
        pts = round((seconds - self._origin) * _TIME_BASE.denominator)
        if pts <= self._last_pts:
            self._skipped += 1
            return False
        even = _padded_to_even(picture)
        try:
            stream = self._stream or self._add_stream(self._container, even)
            self._container.mux(stream.encode(self._converted(even, pts)))
        except (av.FFmpegError, OSError) as error:
            raise RecorderError(explain(error, self._path)) from error
        self._size = picture.shape[:2]
        self._last_pts = pts
        self._frames += 1
        return True

    def close(self) -> None:
        """Write what is held back, complete the file and close it. Repeated calls do nothing."""
        container, self._container = self._container, None
        stream, self._stream = self._stream, None
        if container is None:
            return
        try:
            try:
                if stream is not None:
                    container.mux(stream.encode(None))
            finally:
                container.close()
        except (av.FFmpegError, OSError) as error:
            raise RecorderError(explain(error, self._path)) from error
        finally:
            if self._frames == 0:
                self._remove_empty()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _create_file(self) -> bool:
        """Claim the name; False where it stands for a device, which is written to as it is."""
        make_folder(self._path.parent)
        try:
            if self._path.exists() and not (self._path.is_file() or self._path.is_dir()):
                return False
            self._path.open("xb").close()
        except OSError as error:
            raise RecorderError(explain(error, self._path)) from error
        return True

    def _remove_empty(self) -> None:
        if self._created:
            self._path.unlink(missing_ok=True)

    def _add_stream(self, container: OutputContainer, picture: NDArray[np.uint8]) -> VideoStream:
        stream = container.add_stream(
            "libx264", rate=self._fps, options={**_X264, "crf": str(self._crf)}
        )
        codec = stream.codec_context
        codec.height, codec.width = picture.shape[:2]
        codec.pix_fmt = "yuv420p"
        codec.time_base = _TIME_BASE
        codec.gop_size = _KEYFRAME_EVERY
        codec.max_b_frames = 0
        codec.thread_count = _THREADS
        codec.colorspace = Colorspace.ITU709
        codec.color_range = ColorRange.MPEG
        codec.color_primaries = ColorPrimaries.BT709
        codec.color_trc = ColorTrc.BT709
        self._stream = stream
        return stream

    def _converted(self, picture: NDArray[np.uint8], pts: int) -> av.VideoFrame:
        # threads=1: the conversion is cheap, and one pool of threads per file is not
        frame = self._converter.reformat(
            av.VideoFrame.from_numpy_buffer(picture, format="bgra"),
            format="yuv420p",
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.MPEG,
            threads=1,
        )
        frame.pts = pts
        frame.time_base = _TIME_BASE
        return frame


def _padded_to_even(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """HxWx4 -> the same, C-contiguous, with even H and W: yuv420p halves both for its colours."""
    height, width = picture.shape[:2]
    if height % 2 or width % 2:
        picture = np.pad(picture, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    return np.ascontiguousarray(picture)
