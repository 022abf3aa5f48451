"""Comparing training data: the same training on pictures only, on videos only, and on both."""

from dataclasses import dataclass, replace

from swem_core.errors import TrainingError
from swem_core.train.config import Layout, TrainConfig

STILLS: tuple[Layout, ...] = ("static", "pairs", "coco")
"""Layouts of single pictures, from which clips are composed; the others contain videos."""


@dataclass(frozen=True, slots=True)
class DataVariant:
    """A configuration with some of the data. ``name``: images, videos or both."""

    name: str
    config: TrainConfig


def data_variants(config: TrainConfig) -> tuple[DataVariant, ...]:
    """``config`` with images only, videos only, and both, as compared in the SWEM paper.

    Start, length, seed and schedule stay the same. Raises TrainingError if there are no images or
    no videos.
    """
    if config.model == "click":
        raise TrainingError("A click network learns from single pictures only: give a tracker's.")
    images = tuple(source for source in config.data if source.layout in STILLS)
    videos = tuple(source for source in config.data if source.layout not in STILLS)
    if not images or not videos:
        missing = "videos" if images else "pictures"
        raise TrainingError(f"The configuration names no {missing}: there is nothing to compare.")
    chosen = {"images": images, "videos": videos, "both": config.data}
    return tuple(DataVariant(name, replace(config, data=data)) for name, data in chosen.items())
