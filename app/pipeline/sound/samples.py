"""Stretches of sound: silence, and copying where two of them overlap."""

import numpy as np

from app.pipeline.sound.base import CHANNELS, Samples


def silence(count: int) -> Samples:
    """2 x ``count`` zeros."""
    return np.zeros((CHANNELS, count), np.float32)


def copy_overlap(source: Samples, source_at: int, target: Samples, target_at: int) -> None:
    """Copy what both cover into ``target``. ``..._at``: the number of the first sample of each."""
    begin = max(source_at, target_at)
    end = min(source_at + source.shape[1], target_at + target.shape[1])
    if begin < end:
        piece = source[:, begin - source_at : end - source_at]
        target[:, begin - target_at : end - target_at] = piece
