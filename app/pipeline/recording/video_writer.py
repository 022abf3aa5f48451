"""Writes a video file that survives a crash and keeps the pictures' own timestamps."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import av
import numpy as np
from av.container import OutputContainer
from numpy.typing import NDArray

from app.errors import RecorderError
from app.pipeline.disk import explain, make_folder
from app.pipeline.recording.formats import Codec
from app.pipeline.recording.picture_encoder import CRF, TIME_BASE, PictureEncoder
from app.pipeline.recording.sound_track import SoundPackets, SoundTrack
from app.pipeline.sound.base import Sound, SoundClock
from swem_core.types import Size


@dataclass(frozen=True, slots=True)
class _Muxer:
    """An FFmpeg container format, told to put at most half a second of video at risk.

    ``sound``: the codec of its sound. ``sound_from_zero``: packets before 0, in which AAC encoders
    wind themselves up, may not be written: a fragmented file would be late by them.
    """

    name: str
    options: Mapping[str, str]
    sound: str
    sound_from_zero: bool = False


# In fragments while it grows, so that a killed program leaves it readable; a plain file once closed
_FRAGMENTS: Final = {
    "movflags": "+hybrid_fragmented",
    "frag_duration": "500000",
    "flush_packets": "1",
    "video_track_timescale": str(TIME_BASE.denominator),
}
_CLUSTERS: Final = {"cluster_time_limit": "500", "flush_packets": "1"}
_MUXERS: Final = {
    ".mkv": _Muxer("matroska", _CLUSTERS, "aac"),
    ".mp4": _Muxer("mp4", _FRAGMENTS, "aac", sound_from_zero=True),
    ".mov": _Muxer("mov", _FRAGMENTS, "pcm_s16le"),
}


class VideoWriter:
    """Pictures and their sound in Matroska (``.mkv``), MP4 or QuickTime (``.mov``) as they come.

    A killed program leaves a file that plays up to about the last second. An existing file is
    never overwritten; one without any picture is removed on close. Raises RecorderError, after
    which ``close`` still saves what can be saved. Thread: one at a time.
    """

    def __init__(
        self,
        path: Path,
        codec: Codec = Codec.H264,
        *,
        crf: int = CRF,
        sound: Sound | None = None,
    ) -> None:
        """Create the file, and its folder where missing.

        ``crf``: quality of H.264, 0 (lossless) to 51. ``sound``: belongs to the pictures; it is
        read, not closed.
        """
        muxer = _MUXERS.get(path.suffix.lower())
        if muxer is None:
            raise RecorderError(
                f"{path.name} is not a video name this program can write. "
                f"End it with {' or '.join(_MUXERS)}."
            )
        self._path = path
        self._muxer = muxer
        self._codec = codec
        self._crf = crf
        self._sound = sound
        self._size: Size | None = None
        self._encoder: PictureEncoder | None = None
        self._track: SoundTrack | None = None
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
        return max(self._last_pts, 0) / TIME_BASE.denominator

    def write(
        self, picture: NDArray[np.uint8], seconds: float, clock: SoundClock | None = None
    ) -> bool:
        """Append one picture; False (and counted) if its time is not after the last one's.

        ``picture``: HxWx4 uint8 BGRA, all of one size; for H.264 a missing last row or column to an
        even size is repeated from the edge. ``seconds``: any origin, kept to the millisecond.
        ``clock``: tells which sound belongs to it.
        """
        if self._container is None:
            raise ValueError("The video is closed.")
        if picture.ndim != 3 or picture.shape[2] != 4 or picture.dtype != np.uint8:
            raise ValueError(f"Expected HxWx4 uint8. Got {picture.dtype} of {picture.shape}.")
        if self._size is not None and picture.shape[:2] != self._size:
            raise ValueError(f"Expected a picture of {self._size}. Got {picture.shape[:2]}.")
        if self._size is None:
            self._origin = seconds
        pts = round((seconds - self._origin) * TIME_BASE.denominator)
        if pts <= self._last_pts:
            self._skipped += 1
            return False
        try:
            encoder = self._encoder or self._begin(self._container, picture)
            if self._track is not None and clock is not None:
                self._track.advance(clock, pts / TIME_BASE.denominator)
            self._container.mux(encoder.encode(picture, pts))
        except (av.FFmpegError, OSError) as error:
            raise RecorderError(explain(error, self._path)) from error
        self._size = picture.shape[:2]
        self._last_pts = pts
        self._frames += 1
        return True

    def close(self) -> None:
        """Flush the encoders and complete the file. Repeated calls do nothing."""
        container = self._container
        if container is None:
            return
        try:
            try:
                if self._encoder is not None:
                    container.mux(self._encoder.flush())
                if self._track is not None:
                    self._track.finish()
            finally:
                self._container = self._encoder = self._track = None
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

    def _begin(self, container: OutputContainer, picture: NDArray[np.uint8]) -> PictureEncoder:
        """Add the streams; all of them, since the first packet completes the header."""
        self._encoder = PictureEncoder(container, self._codec, picture, self._crf)
        if self._sound is not None:
            self._track = SoundTrack(container, self._muxer.sound, self._sound, self._mux_sound)
        return self._encoder

    def _mux_sound(self, packets: SoundPackets) -> None:
        if self._container is not None:
            late = self._muxer.sound_from_zero
            self._container.mux([p for p in packets if not late or (p.pts or 0) >= 0])
