"""Converts a finished recording to a format that is too slow to write live."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final, TypeAlias

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter
from av.video.stream import VideoStream

from app.errors import RecorderError
from app.pipeline.disk import explain
from app.pipeline.recording.formats import Conversion, Recipe
from app.pipeline.recording.picture_encoder import TIME_BASE

Progress: TypeAlias = Callable[[float], None]
"""Called with the share done, 0..1, on the converting thread."""

_SOUND_RATE: Final = 48_000


@dataclass(frozen=True, slots=True)
class _Recipe:
    container: str
    codec: str
    pixels: str
    sound: str
    options: Mapping[str, str]
    muxing: Mapping[str, str]


_RECIPES: Final[Mapping[Recipe, _Recipe]] = {
    Recipe.PRORES: _Recipe(
        "mov",
        "prores_ks",
        "yuva444p10le",
        "pcm_s16le",
        {"profile": "4444", "alpha_bits": "16", "vendor": "apl0"},
        {"video_track_timescale": str(TIME_BASE.denominator)},
    ),
    Recipe.VP9: _Recipe(
        "webm",
        "libvpx-vp9",
        "yuva420p",
        "libopus",
        # Alternate reference frames and transparency exclude each other in VP9.
        {
            **{"deadline": "good", "cpu-used": "5", "row-mt": "1", "auto-alt-ref": "0"},
            **{"crf": "18", "b": "0"},
        },
        {},
    ),
}


def convert(
    conversion: Conversion, progress: Progress, cancelled: Callable[[], bool] = lambda: False
) -> bool:
    """Make ``target`` of ``source`` and delete the latter; False if ``cancelled`` said so.

    Times and transparency are kept, and the sound. Until the target is complete, the source stays
    and the target's name does not exist. Raises RecorderError. Thread: any; takes long.
    """
    target = conversion.target
    growing = target.with_name(f".{target.stem} converting{target.suffix}")
    try:
        with av.open(f"file:{conversion.source}") as source:
            complete = _run(source, growing, _RECIPES[conversion.recipe], progress, cancelled)
        if complete:
            growing.replace(target)
            conversion.source.unlink()
    except (av.FFmpegError, OSError) as error:
        raise RecorderError(
            f"{explain(error, target)} The recording is kept as {conversion.source.name}."
        ) from error
    finally:
        growing.unlink(missing_ok=True)
    return complete


def _run(
    source: InputContainer,
    path: Path,
    recipe: _Recipe,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> bool:
    duration = (source.duration or 0) / av.time_base
    options = dict(recipe.muxing)
    with av.open(f"file:{path}", "w", format=recipe.container, options=options) as out:
        pictures = _Pictures(out, source.streams.video[0], recipe)
        sound = _Sound(out, recipe) if source.streams.audio else None
        for frame in source.decode(*source.streams.video, *source.streams.audio):
            if cancelled():
                return False
            if isinstance(frame, VideoFrame):
                pictures.add(frame)
                if duration and frame.time is not None:
                    progress(min(frame.time / duration, 1.0))
            elif isinstance(frame, AudioFrame) and sound is not None:
                sound.add(frame)
        pictures.finish()
        if sound is not None:
            sound.finish()
    progress(1.0)
    return True


class _Pictures:
    def __init__(self, out: OutputContainer, source: VideoStream, recipe: _Recipe) -> None:
        stream = out.add_stream(recipe.codec, rate=30, options=dict(recipe.options))
        assert isinstance(stream, VideoStream)
        context = stream.codec_context
        context.width, context.height = source.codec_context.width, source.codec_context.height
        context.pix_fmt, context.time_base = recipe.pixels, TIME_BASE
        context.colorspace, context.color_range = Colorspace.ITU709, ColorRange.MPEG
        context.thread_count = 0  # as many as there are processors: nothing else runs, or waits
        stream.metadata["alpha_mode"] = "1"
        self._out, self._stream, self._pixels = out, stream, recipe.pixels
        self._converter = VideoReformatter()

    def add(self, frame: VideoFrame) -> None:
        """Encode one picture at its own time."""
        converted = self._converter.reformat(
            frame,
            format=self._pixels,
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.MPEG,
            threads=1,
        )
        assert frame.pts is not None and frame.time_base is not None
        converted.pts = round(frame.pts * frame.time_base / TIME_BASE)
        converted.time_base = TIME_BASE
        self._out.mux(self._stream.encode(converted))

    def finish(self) -> None:
        """Flush."""
        self._out.mux(self._stream.encode(None))


class _Sound:
    def __init__(self, out: OutputContainer, recipe: _Recipe) -> None:
        stream = out.add_stream(recipe.sound, rate=_SOUND_RATE, layout="stereo")
        assert isinstance(stream, AudioStream)
        self._out, self._stream = out, stream
        self._resampler = av.AudioResampler(stream.format.name, "stereo", _SOUND_RATE)

    def add(self, frame: AudioFrame) -> None:
        """Encode a piece of sound at its own time."""
        for part in self._resampler.resample(frame):
            part.time_base = part.time_base or Fraction(1, _SOUND_RATE)
            self._out.mux(self._stream.encode(part))

    def finish(self) -> None:
        """Flush."""
        self._out.mux(self._stream.encode(None))
