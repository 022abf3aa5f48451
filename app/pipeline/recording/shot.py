"""A frame in the forms in which it is written: labels, soft masks, opaque picture, cut-out."""

from functools import cached_property
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.pipeline.effects.cutout import on_black
from app.pipeline.effects.picture import opaque
from app.pipeline.placement import Placement
from app.pipeline.recording.record_frame import RecordFrame
from swem_core.types import Alpha, Labels, ObjectId

_RIM: Final = np.ones((9, 9), np.uint8)


class Shot:
    """A frame with the forms of its masks that several files need, each made once, when wanted.

    Thread: the recorder's.
    """

    def __init__(self, frame: RecordFrame) -> None:
        self.frame = frame

    @cached_property
    def labels(self) -> Labels | None:
        """HxW uint8 object ids, turned and mirrored as the view; None with nothing tracked."""
        result = self.frame.result
        return self._placed(result.labels()) if result is not None else None

    @cached_property
    def alphas(self) -> dict[ObjectId, Alpha]:
        """HxW uint8 soft mask per tracked object, likewise."""
        alphas = self.frame.result.alphas() if self.frame.result is not None else {}
        return {object_id: self._placed(alpha) for object_id, alpha in alphas.items()}

    def _placed(self, array: NDArray[np.uint8]) -> NDArray[np.uint8]:
        style, size = self.frame.style, (array.shape[0], array.shape[1])
        return np.ascontiguousarray(Placement(size, style.mirrored, style.turns).apply(array))

    @cached_property
    def opaque(self) -> NDArray[np.uint8]:
        """HxWx4 uint8 BGRA: the view for a file without transparency, over black where it has."""
        frame = self.frame
        return on_black(frame.picture) if frame.style.transparent else frame.picture

    @cached_property
    def cutout(self) -> NDArray[np.uint8]:
        """HxWx4 uint8 BGRA, straight alpha: the view if it is transparent, else visible objects.

        Black away from the objects: what nobody sees must not be in the file, and costs no space.
        A rim of a few pixels keeps its colours, or codecs with coarse colours would darken edges.
        """
        frame = self.frame
        if frame.style.transparent:
            return frame.picture
        assert frame.image is not None, "the plan wants no images"
        image = self._placed(frame.image)
        alpha = np.zeros(image.shape[:2], np.uint8)
        for object_id, soft in self.alphas.items():
            if frame.style.shows(object_id):
                cv2.add(alpha, soft, dst=alpha)  # two that touch share a pixel's 255 between them
        picture = opaque(image)
        cv2.insertChannel(alpha, picture, 3)
        return cv2.copyTo(picture, cv2.dilate(alpha, _RIM)).astype(np.uint8, copy=False)
