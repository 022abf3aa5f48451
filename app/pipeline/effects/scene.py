"""Everything an effect is drawn from."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.pipeline.effects.matte import Matte, Mattes
from app.pipeline.effects.picture import Picture
from app.pipeline.effects.pyramid import Pyramid, quartered
from app.pipeline.style import ViewStyle
from swem_core.types import Alpha, Image, ObjectId, Size


@dataclass(frozen=True)
class Scene:
    """One frame, its soft masks (None where nothing is tracked) and how to draw them.

    ``ids``: the objects the effect takes into account. ``backdrop``: source-sized, for effects
    that put one behind the objects; read-only.
    """

    image: Image
    pyramid: Pyramid
    mattes: Mattes | None
    ids: tuple[ObjectId, ...]
    style: ViewStyle
    backdrop: Picture | None = None

    @property
    def size(self) -> Size:
        """(height, width) of the frame."""
        return self.image.shape[0], self.image.shape[1]

    @property
    def short_side(self) -> int:
        """In source pixels."""
        return min(self.size)

    @property
    def reduced(self) -> Image:
        """The frame ``reduction`` times smaller."""
        return self.pyramid.small

    @property
    def reduction(self) -> float:
        """Source pixels per pixel of ``reduced``."""
        return float(self.image.shape[1] / self.reduced.shape[1])

    @cached_property
    def reduced_alpha(self) -> Alpha:
        """All objects taken together, as small as ``reduced``; 0 where there are none."""
        whole = np.zeros(self.size, np.uint8)
        if self.matte is not None:
            whole[self.matte.box] = self.matte.alpha
        return quartered(whole)

    @cached_property
    def matte(self) -> Matte | None:
        """All objects taken together."""
        return self.mattes.of(self.ids) if self.mattes else None
