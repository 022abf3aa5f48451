"""Training clips of the tracker, from videos and composed from stills.

A clip is a function of (seed, number, progress) alone, so that training can be resumed and repeated
exactly, whichever process prepares the clip.
"""

from dataclasses import dataclass

import numpy as np

from swem_core.errors import DatasetError, TrainingError
from swem_core.train.batch import Clip
from swem_core.train.colour import random_colour, recoloured
from swem_core.train.compose import (
    CutOut,
    MovingCutOut,
    backdrop,
    cut_out,
    distractor,
    moving_cut_out,
    paste,
)
from swem_core.train.corpus import Corpus, Group
from swem_core.train.degrade import degraded
from swem_core.train.motion import CAMERA, OBJECT, SHAKE
from swem_core.types import Image, Labels

_VISIBLE = 0.003  # share of the first frame that an object must cover to be learnt from
_ATTEMPTS = 20
_PASTED = ((0, 0.2), (1, 0.3), (2, 0.3), (3, 0.2))  # (number of cut-outs on a still, probability)
_OVER_VIDEO = 0.4  # probability of a cut-out over a video
_DISTRACTOR = 0.25  # probability of a second copy of the first cut-out
_FIRST_PASTED = 128  # labels from here on are cut-outs', lower ones the backdrop's


@dataclass(frozen=True, slots=True)
class TrackingClipMaker:
    """A :class:`ClipMaker` for trackers. ``size``: side in pixels. ``frames``: per clip.
    ``objects``: at most so many are tracked."""

    corpus: Corpus
    size: int
    frames: int
    objects: int
    seed: int

    def make(self, number: int, progress: float = 1.0) -> Clip:
        """Clip ``number`` of the training. ``progress``: of the training, 0..1.

        Damaged pictures and clips without a visible object are replaced by other draws; raises
        TrainingError if too many fail.
        """
        rng = np.random.default_rng([self.seed, number])
        for _ in range(_ATTEMPTS):
            try:
                clip = self._attempt(rng, progress)
            except DatasetError:
                continue
            if clip is not None:
                return clip
        raise TrainingError(
            "The training data hold hardly any object that can be seen: check them with --dry-run."
        )

    def _attempt(self, rng: np.random.Generator, progress: float) -> Clip | None:
        group = self.corpus.draw_group(rng)
        is_video = not group.stills
        if is_video:
            pictures, origin = self._footage(group, rng, progress), "video"
            pasted = int(rng.random() < _OVER_VIDEO)
        else:
            number = group.stills[int(rng.integers(len(group.stills)))]
            pictures, origin = [self.corpus.load(group, number)] * self.frames, "picture"
            counts, chances = zip(*_PASTED, strict=True)
            pasted = int(rng.choice(counts, p=chances))
        images, labels = backdrop(pictures, self.size, SHAKE if is_video else CAMERA, rng)
        colour = random_colour(rng)
        images = [recoloured(image, colour) for image in images]
        paste(images, labels, self._cut_outs(pasted, rng))
        return self._finished(images, labels, f"{origin}, {pasted} pasted", rng)

    def _footage(
        self, group: Group, rng: np.random.Generator, progress: float
    ) -> list[tuple[Image, Labels]]:
        video = group.videos[int(rng.integers(len(group.videos)))]
        skip = skip_at(progress, group.source.max_skip)
        chosen = pick_frames(len(video), self.frames, skip, rng)
        return [self.corpus.load(group, video[index]) for index in chosen]

    def _cut_outs(self, count: int, rng: np.random.Generator) -> list[MovingCutOut]:
        things: list[MovingCutOut] = []
        for number in range(count):
            found = self._cut_out(rng)
            if found is not None:
                label = _FIRST_PASTED + number
                things.append(moving_cut_out(found, label, self.frames, self.size, OBJECT, rng))
        if things and rng.random() < _DISTRACTOR:
            label = _FIRST_PASTED + count
            things.append(distractor(things[0], label, self.size, OBJECT, rng))
            rng.shuffle(things)
        return things

    def _cut_out(self, rng: np.random.Generator) -> CutOut | None:
        image, labels = self.corpus.draw_still(rng)
        sizes = np.bincount(labels.ravel(), minlength=2).astype(np.float64)
        sizes[0] = 0
        sizes[sizes < _VISIBLE * labels.size] = 0
        if not sizes.any():
            return None
        chosen = int(rng.choice(len(sizes), p=sizes / sizes.sum()))
        found = cut_out(image, labels, chosen)
        return CutOut(recoloured(found.image, random_colour(rng)), found.alpha)

    def _finished(
        self, images: list[Image], labels: list[Labels], origin: str, rng: np.random.Generator
    ) -> Clip | None:
        stacked = self._targets(np.stack(labels), rng)
        if stacked is None:
            return None
        images = degraded(images, rng)
        flicker = (
            random_colour(rng, brightness=0.03, contrast=0.03, hue=0, grey=0) for _ in images
        )
        images = [recoloured(one, matrix) for one, matrix in zip(images, flicker, strict=True)]
        return Clip(np.stack(images), stacked, int(rng.integers(2**31)), origin)

    def _targets(self, labels: Labels, rng: np.random.Generator) -> Labels | None:
        """Choose objects visible on the first frame and number them 1, 2, ... at random."""
        sizes = np.bincount(labels[0].ravel(), minlength=256)
        sizes[0] = 0
        visible = np.flatnonzero(sizes >= _VISIBLE * labels[0].size)
        if not len(visible):
            return None
        # every number of objects is equally likely; large objects are preferred to tiny ones
        count = min(int(rng.integers(1, self.objects + 1)), len(visible))
        weights = np.sqrt(sizes[visible])
        chosen = rng.choice(visible, count, replace=False, p=weights / weights.sum())
        table = np.zeros(256, np.uint8)
        table[chosen] = np.arange(1, count + 1)
        return table[labels]


def skip_at(progress: float, most: int) -> int:
    """Largest number of frames skipped between two of a clip (METHOD E): grows to ``most`` over the
    first tenth of the training and falls to two fifths of it between 80 % and 90 %."""
    least = max(1, int(0.4 * most)) if most else 0
    if progress < 0.1:
        return int(most * progress / 0.1)
    if progress < 0.8:
        return most
    if progress < 0.9:
        return round(most - (most - least) * (progress - 0.8) / 0.1)
    return least


def pick_frames(length: int, count: int, skip: int, rng: np.random.Generator) -> list[int]:
    """Indices of ``count`` frames, at most ``skip`` skipped between two, in or against time.

    Grown to both sides of a random frame, so that enough remain for the rest (METHOD E). A video
    that is too short repeats frames.
    """
    if length < count:
        return sorted(int(i) for i in rng.integers(length, size=count))
    first = last = int(rng.integers(length))
    chosen = [first]
    for missing in range(count - 1, 0, -1):
        left, right = first, length - 1 - last
        reach = (left + right - missing) // missing + 1
        on_left, on_right = (min(side, skip + 1, reach) for side in (left, right))
        step = int(rng.integers(on_left + on_right))
        if step < on_left:
            first -= step + 1
            chosen.append(first)
        else:
            last += step - on_left + 1
            chosen.append(last)
    return sorted(chosen, reverse=bool(rng.random() < 0.5))
