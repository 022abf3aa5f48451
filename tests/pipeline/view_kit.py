"""Tracked frames whose masks are known exactly."""

import cv2
import numpy as np
from cat_clip import GINGER, RATE, SIZE, WHITE, cats

from app.pipeline.compose import Composer
from app.pipeline.effects.picture import Picture
from app.pipeline.frames import Frame, Segmented
from app.pipeline.style import ViewStyle
from swem_core.engine.result import StepResult
from swem_core.types import Labels

GRID = (60, 108)


def tracked(index: int = 0, *, given: bool = True) -> tuple[Segmented, Labels]:
    """A frame of the cats with both masks: as a person gave them, or as a network would find them,
    on a small grid."""
    clip = cats(max(index + 1, 8))
    labels = clip.labels[index]
    masks = {i: labels == i for i in (GINGER, WHITE)}
    logits = np.stack([_logits(mask) for mask in masks.values()])
    result = StepResult(
        (GINGER, WHITE), logits, SIZE, (240, 432), {1: 1.0, 2: 1.0}, masks if given else {}
    )
    return Segmented(Frame(index, clip.frames[index], index / RATE, 0), result), labels


def compose(segmented: Segmented, style: ViewStyle) -> Picture:
    """One picture for the screen, with nothing known of the frames before."""
    return Composer().screen(segmented, style)


def compose_output(segmented: Segmented, style: ViewStyle) -> Picture:
    """One picture for a file, with nothing known of the frames before."""
    return Composer().output(segmented, style)


def _logits(mask: np.ndarray) -> np.ndarray:
    share = cv2.resize(mask.astype(np.float32), GRID[::-1], interpolation=cv2.INTER_AREA)
    prob = np.clip(share, 0.002, 0.998)
    return np.asarray(np.log(prob / (1 - prob)), np.float32)
