"""Starts and stops recordings, takes snapshots, and names the files."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from app.pipeline.disk import free_path
from app.pipeline.events import ConversionEnded, Event, Level
from app.pipeline.recording.converter import Converter
from app.pipeline.recording.formats import (
    COCO,
    MASKS,
    SOFT,
    VIDEO_FORMATS,
    Conversion,
    DataFormat,
    VideoFormat,
)
from app.pipeline.recording.plan import RecordingPlan
from app.pipeline.recording.replay import ReplayPlan
from app.pipeline.sound.base import SoundPlan
from app.ui.session.bridge import Background
from app.ui.session.interfaces import SessionLike

_CLOSE_S: Final = 3.0


@dataclass(frozen=True, slots=True)
class RecordChoice:
    """What a recording consists of."""

    video: VideoFormat
    data: tuple[DataFormat, ...] = ()
    sound: SoundPlan | None = None

    def plan(self, folder: Path, stem: str) -> RecordingPlan:
        """Where it goes: names that are free, all beginning with ``stem``."""
        base = folder / stem
        video = free_path(base.with_name(stem + self.video.suffix))
        data = {d.id: free_path(base.with_name(stem + d.tail + d.suffix)) for d in self.data}
        plan = RecordingPlan(
            None if self.video.alpha else video,
            masks=data.get(MASKS.id),
            coco=data.get(COCO.id),
            soft=data.get(SOFT.id),
            sound=self.sound,
        )
        return replace(plan, alpha=video, alpha_format=self.video) if self.video.alpha else plan


def file_name(now: datetime) -> str:
    """``swem-live 2026-11-22 20.15.03``: sorts by time, and every file system takes it."""
    return f"swem-live {now:%Y-%m-%d %H.%M.%S}"


class Outputs(QObject):
    """What the person saves. Lives in the GUI thread; the writing is done elsewhere."""

    changed = Signal()
    refused = Signal(object, str)
    """(Level, sentence): why something was not done."""
    converted = Signal(object)
    """ConversionProgress or ConversionEnded; on the GUI thread."""
    closed = Signal()
    """What ``close`` had to wait for has ended."""

    def __init__(
        self,
        session: Callable[[], SessionLike | None],
        output_dir: Path,
        now: Callable[[], datetime] = datetime.now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._output_dir, self._now = session, output_dir, now
        self._is_recording = self._is_paused = self._keeps_replay = False
        self._conversions = 0  # running or waiting
        self._is_closing = False
        self._background = Background(self)
        self._converter = Converter(self._hear)

    @property
    def is_recording(self) -> bool:
        """Whether a recording runs or was requested."""
        return self._is_recording

    @property
    def is_paused(self) -> bool:
        """Whether the recording is paused."""
        return self._is_paused

    def toggle_recording(self, choice: RecordChoice) -> None:
        """Start a recording, or finish the one that runs."""
        session = self._session()
        if session is not None and self._is_recording:
            session.stop_recording()
        elif session is not None:
            self.set_recording(True)
            session.start_recording(choice.plan(self._output_dir, file_name(self._now())))
        self.changed.emit()

    def set_paused(self, paused: bool) -> None:
        """Pause the recording, or resume it."""
        session = self._session()
        if session is not None and self._is_recording:
            self._is_paused = paused
            session.pause_recording(paused)
        self.changed.emit()

    def split(self) -> None:
        """Go on in a new file."""
        session = self._session()
        if session is not None and self._is_recording:
            session.split_recording()

    @property
    def keeps_replay(self) -> bool:
        """The last seconds are being kept."""
        return self._keeps_replay

    def set_replay(self, on: bool, sound: SoundPlan | None = None) -> None:
        """Keep the last seconds, or forget them."""
        session = self._session()
        if session is not None:
            session.set_replay(ReplayPlan(sound=sound) if on else None)
        self._keeps_replay = on and session is not None
        self.changed.emit()

    def save_replay(self, choice: RecordChoice) -> None:
        """Save the last seconds, with the masks that are chosen for recordings."""
        session = self._session()
        if session is not None and self._keeps_replay:
            plan = replace(choice, video=VIDEO_FORMATS[0]).plan(
                self._output_dir, f"{file_name(self._now())} replay"
            )
            assert plan.video is not None
            session.save_replay(plan.video, masks=plan.masks, coco=plan.coco)

    def convert(self, conversion: Conversion) -> None:
        """Convert a finished recording in the background."""
        self._conversions += 1
        self._converter.add(conversion)

    def cancel_conversion(self) -> None:
        """Keep the recording as it was recorded."""
        self._converter.cancel()

    def close(self) -> bool:
        """Cancel conversions when the window closes; what was recorded is kept.

        False if one has yet to end: ``closed`` follows, after 3 s at most.
        """
        if not self._conversions:
            self._converter.close(0 if self._is_closing else _CLOSE_S)  # its thread only waits
            return True
        if not self._is_closing:
            self._is_closing = True
            self._background.run(
                lambda: self._converter.close(_CLOSE_S),
                lambda _: self._converter_closed(),
                lambda _: self._converter_closed(),
                name="converter-close",
            )
        return False

    def _converter_closed(self) -> None:
        self._conversions = 0
        self.closed.emit()

    def snapshot(self) -> None:
        """Save the picture as shown."""
        session = self._session()
        if session is not None:
            session.snapshot(free_path(self._output_dir / f"{file_name(self._now())}.png"))

    def set_recording(self, recording: bool) -> None:
        """The session reports that a recording began or ended."""
        self._is_recording = recording
        self._is_paused = self._is_paused and recording
        self.changed.emit()

    def _hear(self, event: Event) -> None:
        """Thread: the converter's."""
        self._background.post(lambda: self._tell(event))

    def _tell(self, event: Event) -> None:
        if isinstance(event, ConversionEnded):
            self._conversions -= 1
        self.converted.emit(event)

    def show_folder(self, path: Path | None = None) -> None:
        """Show the folder of ``path`` (default: where everything goes) in the file manager."""
        folder = path.parent if path else self._output_dir
        if folder.is_dir():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        else:
            self.refused.emit(Level.INFO, self.tr("Nothing has been saved yet."))
