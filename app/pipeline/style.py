"""How the picture is drawn: the effect, and the objects' colours, names and visibility.

Immutable; a change makes a new value.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

from swem_core.types import ObjectId

Color: TypeAlias = tuple[int, int, int]
"""Red, green, blue, 0..255."""

# Okabe-Ito order first: told apart by people with any colour vision; then lighter companions.
DEFAULT_COLORS: tuple[Color, ...] = (
    (0, 158, 240),
    (240, 140, 20),
    (20, 190, 120),
    (222, 90, 170),
    (240, 220, 50),
    (120, 110, 240),
    (230, 70, 50),
    (110, 215, 235),
)

DRAFT_OPACITY = 0.35
"""Least opacity of what is being marked: it must be seen even with the overlay off."""


def default_color(object_id: ObjectId) -> Color:
    """The colour an object gets when nobody chose one."""
    return DEFAULT_COLORS[(object_id - 1) % len(DEFAULT_COLORS)]


class Effect(StrEnum):
    """What the masks are used for. The values are the names on the command line."""

    OVERLAY = "overlay"
    CUTOUT = "cutout"


@dataclass(frozen=True, slots=True)
class ObjectStyle:
    """One object's looks. ``name`` is shown to people only; the id identifies."""

    name: str
    color: Color
    visible: bool = True


@dataclass(frozen=True, slots=True)
class ViewStyle:
    """Everything the compositor needs to know besides the frame.

    ``opacity`` 0..1 of the colour fill; ``outline`` in source pixels, 0 = none.
    ``objects`` may lack an id: it is then drawn with its default style. ``solo``: the only object
    that is shown, whether or not it is visible otherwise.
    """

    effect: Effect = Effect.OVERLAY
    opacity: float = 0.45
    outline: int = 2
    objects: Mapping[ObjectId, ObjectStyle] = field(default_factory=dict)
    solo: ObjectId | None = None

    def shows(self, object_id: ObjectId) -> bool:
        """Whether an object is drawn."""
        return object_id == self.solo if self.solo is not None else self.of(object_id).visible

    @property
    def transparent(self) -> bool:
        """Whether recorded pictures and snapshots carry the soft mask in their alpha channel.

        Straight, not premultiplied; black where alpha is 0. Otherwise alpha is 255 everywhere.
        """
        return self.effect is Effect.CUTOUT

    def of(self, object_id: ObjectId) -> ObjectStyle:
        """The style of one object, the default one where none was chosen."""
        found = self.objects.get(object_id)
        return found or ObjectStyle(f"Object {object_id}", default_color(object_id))

    def with_object(self, object_id: ObjectId, style: ObjectStyle) -> "ViewStyle":
        """A copy in which ``object_id`` looks like ``style``."""
        return replace(self, objects={**self.objects, object_id: style})
