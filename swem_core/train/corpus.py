"""All data of a training, joined: which picture or video a random draw comes from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from swem_core.errors import TrainingError
from swem_core.train.cache import Report, Shelf, cached
from swem_core.train.config import DataSource, TrainConfig, located
from swem_core.train.pictures import Picture
from swem_core.train.readers import Listing, read_source
from swem_core.types import Image, Labels

_DETAIL = 8 / 7  # shorter side of a stored picture, relative to the clips'


@dataclass(frozen=True, slots=True)
class Group:
    """One data source on the shelf. ``stills``: picture numbers; ``videos``: numbers of each
    video's frames, in time order."""

    source: DataSource
    stills: range
    videos: tuple[range, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """``groups`` of pictures on one ``shelf``. ``damaged``: what could not be read, for people."""

    shelf: Shelf
    groups: tuple[Group, ...]
    damaged: tuple[str, ...] = ()

    def draw_group(self, rng: np.random.Generator) -> Group:
        """A group, by its share."""
        return _drawn(self.groups, rng)

    def draw_still(self, rng: np.random.Generator) -> tuple[Image, Labels]:
        """A still of any group (frames of videos where there are no stills), by its share.

        Raises DatasetError for a damaged picture.
        """
        group = _drawn([one for one in self.groups if one.stills] or self.groups, rng)
        numbers = group.stills or group.videos[int(rng.integers(len(group.videos)))]
        return self.load(group, numbers[int(rng.integers(len(numbers)))])

    def load(self, group: Group, number: int) -> tuple[Image, Labels]:
        """A picture of a group, with what its source says of instances."""
        image, labels = self.shelf.load(number)
        return image, (labels > 0).astype(np.uint8) if group.source.merged else labels

    @property
    def summary(self) -> str:
        """For people."""
        return ", ".join(
            f"{group.source.path}: {len(group.stills)} pictures, {len(group.videos)} videos"
            for group in self.groups
        )


def gather_corpus(
    config: TrainConfig,
    root: Path | None,
    cache_folder: Path | None,
    report: Report = lambda done, total: None,
    *,
    forbidden: Collection[str] = (),
) -> Corpus:
    """Read all data sources. ``cache_folder``: None to decode pictures anew each time.
    ``forbidden``: names of sequences that must not be trained on.

    Raises DatasetError, TrainingError; damaged pictures are only noted.
    """
    listings = [read_source(one, located(one.path, root)) for one in config.data]
    _refuse(forbidden, listings)
    pictures: list[Picture] = []
    groups = []
    for source, listing in zip(config.data, listings, strict=True):
        stills = _append(pictures, listing.stills)
        videos = tuple(_append(pictures, video.frames) for video in listing.videos)
        groups.append(Group(source, stills, tuple(video for video in videos if video)))
    short_side = round(config.size * _DETAIL)
    if cache_folder is None:
        return Corpus(Shelf(tuple(pictures), short_side), tuple(groups))
    shelf, damaged = cached(pictures, short_side, cache_folder, report)
    if len(damaged) == len(pictures):
        raise TrainingError(f"Not one picture can be read. The first: {damaged[0]}")
    return Corpus(shelf, tuple(groups), tuple(damaged))


def _append(pictures: list[Picture], more: Sequence[Picture]) -> range:
    start = len(pictures)
    pictures += more
    return range(start, len(pictures))


def _drawn(groups: Sequence[Group], rng: np.random.Generator) -> Group:
    shares = np.array([group.source.share for group in groups])
    return groups[int(rng.choice(len(groups), p=shares / shares.sum()))]


def _refuse(forbidden: Collection[str], listings: Sequence[Listing]) -> None:
    """Scores on what was trained on mean nothing."""
    for listing in listings:
        common = sorted(set(forbidden) & set(listing.names))
        if common:
            raise TrainingError(
                f"'{common[0]}' is to be validated on, but lies in the training data. Leave it "
                f'out there (except_for = ["{common[0]}"]).'
            )
