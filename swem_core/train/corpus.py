"""All data sources of a training run together, and random draws from them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from swem_core.errors import TrainingError
from swem_core.train.annotated import AnnotatedPicture
from swem_core.train.cache import PictureStore, ProgressCallback, cached_store
from swem_core.train.config import DataSource, TrainConfig, located
from swem_core.train.readers import Listing, read_source
from swem_core.types import Image, Labels

_DETAIL = 8 / 7  # shorter side of a stored picture over the clips' side


@dataclass(frozen=True, slots=True)
class Group:
    """One data source. ``stills``: its pictures' numbers in the store. ``videos``: numbers of each
    video's frames, in time order."""

    source: DataSource
    stills: range
    videos: tuple[range, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """All data sources in one ``store``. ``damaged``: a message per picture that is unreadable."""

    store: PictureStore
    groups: tuple[Group, ...]
    damaged: tuple[str, ...] = ()

    def draw_group(self, rng: np.random.Generator) -> Group:
        """A random group, by shares."""
        return _drawn(self.groups, rng)

    def draw_still(self, rng: np.random.Generator) -> tuple[Image, Labels]:
        """A random still of any group, by shares; a frame of a video if no group has stills.

        Raises DatasetError for a damaged picture.
        """
        group = _drawn([one for one in self.groups if one.stills] or self.groups, rng)
        numbers = group.stills or group.videos[int(rng.integers(len(group.videos)))]
        return self.load(group, numbers[int(rng.integers(len(numbers)))])

    def load(self, group: Group, number: int) -> tuple[Image, Labels]:
        """A picture of a group, its instances merged if the source says so. Raises DatasetError."""
        image, labels = self.store.load(number)
        return image, (labels > 0).astype(np.uint8) if group.source.merged else labels

    @property
    def summary(self) -> str:
        """What the corpus contains, for display."""
        return ", ".join(
            f"{group.source.path}: {len(group.stills)} pictures, {len(group.videos)} videos"
            for group in self.groups
        )


def gather_corpus(
    config: TrainConfig,
    root: Path | None,
    cache_folder: Path | None,
    report: ProgressCallback = lambda done, total: None,
    *,
    forbidden: Collection[str] = (),
) -> Corpus:
    """List all data sources of a configuration and prepare their pictures.

    ``cache_folder``: for the cache file; None: decode on demand. ``forbidden``: names of sequences
    that must not be trained on. Raises DatasetError, TrainingError; damaged pictures are only
    listed.
    """
    listings = [read_source(one, located(one.path, root)) for one in config.data]
    _refuse(forbidden, listings)
    pictures: list[AnnotatedPicture] = []
    groups = []
    for source, listing in zip(config.data, listings, strict=True):
        stills = _append(pictures, listing.stills)
        videos = tuple(_append(pictures, video.frames) for video in listing.videos)
        groups.append(Group(source, stills, tuple(video for video in videos if video)))
    short_side = round(config.size * _DETAIL)
    if cache_folder is None:
        return Corpus(PictureStore(tuple(pictures), short_side), tuple(groups))
    store, damaged = cached_store(pictures, short_side, cache_folder, report)
    if len(damaged) == len(pictures):
        raise TrainingError(f"Not one picture can be read. The first: {damaged[0]}")
    return Corpus(store, tuple(groups), tuple(damaged))


def _append(pictures: list[AnnotatedPicture], more: Sequence[AnnotatedPicture]) -> range:
    start = len(pictures)
    pictures += more
    return range(start, len(pictures))


def _drawn(groups: Sequence[Group], rng: np.random.Generator) -> Group:
    shares = np.array([group.source.share for group in groups])
    return groups[int(rng.choice(len(groups), p=shares / shares.sum()))]


def _refuse(forbidden: Collection[str], listings: Sequence[Listing]) -> None:
    """Raise TrainingError if a validation sequence is in the training data."""
    for listing in listings:
        common = sorted(set(forbidden) & set(listing.names))
        if common:
            raise TrainingError(
                f"'{common[0]}' is to be validated on, but lies in the training data. Leave it "
                f'out there (except_for = ["{common[0]}"]).'
            )
