"""What the compositor hands to everything that records or passes on its pictures."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.pipeline.style import ViewStyle
from swem_core.engine.result import StepResult
from swem_core.types import Image


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
