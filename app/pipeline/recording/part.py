"""A part of a recording: its videos from one change of picture size, or split, to the next."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.pipeline.recording.formats import Codec, Conversion
from app.pipeline.recording.plan import RecordingPlan
from app.pipeline.recording.shot import Shot
from app.pipeline.recording.targets import VideoTarget
from app.pipeline.sound.base import Sound


@dataclass(frozen=True, slots=True)
class PartPaths:
    """Where the videos of a part go. ``raw``: the alpha video as recorded, before conversion."""

    video: Path | None
    alpha: Path | None
    raw: Path | None


def part_paths(plan: RecordingPlan, number: int, free: Callable[[Path], Path]) -> PartPaths:
    """Paths of part ``number`` (from 1): "name part2.mkv"; ``free`` finds a name not in use."""

    def numbered(path: Path | None) -> Path | None:
        if path is None:
            return None
        return free(path if number == 1 else path.with_stem(f"{path.stem} part{number}"))

    video, alpha = numbered(plan.video), numbered(plan.alpha)
    raw = alpha
    if alpha is not None and plan.recipe is not None:
        raw = free(alpha.with_name(f"{alpha.stem} recorded{plan.alpha_format.recorded}"))
    return PartPaths(video, alpha, raw)


@dataclass(slots=True)
class Part:
    """The open videos of a part, and what has been written to them. Thread: the recorder's.

    ``path``: the first file. ``dropped_before``: frames the recording had lost when it began.
    """

    path: Path
    dropped_before: int = 0
    videos: list[VideoTarget] = field(default_factory=list)
    conversion: Conversion | None = None
    frames: int = 0
    first_s: float = 0.0
    last_s: float = 0.0

    @property
    def seconds(self) -> float:
        """Source time from the first picture to the last."""
        return self.last_s - self.first_s

    @property
    def bytes(self) -> int:
        """Size of the videos."""
        return sum(video.bytes for video in self.videos)

    def open(self, plan: RecordingPlan, paths: PartPaths, sound: Sound | None) -> None:
        """Create the videos. Raises RecorderError."""
        if paths.video is not None:
            picture = VideoTarget(paths.video, Codec.H264, lambda s: s.opaque, sound)
            self.videos.append(picture)
        if paths.alpha is not None and paths.raw is not None:
            codec = plan.alpha_format.codec
            self.videos.append(VideoTarget(paths.raw, codec, lambda s: s.cutout, sound))
            if plan.recipe is not None:
                self.conversion = Conversion(paths.raw, paths.alpha, plan.recipe)

    def ends_before(self, shot: Shot) -> bool:
        """Whether ``shot`` must go into the next part: it is split there, or has another size."""
        if not self.videos or self.frames == 0:
            return False
        return shot.frame.splits or not all(video.fits(shot) for video in self.videos)

    def write(self, shot: Shot) -> bool:
        """Append to all videos; True if any of them took it."""
        return any([video.write(shot) for video in self.videos])

    def count(self, seconds: float) -> None:
        """Count a frame that was written, at ``seconds`` of source time."""
        if self.frames == 0:
            self.first_s = seconds
        self.last_s = seconds
        self.frames += 1
