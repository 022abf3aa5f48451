"""The effect of training data: one training on pictures only, on videos only, and on both."""

from dataclasses import dataclass, replace

from swem_core.errors import TrainingError
from swem_core.train.config import Layout, TrainConfig

STILLS: tuple[Layout, ...] = ("static", "pairs", "coco")
"""Layouts of single pictures, whose clips are synthesised; the others hold real videos."""


@dataclass(frozen=True, slots=True)
class Selection:
    """``name`` also serves as a folder's."""

    name: str
    config: TrainConfig


def selections(config: TrainConfig) -> tuple[Selection, ...]:
    """Images only, videos only, both (SWEM, section 4.4). Raises TrainingError if one is missing.

    Nothing but the data differs: start, length, seed and schedule are ``config``'s.
    """
    if config.model == "click":
        raise TrainingError("A click network learns from single pictures only: give a tracker's.")
    images = tuple(source for source in config.data if source.layout in STILLS)
    videos = tuple(source for source in config.data if source.layout not in STILLS)
    if not images or not videos:
        missing = "videos" if images else "pictures"
        raise TrainingError(f"The configuration names no {missing}: there is nothing to compare.")
    chosen = {"images": images, "videos": videos, "both": config.data}
    return tuple(Selection(name, replace(config, data=data)) for name, data in chosen.items())
