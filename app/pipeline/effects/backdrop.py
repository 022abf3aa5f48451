"""Effects that put the objects in front of a picture or a colour."""

import cv2
import numpy as np

from app.pipeline.effects.foreground import put_over
from app.pipeline.effects.picture import Picture, opaque, plain
from app.pipeline.effects.scene import Scene
from swem_core.types import Image, Size

_TOP, _BOTTOM = (92, 74, 58), (38, 30, 26)  # BGR: what is behind while no picture is chosen


def before_image(scene: Scene) -> Picture:
    """The objects before the backdrop."""
    backdrop = gradient(scene.size) if scene.backdrop is None else scene.backdrop
    return put_over(scene, scene.matte, backdrop.copy())


def before_color(scene: Scene) -> Picture:
    """The objects before one colour."""
    return put_over(scene, scene.matte, plain(scene.size, scene.style.color))


def fitted(image: Image, size: Size) -> Picture:
    """``image`` enlarged or reduced to cover (height, width), its middle cut out."""
    height, width = size
    scale = max(height / image.shape[0], width / image.shape[1])
    wanted = (max(round(image.shape[1] * scale), width), max(round(image.shape[0] * scale), height))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    whole = cv2.resize(image, wanted, interpolation=way)
    top, left = (wanted[1] - height) // 2, (wanted[0] - width) // 2
    return opaque(np.asarray(whole[top : top + height, left : left + width], np.uint8))


def gradient(size: Size) -> Picture:
    """A dark backdrop of (height, width), shown until a picture is chosen."""
    column = np.linspace(_TOP, _BOTTOM, size[0])[:, None]
    rows = np.broadcast_to(np.rint(column), (*size, 3))
    return opaque(np.ascontiguousarray(rows, np.uint8))
