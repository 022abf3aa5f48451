"""The command line's options for the view, and the style they make."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from app.pipeline.effects.table import EFFECTS

if TYPE_CHECKING:  # loads torch, for which --help should not wait
    from app.pipeline.style import ViewStyle

T = TypeVar("T")


def add_view_options(parser: argparse.ArgumentParser) -> None:
    """``--view`` and what can be adjusted about it."""
    group = parser.add_argument_group("view")
    names = ", ".join(spec.effect.value for spec in EFFECTS)
    group.add_argument(
        "--view",
        choices=[spec.effect.value for spec in EFFECTS],
        default="overlay",
        metavar="NAME",
        help=f"what the masks are used for: {names} (default: overlay)",
    )
    group.add_argument("--background", type=Path, metavar="FILE", help="picture for --view image")
    group.add_argument("--color", type=_color, metavar="RRGGBB", help="colour for --view green")
    group.add_argument(
        "--blur", type=_share, metavar="SHARE", help="of the shorter side (default: 0.02)"
    )
    group.add_argument(
        "--blocks", type=_share, metavar="SHARE", help="mosaic block, likewise (default: 0.04)"
    )
    group.add_argument("--grow", type=int, metavar="PX", help="masks outwards; negative: inwards")
    group.add_argument("--feather", type=_length, metavar="PX", help="over which edges fade")
    group.add_argument("--smooth", type=_share, metavar="0..1", help="against flicker")
    group.add_argument("--mirror", action="store_true", help="left to right")
    group.add_argument("--rotate", type=int, choices=(0, 90, 180, 270), default=0)
    group.add_argument("--side-by-side", action="store_true", help="beside the frame as it came")


def view_style(arguments: argparse.Namespace) -> "ViewStyle":
    """The style the options ask for. Raises SourceError for a picture that cannot be read."""
    from app.pipeline.backdrop_file import load_backdrop
    from app.pipeline.effect import Effect
    from app.pipeline.style import Edge, ViewStyle

    usual = ViewStyle()
    edge = Edge(
        grow=_given(arguments.grow, usual.edge.grow),
        feather=_given(arguments.feather, usual.edge.feather),
        smooth=_given(arguments.smooth, usual.edge.smooth),
    )
    return ViewStyle(
        effect=Effect(arguments.view),
        opacity=min(max(arguments.opacity, 0.0), 1.0),
        blur=_given(arguments.blur, usual.blur),
        blocks=_given(arguments.blocks, usual.blocks),
        color=_given(arguments.color, usual.color),
        backdrop=load_backdrop(arguments.background) if arguments.background else None,
        edge=edge,
        mirrored=arguments.mirror,
        turns=arguments.rotate // 90,
        side_by_side=arguments.side_by_side,
    )


def _given(value: T | None, otherwise: T) -> T:
    return otherwise if value is None else value


def _color(text: str) -> tuple[int, int, int]:
    digits = text.removeprefix("#")
    if len(digits) != 6:
        raise argparse.ArgumentTypeError("a colour is six hexadecimal digits, such as 00b140")
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError("a number from 0 to 1")
    return value


def _length(text: str) -> int:
    value = int(text)
    if not 0 <= value <= 200:
        raise argparse.ArgumentTypeError("0 to 200 pixels")
    return value
