"""The colours of objects for which nobody has chosen one."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeAlias

from swem_core.data.palette import DAVIS_PALETTE
from swem_core.types import ObjectId

Color: TypeAlias = tuple[int, int, int]
"""Red, green, blue, 0..255."""


class Palette(StrEnum):
    """Palettes for the screen. Palette PNGs always have the DAVIS colours."""

    BRIGHT = "bright"
    SAFE = "okabe-ito"
    DAVIS = "davis"


COLORS: Final[Mapping[Palette, tuple[Color, ...]]] = {
    Palette.BRIGHT: (
        (0, 158, 240),
        (240, 140, 20),
        (20, 190, 120),
        (222, 90, 170),
        (240, 220, 50),
        (120, 110, 240),
        (230, 70, 50),
        (110, 215, 235),
    ),
    # Okabe and Ito, Color Universal Design, 2008, the lighter ones first; their black is left out,
    # which no mask could be seen in.
    Palette.SAFE: (
        (86, 180, 233),
        (230, 159, 0),
        (0, 158, 115),
        (240, 228, 66),
        (204, 121, 167),
        (0, 114, 178),
        (213, 94, 0),
    ),
    Palette.DAVIS: tuple((int(r), int(g), int(b)) for r, g, b in DAVIS_PALETTE[1:21]),
}


def color_in(palette: Palette, object_id: ObjectId) -> Color:
    """The colour of an object; after the last colour the palette starts again."""
    colors = COLORS[palette]
    return colors[(object_id - 1) % len(colors)]
