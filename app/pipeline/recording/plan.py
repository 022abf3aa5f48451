"""What a recording consists of and where it goes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.pipeline.recording.formats import Recipe, VideoFormat, video_format
from app.pipeline.sound.base import SoundPlan


@dataclass(frozen=True, slots=True)
class RecordingPlan:
    """Where a recording goes; any part may be None, but not all.

    ``video``: the view, in .mkv or .mp4. ``masks``: folder for palette PNGs named by source frame
    index (00000.png). ``alpha``: the source's picture, transparent but for the visible objects, in
    ``alpha_format``. ``coco``: .json file. ``soft``: folder with a folder of PNGs per object.
    ``sound``: what is heard in both videos.
    """

    video: Path | None
    masks: Path | None = None
    alpha: Path | None = None
    coco: Path | None = None
    soft: Path | None = None
    sound: SoundPlan | None = None
    alpha_format: VideoFormat = field(default=video_format("qtrle"))

    @property
    def targets(self) -> Iterator[Path]:
        """All files and folders, the most important first."""
        return (p for p in (self.video, self.alpha, self.masks, self.coco, self.soft) if p)

    @property
    def wants_image(self) -> bool:
        """Whether frames need their ``image``."""
        return self.alpha is not None

    @property
    def recipe(self) -> Recipe | None:
        """What the alpha video is to be converted to after the stop."""
        return self.alpha_format.recipe if self.alpha is not None else None
