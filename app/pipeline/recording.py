"""What is asked of the recorder."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from swem_core.types import Labels


@dataclass(frozen=True, slots=True)
class RecordFrame:
    """One frame for the recorder.

    ``picture``: HxWx4 uint8 BGRA as composed. Where ``ViewStyle.transparent`` says so, alpha is the
    soft mask, straight (colours are not multiplied by it), else 255: an encoder without alpha
    takes ``effects.cutout.on_black(picture)``. ``labels``: HxW uint8 object ids, only where masks
    are recorded. ``seconds``: time on the source's clock, never falling. ``index``: source frame.
    """

    picture: NDArray[np.uint8]
    seconds: float
    index: int
    labels: Labels | None = None


@dataclass(frozen=True, slots=True)
class RecordingPlan:
    """Where a recording goes. ``video``: .mkv (or .mp4) path, None for masks only.

    ``masks``: folder for palette PNGs named by source frame index (00000.png), or None.
    """

    video: Path | None
    masks: Path | None = None
