"""The command line's options for the view, and the style they make."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from app.cli.argument_types import share
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
        help=f"how the picture is drawn: {names} (default: overlay)",
    )
    group.add_argument("--background", type=Path, metavar="FILE", help="picture for --view image")
    group.add_argument("--color", type=color, metavar="RRGGBB", help="colour for --view green")
    group.add_argument(
        "--blur",
        type=share,
        metavar="SHARE",
        help="strength of --view blur, as a share of the shorter side (default: 0.02)",
    )
    group.add_argument(
        "--blocks",
        type=share,
        metavar="SHARE",
        help="size of mosaic blocks, likewise (default: 0.04)",
    )
    group.add_argument(
        "--grow", type=int, metavar="PX", help="grow the masks; negative: shrink them"
    )
    group.add_argument(
        "--feather", type=feather, metavar="PX", help="width over which edges fade, 0 to 200"
    )
    group.add_argument(
        "--smooth", type=share, metavar="0..1", help="steady the edges over time (default: 0.5)"
    )
    group.add_argument("--mirror", action="store_true", help="swap left and right")
    group.add_argument(
        "--rotate", type=int, choices=(0, 90, 180, 270), default=0, help="degrees clockwise"
    )
    group.add_argument(
        "--side-by-side", action="store_true", help="show the original frame beside it"
    )


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
        opacity=arguments.opacity,
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


def color(text: str) -> tuple[int, int, int]:
    """Six hexadecimal digits: red, green, blue, 0..255."""
    digits = text.removeprefix("#")
    if len(digits) != 6:
        raise argparse.ArgumentTypeError("must be six hexadecimal digits, such as 00b140")
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue


def feather(text: str) -> int:
    """Pixels, 0 to 200."""
    value = int(text)
    if not 0 <= value <= 200:
        raise argparse.ArgumentTypeError("must be 0 to 200 pixels")
    return value
