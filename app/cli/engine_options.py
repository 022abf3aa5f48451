"""The options that every command has which runs a network."""

import argparse
from pathlib import Path

from app.cli.argument_types import rate, short_side

_IN_WINDOW = "default: as set in the window"


def add_engine(parser: argparse.ArgumentParser, *, set_in_window: bool = False) -> None:
    """Network, weights, device, input size and precision.

    ``set_in_window``: what is not given is None, and as the person chose it in the window.
    """
    device, size, precision = (
        (_IN_WINDOW,) * 3
        if set_in_window
        else ("default: auto", "default: 240", "default: auto, the fastest for this hardware")
    )
    group = parser.add_argument_group("engine")
    group.add_argument(
        "--model",
        choices=("lite", "r50"),
        default="lite",
        help="network (default: lite; r50 is the paper's own and needs --weights)",
    )
    group.add_argument(
        "--weights",
        type=Path,
        metavar="FILE",
        help="a .safetensors or official .pth file instead of the weights that ship",
    )
    group.add_argument(
        "--device",
        default=None if set_in_window else "auto",
        help=f"auto, cpu, cuda, cuda:0, cuda:1, ... or mps ({device})",
    )
    group.add_argument(
        "--size",
        type=short_side,
        default=None if set_in_window else 240,
        metavar="PIXELS",
        help=f"shorter side of the network's input ({size}; more is finer and slower)",
    )
    group.add_argument(
        "--precision",
        choices=("auto", "fp32", "bf16", "fp16"),
        default=None if set_in_window else "auto",
        help=f"of the convolutions ({precision})",
    )


def add_target_fps(parser: argparse.ArgumentParser, default: str) -> None:
    """The governor's rate. ``default``: what holds without it, for people."""
    parser.add_argument(
        "--target-fps",
        type=rate,
        metavar="N",
        help="keep N masks per second: where the machine is too slow, use smaller pictures and run "
        f"the network less often; 0: every frame in full ({default})",
    )
