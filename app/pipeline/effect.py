"""The names of the effects. Imports nothing heavy: the command line lists them."""

from enum import StrEnum


class Effect(StrEnum):
    """What the masks are used for. The values are the names on the command line."""

    OVERLAY = "overlay"
    OUTLINE = "outline"
    CUTOUT = "cutout"
    BLUR = "blur"
    IMAGE = "image"
    COLOR = "green"
    PIXELATE = "pixelate"
    PIXELATE_REST = "pixelate-rest"
    PLAIN = "plain"
