"""How the picture is drawn: the effect and its parameters, the edges, the objects' styles.

Immutable; a change makes a new value.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from app.pipeline.effect import Effect
from app.pipeline.palettes import Color, Palette, color_in
from app.translation import N
from swem_core.types import Image, ObjectId

SCREEN_GREEN: Color = (0, 177, 64)

DRAFT_OPACITY = 0.35
"""Least opacity of what is being marked: it must be visible even with the overlay off."""


def default_color(object_id: ObjectId) -> Color:
    """The colour of an object if nobody has chosen one, nor a palette."""
    return color_in(Palette.BRIGHT, object_id)


@dataclass(frozen=True, slots=True)
class ObjectStyle:
    """How one object is drawn. ``name`` is for people only; the id identifies."""

    name: str
    color: Color
    visible: bool = True


def differing(before: ObjectStyle, after: ObjectStyle) -> dict[str, Any]:
    """The fields that differ, by name, as they are ``after``."""
    names = (each.name for each in fields(ObjectStyle))
    return {n: getattr(after, n) for n in names if getattr(after, n) != getattr(before, n)}


@dataclass(frozen=True, slots=True)
class Edge:
    """How masks are finished before they are used.

    ``grow``: source pixels outwards, negative inwards. ``feather``: source pixels over which the
    edge fades. ``smooth``: 0..1, how much of the frame before, moved along with the picture, is
    kept where both agree. ``refine``: follow the edges of the picture.
    """

    grow: int = 0
    feather: int = 0
    smooth: float = 0.5
    refine: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Backdrop:
    """A picture to put behind the objects. ``image``: HxWx3 uint8 BGR; compared by identity.

    ``path``: the file it was read from, "" for none.
    """

    name: str
    image: Image
    path: str = ""


@dataclass(frozen=True, slots=True)
class ViewStyle:
    """Everything the compositor needs to know besides the frame.

    ``opacity`` 0..1 of the colour fill; ``outline`` in source pixels, 0 = none.
    ``blur`` and ``blocks``: standard deviation of the blur, and edge of a mosaic block, as shares
    of the picture's shorter side. ``color``: behind the objects. ``backdrop``: likewise, None for
    a plain gradient. ``turns``: quarter turns clockwise, then ``mirrored`` left to right.
    ``side_by_side``: the frame as it came, and beside it the effect. ``solo``: the only object
    that is shown, whether or not it is visible otherwise. ``comparing``: the screen, never a
    recording, shows the frame as it came.
    ``objects`` may lack an id: it is then called ``usual_name`` with its number for "%1",
    and has its colour in ``palette``.
    """

    effect: Effect = Effect.OVERLAY
    opacity: float = 0.45
    outline: int = 2
    blur: float = 0.02
    blocks: float = 0.04
    color: Color = SCREEN_GREEN
    backdrop: Backdrop | None = None
    edge: Edge = field(default_factory=Edge)
    mirrored: bool = False
    turns: int = 0
    side_by_side: bool = False
    solo: ObjectId | None = None
    comparing: bool = False
    palette: Palette = Palette.BRIGHT
    usual_name: str = N("Actions", "Object %1")
    objects: Mapping[ObjectId, ObjectStyle] = field(default_factory=dict)

    def shows(self, object_id: ObjectId) -> bool:
        """Whether an object is drawn."""
        return object_id == self.solo if self.solo is not None else self.of(object_id).visible

    @property
    def private(self) -> bool:
        """Whether the view hides something: then no picture may show the original frame."""
        return self.effect in (Effect.PIXELATE, Effect.PIXELATE_REST)

    @property
    def transparent(self) -> bool:
        """Whether recorded pictures and snapshots carry the soft mask in their alpha channel.

        Straight, not premultiplied; black where alpha is 0. Otherwise alpha is 255 everywhere.
        """
        return self.effect is Effect.CUTOUT

    def of(self, object_id: ObjectId) -> ObjectStyle:
        """The style of one object, the default one where none was chosen."""
        return self.objects.get(object_id) or self.usual(object_id)

    def usual(self, object_id: ObjectId) -> ObjectStyle:
        """The style of an object for which nobody has chosen one."""
        name = self.usual_name.replace("%1", str(object_id))
        return ObjectStyle(name, color_in(self.palette, object_id))

    def with_object(self, object_id: ObjectId, style: ObjectStyle) -> "ViewStyle":
        """A copy in which ``object_id`` looks like ``style``."""
        return replace(self, objects={**self.objects, object_id: style})
