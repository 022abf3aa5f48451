"""The formats of recordings: one table for the window, the command line and the recorder."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from app.errors import RecorderError
from app.translation import N


class Codec(StrEnum):
    """The encoder used while recording."""

    H264 = "libx264"
    QTRLE = "qtrle"
    FFV1 = "ffv1"


class Recipe(StrEnum):
    """A format that is too slow to write live, so a finished recording is converted to it."""

    PRORES = "prores4444"
    VP9 = "vp9"


@dataclass(frozen=True, slots=True)
class VideoFormat:
    """One kind of video file.

    ``id``: name on the command line. ``title``, ``note``: for people. ``recorded``: name ending of
    the file that grows; every one stays readable if the program is killed. ``suffix``: of the file
    in the end, after ``recipe``, if any, was carried out. ``alpha``: the video has transparency.
    """

    id: str
    title: str
    note: str
    codec: Codec
    recorded: str
    suffix: str
    alpha: bool = False
    recipe: Recipe | None = None


@dataclass(frozen=True, slots=True)
class Conversion:
    """A finished recording to be converted. ``source`` is deleted once ``target`` is complete."""

    source: Path
    target: Path
    recipe: Recipe


@dataclass(frozen=True, slots=True)
class DataFormat:
    """One way to save masks. ``suffix``: of the file, "" for a folder. ``tail``: ends its name."""

    id: str
    title: str
    note: str
    tail: str
    suffix: str = ""


V, D = VideoFormat, DataFormat

# fmt: off
VIDEO_FORMATS: Final[tuple[VideoFormat, ...]] = (
    V("h264-mkv", N("Formats", "H.264, Matroska"),
      N("Formats", "the view as shown; safest against crashes"), Codec.H264, ".mkv", ".mkv"),
    V("h264-mp4", N("Formats", "H.264, MP4"),
      N("Formats", "the view as shown; plays everywhere"), Codec.H264, ".mp4", ".mp4"),
    V("qtrle", N("Formats", "Alpha: QuickTime Animation"),
      N("Formats", "lossless, for video editors; large files"),
      Codec.QTRLE, ".mov", ".mov", alpha=True),
    V("ffv1", N("Formats", "Alpha: FFV1, Matroska"),
      N("Formats", "lossless, smaller; slower to write"),
      Codec.FFV1, ".mkv", ".mkv", alpha=True),
    V("prores4444", N("Formats", "Alpha: ProRes 4444"),
      N("Formats", "recorded as QuickTime Animation, converted afterwards"),
      Codec.QTRLE, ".mov", ".mov", alpha=True, recipe=Recipe.PRORES),
    V("vp9", N("Formats", "Alpha: VP9, WebM"),
      N("Formats", "for web pages; converted afterwards"),
      Codec.QTRLE, ".mov", ".webm", alpha=True, recipe=Recipe.VP9),
)
MASKS: Final = D("masks", N("Formats", "Masks (PNG)"),
                 N("Formats", "one picture per frame, DAVIS palette"), " masks")
COCO: Final = D("coco", N("Formats", "Masks (COCO JSON)"),
                N("Formats", "run-length codes, scores and times"), "", ".json")
SOFT: Final = D("soft-masks", N("Formats", "Soft masks (PNG)"),
                N("Formats", "8-bit grey per object and frame"), " soft masks")
DATA_FORMATS: Final[tuple[DataFormat, ...]] = (MASKS, COCO, SOFT)
# fmt: on


def video_format(format_id: str) -> VideoFormat:
    """The format called ``format_id``; ValueError if there is none."""
    for each in VIDEO_FORMATS:
        if each.id == format_id:
            return each
    raise ValueError(f"There is no video format {format_id!r}.")


def format_of(path: Path, *, alpha: bool = False) -> VideoFormat:
    """The first format a file of this name can have. Raises RecorderError."""
    fitting = [each for each in VIDEO_FORMATS if each.alpha == alpha]
    for each in fitting:
        if each.suffix == path.suffix.lower():
            return each
    endings = sorted({each.suffix for each in fitting})
    raise RecorderError(
        f"{path.name} is not a video name this program can write"
        f"{' with transparency' if alpha else ''}. End it with {' or '.join(endings)}."
    )
