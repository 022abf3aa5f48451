"""Numbers on the command line: what argparse converts an argument with, each within its limits.

argparse names the function where a text is not a number at all: "invalid rate value: 'fast'".
"""

from argparse import ArgumentTypeError
from typing import Final

_WEEK_MIN: Final = 7 * 24 * 60


def count(text: str) -> int:
    """A whole number, 1 or more."""
    value = int(text)
    if value < 1:
        raise ArgumentTypeError("must be 1 or more")
    return value


def scored_frames(text: str) -> int:
    """How many frames of a sequence to score: 3 or more."""
    value = int(text)
    if value < 3:
        raise ArgumentTypeError("must be 3 or more: the first and the last frame are not scored")
    return value


def short_side(text: str) -> int:
    """Pixels of the shorter side of the network's input, 64 to 2160."""
    value = int(text)
    if not 64 <= value <= 2160:
        raise ArgumentTypeError("must be 64 to 2160 pixels")
    return value


def rate(text: str) -> float:
    """Frames per second, 0 to 240."""
    value = float(text)
    if not 0 <= value <= 240:
        raise ArgumentTypeError("must be 0 to 240 frames per second")
    return value


def rates(text: str) -> tuple[float, ...]:
    """Several of 1 to 240 frames per second, separated by commas."""
    values = tuple(float(part) for part in text.split(","))
    if not all(1 <= value <= 240 for value in values):
        raise ArgumentTypeError("must be 1 to 240 frames per second each, as in 10,20,30")
    return values


def share(text: str) -> float:
    """A number from 0 to 1."""
    value = float(text)
    if not 0 <= value <= 1:
        raise ArgumentTypeError("must be a number from 0 to 1")
    return value


def duration(text: str) -> float:
    """A number above 0 and of any unit."""
    value = float(text)
    if not 0 < value < float("inf"):
        raise ArgumentTypeError("must be a number above 0")
    return value


def pixel_density(text: str) -> float:
    """Device pixels per logical pixel of a screen."""
    value = float(text)
    if not 0.5 <= value <= 4:
        raise ArgumentTypeError("must be 0.5 to 4")
    return value


def minutes(text: str) -> float:
    """How long a run is to take: above 0, a week at most."""
    value = float(text)
    if not 0 < value <= _WEEK_MIN:
        raise ArgumentTypeError(f"must be above 0 and at most {_WEEK_MIN} (a week)")
    return value
