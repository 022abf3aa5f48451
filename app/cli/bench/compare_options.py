"""The options of ``swem-live bench --compare``."""

import argparse
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_MODELS = ("lite", "r50")


def add_compare(bench: argparse.ArgumentParser) -> None:
    """What to compare the engine's path with, and on what."""
    group = bench.add_argument_group(
        "comparison", "Time, products and memory of each stage, in float32, against another path."
    )
    group.add_argument("--compare", choices=("plain",), help="plain: the method without shortcuts")
    group.add_argument(
        "--models",
        type=_list_of(_model),
        default=["lite", "r50"],
        metavar="LIST",
        help="default: lite,r50 (r50 with made-up weights, unless --model r50 --weights FILE)",
    )
    group.add_argument(
        "--sizes",
        type=_list_of(_network_size),
        default=[(240, 432), (480, 864)],
        metavar="LIST",
        help="height x width of the network's input (default: 240x432,480x864)",
    )
    group.add_argument(
        "--objects",
        type=_list_of(_count),
        default=[1, 3, 5],
        metavar="LIST",
        help="default: 1,3,5",
    )


def _list_of(item: Callable[[str], T]) -> Callable[[str], list[T]]:
    """A comma-separated list."""

    def parse_list(text: str) -> list[T]:
        return [item(part) for part in text.split(",")]

    return parse_list


def _model(text: str) -> str:
    if text not in _MODELS:
        raise argparse.ArgumentTypeError(f"a model is one of {', '.join(_MODELS)}")
    return text


def _network_size(text: str) -> tuple[int, int]:
    height, _, width = text.partition("x")
    sides = int(height), int(width)
    if any(side % 16 or not 32 <= side <= 2160 for side in sides):
        raise argparse.ArgumentTypeError("sides are multiples of 16, such as 240x432")
    return sides


def _count(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return value
