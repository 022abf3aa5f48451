"""The options of ``swem-live bench --compare``."""

import argparse
from collections.abc import Callable
from typing import TypeVar

from app.cli.argument_types import count

T = TypeVar("T")

_MODELS = ("lite", "r50")


def add_compare(bench: argparse.ArgumentParser) -> None:
    """What to compare the engine's path with, and on what."""
    group = bench.add_argument_group(
        "comparison",
        "Measure time, operations and memory of each stage, in float32, against another path.",
    )
    group.add_argument("--compare", choices=("plain",), help="plain: the method without shortcuts")
    group.add_argument(
        "--models",
        type=_list_of(model),
        default=["lite", "r50"],
        metavar="LIST",
        help="networks (default: lite,r50; r50 with random weights, unless --model r50 --weights "
        "FILE)",
    )
    group.add_argument(
        "--sizes",
        type=_list_of(network_size),
        default=[(240, 432), (480, 864)],
        metavar="LIST",
        help="height x width of the network's input (default: 240x432,480x864)",
    )
    group.add_argument(
        "--objects",
        type=_list_of(count),
        default=[1, 3, 5],
        metavar="LIST",
        help="numbers of objects (default: 1,3,5)",
    )


def _list_of(item: Callable[[str], T]) -> Callable[[str], list[T]]:
    """Several of what ``item`` converts, separated by commas."""

    def items(text: str) -> list[T]:
        return [item(part) for part in text.split(",")]

    items.__name__ = f"{item.__name__} list"  # argparse names it: "invalid count list value"
    return items


def model(text: str) -> str:
    """The name of a network."""
    if text not in _MODELS:
        raise argparse.ArgumentTypeError(f"must be one of {', '.join(_MODELS)}")
    return text


def network_size(text: str) -> tuple[int, int]:
    """``HEIGHTxWIDTH`` in pixels."""
    height, _, width = text.partition("x")
    sides = int(height), int(width)
    if any(side % 16 or not 32 <= side <= 2160 for side in sides):
        raise argparse.ArgumentTypeError("must be multiples of 16 from 32 to 2160, such as 240x432")
    return sides
