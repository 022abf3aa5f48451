"""Privacy effects: a mosaic from which the original cannot be recovered.

In doubt everything is hidden. Blocks are replaced whole, so that none mixes hidden pixels with
shown ones.
"""

from collections.abc import Iterable

import cv2
import numpy as np

from app.pipeline.effects.matte import Matte
from app.pipeline.effects.picture import Picture, Plane, averaged, blend, opaque, where
from app.pipeline.effects.scene import Scene
from swem_core.types import Alpha, Image, Size

_MIN_BLOCK = 8  # source pixels
_MARGIN = 0.012  # of the shorter side: how far a mask may be wrong
_STEP = 4  # source pixels between those looked at to find the blocks a mask touches


def hide_all(scene: Scene) -> Picture:
    """Turn the whole frame into a mosaic."""
    return _enlarged(_blocks(scene), scene.size)


def hide_objects(scene: Scene, drafts: Iterable[Alpha] = ()) -> Picture:
    """A mosaic over the objects, over a margin around them, and over ``drafts``."""
    if scene.matte is None:
        return hide_all(scene)
    hidden = np.zeros(scene.size, np.uint8)
    hidden[scene.matte.box] = scene.matte.alpha
    for draft in drafts:
        cv2.max(hidden, draft, dst=hidden)
    small = _blocks(scene)
    mask = cv2.resize(_touched(hidden, small), scene.size[::-1], interpolation=cv2.INTER_NEAREST)
    picture = opaque(scene.image)
    where(np.asarray(mask, np.uint8) > 0, _enlarged(small, scene.size), picture)
    return picture


def hide_rest(scene: Scene) -> Picture:
    """A mosaic over everything but the objects; their edge fades inwards, never outwards."""
    picture, matte = hide_all(scene), scene.matte
    if matte is not None:
        part = picture[matte.box]
        part[:] = blend(scene.pyramid.opaque[matte.box], part, _inwards(matte))
    return picture


def _inwards(matte: Matte) -> Plane:
    """0 where a pixel is not surely the object's, rising to 1 inside of it."""
    table = np.clip((np.arange(256, dtype=np.float32) - 127) / 128, 0, 1)
    return np.asarray(cv2.LUT(matte.alpha, table), np.float32)


def _blocks(scene: Scene) -> Image:
    """One pixel per block: its mean colour."""
    block = max(scene.style.blocks * scene.short_side, _MIN_BLOCK)
    height, width = (max(int(extent / block), 1) for extent in scene.size)
    return averaged(scene.reduced, (height, width))


def _enlarged(small: Image, size: Size) -> Picture:
    whole = cv2.resize(opaque(small), size[::-1], interpolation=cv2.INTER_NEAREST)
    return np.asarray(whole, np.uint8)


def _touched(hidden: Alpha, small: Image) -> Alpha:
    """1 for every block in which, or in the margin around it, any pixel is to be hidden."""
    reach = max(round(_MARGIN * min(hidden.shape)), _STEP)  # at least: no pixel is stepped over
    window = np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
    any_hidden = np.asarray(cv2.dilate(hidden, window), np.uint8)[::_STEP, ::_STEP] > 0
    # As float: in 8 bits a single pixel of a block would be rounded to nothing.
    size = (small.shape[1], small.shape[0])
    share = cv2.resize(any_hidden.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    # One more all around: where the blocks of the mask and those of the picture meet differently.
    near = cv2.dilate((np.asarray(share) > 0).astype(np.uint8), np.ones((3, 3), np.uint8))
    return np.asarray(near, np.uint8)
