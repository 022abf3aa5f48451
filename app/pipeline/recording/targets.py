"""The files of a recording behind one interface."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.pipeline.recording.coco import CocoWriter
from app.pipeline.recording.formats import Codec
from app.pipeline.recording.mask_folder import MaskFolderWriter
from app.pipeline.recording.plan import RecordingPlan
from app.pipeline.recording.shot import Shot
from app.pipeline.recording.soft_masks import SoftMaskWriter
from app.pipeline.recording.video_writer import VideoWriter
from app.pipeline.sound.base import Sound


class Target(Protocol):
    """A file or folder that grows with each frame. Thread: the recorder's."""

    @property
    def path(self) -> Path:
        """The file or folder."""
        ...

    @property
    def bytes(self) -> int:
        """Its size on disk."""
        ...

    def write(self, shot: Shot) -> bool:
        """Append; False if there was nothing to append. Raises RecorderError; then close it."""
        ...

    def close(self) -> None:
        """Complete the file; nothing can be written afterwards. Raises RecorderError."""
        ...


class VideoTarget:
    """A video. ``picture``: which form of a shot goes into it; ``sound``: is read, not closed."""

    def __init__(
        self,
        path: Path,
        codec: Codec,
        picture: Callable[[Shot], NDArray[np.uint8]],
        sound: Sound | None,
    ) -> None:
        self.path = path
        self._picture = picture
        self._writer = VideoWriter(path, codec, sound=sound)

    @property
    def bytes(self) -> int:
        """See :class:`Target`."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0  # gone, or never made: nothing that is worth a message

    def fits(self, shot: Shot) -> bool:
        """Whether the shot's picture has the size of those already written."""
        return self._writer.size in (None, self._picture(shot).shape[:2])

    def write(self, shot: Shot) -> bool:
        """See :class:`Target`."""
        return self._writer.write(self._picture(shot), shot.frame.seconds, shot.frame)

    def close(self) -> None:
        """See :class:`Target`."""
        self._writer.close()


class MaskTarget:
    """A folder of palette PNGs."""

    def __init__(self, folder: Path) -> None:
        self.path = folder
        self._writer = MaskFolderWriter(folder)

    @property
    def bytes(self) -> int:
        """See :class:`Target`."""
        return self._writer.bytes

    def write(self, shot: Shot) -> bool:
        """See :class:`Target`."""
        if shot.labels is None:
            return False
        self._writer.write(shot.frame.index, shot.labels)
        return True

    def close(self) -> None:
        """Nothing is held back."""


def open_data(plan: RecordingPlan) -> list[Target]:
    """Create all targets of ``plan`` that are not videos. Raises RecorderError."""
    targets: list[Target] = []
    if plan.masks is not None:
        targets.append(MaskTarget(plan.masks))
    if plan.soft is not None:
        targets.append(SoftMaskWriter(plan.soft))
    if plan.coco is not None:
        targets.append(CocoWriter(plan.coco))
    return targets
