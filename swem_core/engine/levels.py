"""The levels of quality from which the governor chooses."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Level:
    """What is computed, and how often.

    ``scale``: of the inference size that the user chose. ``mask_every``: the network sees every
    n-th frame; in between, the last masks are moved by optical flow. ``learn_every``: the memory
    learns from every n-th frame that the network sees.
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
"""From best to worst by J&F on ten sequences (measured by ``swem-live eval --level NAME``), each
cheaper than the one before. Only levels on the Pareto front are listed: smaller pictures lose more
than fewer ones do, and learning less often on top of masking less often costs more than it
saves."""


def level_named(name: str) -> Level:
    """The level of ``LEVELS`` with this name. Raises KeyError."""
    return {level.name: level for level in LEVELS}[name]
