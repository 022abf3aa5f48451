"""Snapshots: the view, the mask and the objects cut out, as PNG."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.errors import RecorderError
from app.pipeline.disk import explain, make_folder
from app.pipeline.events import Level, Listener, Notice, SnapshotSaved
from app.pipeline.frames import Segmented
from app.pipeline.recording.record_frame import RecordFrame
from app.pipeline.recording.shot import Shot
from app.pipeline.serial_tasks import SerialTasks
from app.pipeline.stage import reason
from app.pipeline.style import ViewStyle
from swem_core.data.files import write_atomic
from swem_core.data.masks import write_mask
from swem_core.errors import MaskError

_DEADLINE_S: Final = 5.0

_log = logging.getLogger(__name__)


def write_snapshot(path: Path, picture: NDArray[np.uint8]) -> None:
    """Save an HxWx4 uint8 BGRA picture as PNG, atomically; without alpha if that is 255 throughout.

    The folder is made if missing; an existing file is replaced. Raises RecorderError. Thread: any.
    """
    if path.suffix.lower() != ".png":
        raise RecorderError(f"A snapshot is a PNG picture. End its name with .png, not {path.name}")
    is_opaque = bool((picture[..., 3] == 255).all())
    pixels = cv2.cvtColor(picture, cv2.COLOR_BGRA2BGR) if is_opaque else picture
    encoded = cv2.imencode(".png", pixels)[1]
    make_folder(path.parent)
    try:
        write_atomic(path, encoded.tobytes())
    except OSError as error:
        raise RecorderError(explain(error, path)) from error


@dataclass(frozen=True, slots=True)
class Moment:
    """What a snapshot is made from: the picture as recorded, its frame and masks, and the style."""

    picture: NDArray[np.uint8]
    segmented: Segmented
    style: ViewStyle


def write_moment(path: Path, moment: Moment) -> tuple[Path, ...]:
    """Save the view as ``path`` and, where objects are tracked, "name mask" and "name cut-out".

    The mask has the DAVIS palette, the cut-out the source's picture and soft transparency.
    Returns the files. Raises RecorderError. Thread: any; takes a tenth of a second.
    """
    write_snapshot(path, moment.picture)
    frame, result = moment.segmented.frame, moment.segmented.result
    if result is None or not result.ids:
        return (path,)
    mask, cutout = (path.with_stem(f"{path.stem} {tail}") for tail in ("mask", "cut-out"))
    picture, style = moment.picture, moment.style
    shot = Shot(RecordFrame(picture, frame.seconds, frame.index, result, frame.image, style))
    try:
        if shot.labels is not None:
            write_mask(mask, shot.labels)
    except MaskError as error:
        raise RecorderError(str(error)) from error
    write_snapshot(cutout, shot.cutout)
    return path, mask, cutout


class SnapshotWriter:
    """Writes snapshots beside the pipeline, so that the picture does not stutter.

    Thread: ``write`` and ``finish`` on the compositor's; events come on the writing threads.
    """

    def __init__(self, listener: Listener) -> None:
        self._tell = listener
        self._tasks = SerialTasks("snapshot")

    def write(self, path: Path, moment: Moment) -> None:
        """Write after those before it; SnapshotSaved follows, or a Notice that says why not."""
        self._tasks.run(lambda: self._write(path, moment))

    def finish(self) -> None:
        """Wait, for 5 s at most, for what is being written."""
        self._tasks.finish(_DEADLINE_S)

    def _write(self, path: Path, moment: Moment) -> None:
        try:
            files = write_moment(path, moment)
        except Exception as error:
            if not isinstance(error, RecorderError):
                _log.exception("The snapshot %s failed", path)
            self._tell(Notice(Level.ERROR, reason(error)))
        else:
            self._tell(SnapshotSaved(path, files))
