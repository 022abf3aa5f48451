"""Starts and stops recordings, takes pictures, and names the files."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from app.pipeline.disk import free_path
from app.pipeline.events import Level
from app.pipeline.recording import RecordingPlan
from app.ui.ports import SessionLike


def file_name(now: datetime) -> str:
    """``swem-live 2026-11-22 20.15.03``: sorts by time, and every file system takes it."""
    return f"swem-live {now:%Y-%m-%d %H.%M.%S}"


class Outputs(QObject):
    """What the person saves. Lives in the GUI thread; the writing is done elsewhere."""

    changed = Signal()
    refused = Signal(object, str)
    """(Level, sentence): why a wish is not fulfilled."""

    def __init__(
        self,
        session: Callable[[], SessionLike | None],
        output_dir: Path,
        now: Callable[[], datetime] = datetime.now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._output_dir, self._now = session, output_dir, now
        self._is_recording = False

    @property
    def is_recording(self) -> bool:
        """A recording runs, or was asked to."""
        return self._is_recording

    def toggle_recording(self, *, with_masks: bool) -> None:
        """Start a recording, or finish the one that runs."""
        session = self._session()
        if session is not None and self._is_recording:
            session.stop_recording()
        elif session is not None:
            stem = file_name(self._now())
            video = free_path(self._output_dir / f"{stem}.mkv")
            masks = free_path(self._output_dir / f"{stem} masks") if with_masks else None
            self.set_recording(True)
            session.start_recording(RecordingPlan(video, masks))
        self.changed.emit()

    def snapshot(self) -> None:
        """Save the picture as shown."""
        session = self._session()
        if session is not None:
            session.snapshot(free_path(self._output_dir / f"{file_name(self._now())}.png"))

    def set_recording(self, recording: bool) -> None:
        """The session reports that a recording began or ended."""
        self._is_recording = recording
        self.changed.emit()

    def show_folder(self, path: Path | None = None) -> None:
        """Show the folder of ``path`` (default: where everything goes) in the file manager."""
        folder = path.parent if path else self._output_dir
        if folder.is_dir():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        else:
            self.refused.emit(Level.INFO, self.tr("Nothing was saved yet."))
