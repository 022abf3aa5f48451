"""What is asked of the recorder."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.pipeline.effects.cutout import on_black
from app.pipeline.effects.picture import opaque
from app.pipeline.placement import Placement
from app.pipeline.recording.formats import Recipe, VideoFormat, video_format
from app.pipeline.sound.source import SoundPlan
from app.pipeline.style import ViewStyle
from swem_core.engine.result import StepResult
from swem_core.types import Alpha, Image, Labels, ObjectId

_RIM: Final = np.ones((9, 9), np.uint8)


@dataclass(frozen=True, slots=True)
class RecordFrame:
    """One frame for the recorder.

    ``picture``: HxWx4 uint8 BGRA as composed. Where ``style.transparent`` says so, alpha is the
    soft mask, straight (colours are not multiplied by it), else 255. ``seconds``: time on the
    source's clock, never falling. ``index``: source frame. ``result``: masks of the frame, still
    small; the recorder makes from it what it needs. ``image``: HxWx3 uint8 BGR as the source gave
    it, but without what a private view hides; only where :attr:`RecordingPlan.wants_image`.
    ``style``: names of the objects, which are visible, how the picture is turned, and whether it
    is transparent. ``file_s``: where in its file the frame is, None for live ones;
    ``captured_ns``: when it arrived; both tell which sound belongs to it. ``splits``: a new file
    begins with this frame.
    """

    picture: NDArray[np.uint8]
    seconds: float
    index: int
    result: StepResult | None = None
    image: Image | None = None
    style: ViewStyle = field(default_factory=ViewStyle)
    file_s: float | None = None
    captured_ns: int = 0
    splits: bool = False

    @property
    def nbytes(self) -> int:
        """Memory of the pictures."""
        return self.picture.nbytes + (self.image.nbytes if self.image is not None else 0)


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


class Shot:
    """A frame with the forms of its masks that several files need, each made once, when wanted.

    Thread: the recorder's.
    """

    def __init__(self, frame: RecordFrame) -> None:
        self.frame = frame

    @cached_property
    def labels(self) -> Labels | None:
        """HxW uint8 object ids, turned and mirrored as the view; None with nothing tracked."""
        result = self.frame.result
        return self._placed(result.labels()) if result is not None else None

    @cached_property
    def alphas(self) -> dict[ObjectId, Alpha]:
        """HxW uint8 soft mask per tracked object, likewise."""
        alphas = self.frame.result.alphas() if self.frame.result is not None else {}
        return {object_id: self._placed(alpha) for object_id, alpha in alphas.items()}

    def _placed(self, array: NDArray[np.uint8]) -> NDArray[np.uint8]:
        style, size = self.frame.style, (array.shape[0], array.shape[1])
        return np.ascontiguousarray(Placement(size, style.mirrored, style.turns).apply(array))

    @cached_property
    def opaque(self) -> NDArray[np.uint8]:
        """HxWx4 uint8 BGRA: the view for a file without transparency, over black where it has."""
        frame = self.frame
        return on_black(frame.picture) if frame.style.transparent else frame.picture

    @cached_property
    def cutout(self) -> NDArray[np.uint8]:
        """HxWx4 uint8 BGRA, straight alpha: the view if it is transparent, else visible objects.

        Black away from the objects: what nobody sees must not be in the file, and costs no space.
        A rim of a few pixels keeps its colours, or codecs with coarse colours would darken edges.
        """
        frame = self.frame
        if frame.style.transparent:
            return frame.picture
        assert frame.image is not None, "the plan wants no images"
        image = self._placed(frame.image)
        alpha = np.zeros(image.shape[:2], np.uint8)
        for object_id, soft in self.alphas.items():
            if frame.style.shows(object_id):
                cv2.add(alpha, soft, dst=alpha)  # two that touch share a pixel's 255 between them
        picture = opaque(image)
        cv2.insertChannel(alpha, picture, 3)
        return cv2.copyTo(picture, cv2.dilate(alpha, _RIM)).astype(np.uint8, copy=False)
