"""What one step of the engine gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from swem_core.types import Alpha, Labels, Mask, ObjectId, Size

# Soft aggregation clamps probabilities to [1e-6, 1 - 1e-6] (design: lite); in logits:
_LOGIT_LIMIT = float(np.log((1 - 1e-6) / 1e-6))


@dataclass(frozen=True, slots=True)
class StepResult:
    """Masks of all objects on one frame, kept as the decoder's small logits.

    ``logits``: N x H/4 x W/4 float32 at inference size, one plane per id of ``ids``.
    ``source_size``: (height, width) of the frame. ``inference_size``: what the network saw.
    ``anchors``: masks the user gave on this frame (source size); they win over the logits.
    ``scores``: confidence per object in 0..1, 0 where the object is not seen.
    ``timings_ms``: milliseconds per stage of the step.

    A consumer asks for the resolution and form it needs; the cost falls on its own thread.
    Thread: immutable, so any.
    """

    ids: tuple[ObjectId, ...]
    logits: NDArray[np.float32]
    source_size: Size
    inference_size: Size
    scores: Mapping[ObjectId, float]
    anchors: Mapping[ObjectId, Mask] = field(default_factory=dict)
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    def probabilities(self, size: Size | None = None) -> NDArray[np.float32]:
        """(N+1) x H x W float32, background first, summing to 1 per pixel.

        Logits are resized bilinearly to ``size`` (default: the source's) and then soft-aggregated
        (STM; SWEM section A5): odds over the sum of odds, p0 = prod(1 - p_i).
        """
        ...

    def alphas(self, size: Size | None = None) -> Mapping[ObjectId, Alpha]:
        """HxW uint8 soft mask per object: round(255 * probability)."""
        ...

    def labels(self, size: Size | None = None) -> Labels:
        """HxW uint8 object ids (0 = background): the most probable class per pixel."""
        ...
