"""The objects cut out of their surroundings."""

from functools import lru_cache

import cv2
import numpy as np

from app.pipeline.effects.foreground import edge_of, put_over
from app.pipeline.effects.picture import Picture, blend
from app.pipeline.effects.scene import Scene
from swem_core.types import Size

_LIGHT, _DARK = 205, 165
_SQUARES = 36  # across the shorter side


def cut_out(scene: Scene) -> Picture:
    """BGRA with the soft mask as its alpha, straight; black where that is 0.

    On the edge the colours are the object's own, without what shone through from behind it.
    """
    picture: Picture = np.zeros((*scene.size, 4), np.uint8)
    matte = scene.matte
    if matte is None:
        return picture
    part = picture[matte.box]
    cv2.copyTo(scene.pyramid.opaque[matte.box], matte.alpha, part)
    edge = edge_of(scene, matte)
    edge.colors[:, 3] = matte.alpha.reshape(-1).take(edge.at.inside(matte.alpha))
    edge.at.put(picture, matte.box, edge.colors)
    return picture


def on_checkerboard(scene: Scene) -> Picture:
    """The same for the screen."""
    return put_over(scene, scene.matte, checkerboard(scene.size).copy())


def on_black(picture: Picture) -> Picture:
    """A transparent picture as an encoder without alpha should get it: over black, alpha 255."""
    flat = np.zeros_like(picture)
    x, y, width, height = cv2.boundingRect(np.ascontiguousarray(picture[..., 3]))
    box = slice(y, y + height), slice(x, x + width)
    if width:
        weight = picture[box][..., 3] * np.float32(1 / 255)
        flat[box] = blend(picture[box], flat[box], weight)
    flat[..., 3] = 255
    return flat


@lru_cache(maxsize=2)
def checkerboard(size: Size) -> Picture:
    """(height, width) of grey squares, which stand for transparency. Read-only."""
    height, width = size
    square = max(min(height, width) // _SQUARES, 4)
    is_dark = np.add.outer(np.arange(height) // square, np.arange(width) // square) % 2 == 1
    grey = np.where(is_dark, np.uint8(_DARK), np.uint8(_LIGHT))
    board = np.dstack((grey, grey, grey, np.full_like(grey, 255)))
    board.setflags(write=False)
    return board
