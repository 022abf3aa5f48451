"""The effects as menus, keys, panels and the command line know them. Only data."""

from dataclasses import dataclass
from enum import Enum

from app.pipeline.effect import Effect
from app.translation import N


class Control(Enum):
    """A parameter of the style that some effects take into account."""

    OPACITY = "opacity"
    OUTLINE = "outline"
    BLUR = "blur"
    BLOCKS = "blocks"
    COLOR = "color"
    BACKDROP = "backdrop"
    EDGE = "edge"


@dataclass(frozen=True, slots=True)
class EffectSpec:
    """One effect. ``controls``: what can be adjusted; ``note``: what a person should know."""

    effect: Effect
    title: str
    tip: str
    icon: str
    key: str
    controls: tuple[Control, ...]
    note: str = ""


_HIDDEN = N(
    "Actions",
    "Everything is hidden until an object is tracked, and while an object is lost.",
)
E, C = EffectSpec, Control  # read as columns

# fmt: off
EFFECTS: tuple[EffectSpec, ...] = (
    E(Effect.OVERLAY, N("Actions", "Overlay"),
      N("Actions", "Tint the objects in their colours"),
      "view-overlay", "Ctrl+1", (C.OPACITY, C.OUTLINE)),
    E(Effect.OUTLINE, N("Actions", "Outline"),
      N("Actions", "Draw only the edges of the objects"),
      "view-outline", "Ctrl+2", (C.OUTLINE,)),
    E(Effect.CUTOUT, N("Actions", "Cut-out"),
      N("Actions", "Only the objects; recordings and pictures are transparent around them"),
      "view-cutout", "Ctrl+3", (C.EDGE,)),
    E(Effect.BLUR, N("Actions", "Blurred background"),
      N("Actions", "Sharp objects in front of a blurred background"),
      "view-blur", "Ctrl+4", (C.BLUR, C.EDGE)),
    E(Effect.IMAGE, N("Actions", "Picture background"),
      N("Actions", "The objects in front of a picture of your own"),
      "view-image", "Ctrl+5", (C.BACKDROP, C.EDGE)),
    E(Effect.COLOR, N("Actions", "Colour background"),
      N("Actions", "The objects in front of one colour, for instance a green screen"),
      "view-color", "Ctrl+6", (C.COLOR, C.EDGE)),
    E(Effect.PIXELATE, N("Actions", "Hide the objects"),
      N("Actions", "Privacy: a mosaic over every tracked object, in recordings too"),
      "view-pixelate", "Ctrl+7", (C.BLOCKS,), _HIDDEN),
    E(Effect.PIXELATE_REST, N("Actions", "Hide everything else"),
      N("Actions", "Privacy: a mosaic over everything but the objects, in recordings too"),
      "view-pixelate-rest", "Ctrl+8", (C.BLOCKS,), _HIDDEN),
    E(Effect.PLAIN, N("Actions", "Original picture"),
      N("Actions", "The picture as it came; objects are still tracked"),
      "view-plain", "Ctrl+9", ()),
)
# fmt: on


def spec_of(effect: Effect) -> EffectSpec:
    """The line of the table about ``effect``."""
    return next(spec for spec in EFFECTS if spec.effect is effect)
