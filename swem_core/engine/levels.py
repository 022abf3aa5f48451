"""The levels of quality the governor chooses from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Level:
    """What is computed, and how often.

    ``scale``: of the inference size that the person chose. ``learn_every``: the memory learns from
    every n-th frame the network sees. ``mask_every``: the network sees every n-th frame; the masks
    in between are the last ones, moved along by optical flow.
    """

    name: str
    scale: float = 1.0
    learn_every: int = 1
    mask_every: int = 1


FULL = Level("full")

LEVELS = (
    FULL,
    Level("learn-2", learn_every=2),
    Level("mask-2", mask_every=2),
    Level("mask-3", mask_every=3),
    Level("mask-4", mask_every=4),
    Level("size-80-mask-3", scale=0.8, mask_every=3),
    Level("size-80-mask-4", scale=0.8, mask_every=4),
    Level("size-60-mask-4", scale=0.6, mask_every=4),
)
"""Best first, by J&F on ten sequences (``swem-live eval --level NAME`` measures it), and each one
cheaper than the one before. Levels that are both slower and worse than another are not among them:
smaller pictures lose more than fewer ones do, and learning seldom on top of masking seldom costs
more than it saves."""


def level_named(name: str) -> Level:
    """One of LEVELS. Raises KeyError."""
    return {level.name: level for level in LEVELS}[name]
