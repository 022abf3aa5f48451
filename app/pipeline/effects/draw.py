"""The function that draws each effect."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from app.pipeline.effect import Effect
from app.pipeline.effects.backdrop import before_color, before_image
from app.pipeline.effects.blur import blur_background
from app.pipeline.effects.cutout import cut_out
from app.pipeline.effects.overlay import outlines, overlay
from app.pipeline.effects.picture import Picture, opaque
from app.pipeline.effects.pixelate import hide_objects, hide_rest
from app.pipeline.effects.scene import Scene

Draw: TypeAlias = Callable[[Scene], Picture]
"""A source-sized picture of its own memory."""

DRAW: Mapping[Effect, Draw] = {
    Effect.OVERLAY: overlay,
    Effect.OUTLINE: outlines,
    Effect.CUTOUT: cut_out,
    Effect.BLUR: blur_background,
    Effect.IMAGE: before_image,
    Effect.COLOR: before_color,
    Effect.PIXELATE: hide_objects,
    Effect.PIXELATE_REST: hide_rest,
    Effect.PLAIN: lambda scene: opaque(scene.image),
}
