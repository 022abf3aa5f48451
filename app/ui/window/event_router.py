"""Applies each event of the pipeline to the window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from app.pipeline import events
from app.pipeline.events import Event, Level
from app.ui.picture.tools import Tool
from app.ui.window.parts import Parts

_CORRECTION = "correction"  # key of the banner about the last one
_NO_PICTURE = ("capture", "compositor")  # stages without which nothing is shown any more
_SOURCE = "source"  # key of the banner about the source; replaced and withdrawn as it changes


class EventRouter(QObject):
    """Hears what the running session tells. Lives in the GUI thread.

    ``play_again`` opens the same source once more.
    """

    def __init__(self, parts: Parts, play_again: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._play_again = play_again
        parts.host.arrived.connect(self.handle)
        parts.outputs.converted.connect(self.handle)

    def handle(self, event: Event) -> None:
        """Show what happened."""
        parts = self._parts
        match event:
            case events.MarkingChanged():
                parts.marking.on_marking(event)
            case events.ObjectsChanged():
                parts.marking.on_objects(event)
            case events.Corrected():
                parts.marking.on_corrected(event)
                self._corrected(event)
            case (
                events.LostChanged()
                | events.LocksChanged()
                | events.HistoryChanged()
                | events.CatchingUp()
            ):
                parts.live.on_event(event)
            case events.ObjectsStyled(objects):
                parts.looks.adopt(objects)
            case events.ObjectRestyled(object_id):
                parts.looks.amend(object_id, parts.live.not_overtaken(event))
            case events.EngineReady(model, device, clicks):
                if not clicks and parts.tools.tool is Tool.CLICK:
                    parts.tools.select(Tool.BOX)
                parts.canvas.hud.set_engine(model, device)
                parts.status.set_engine(f"{model}  ·  {device}")
            case events.Notice(level, text):
                self._notice(level, text)
            case events.StageFailed(stage, text):
                self._stage_failed(stage, text)
            case events.SourceOpened() | events.SourceLost() | events.SourceEnded():
                self._source(event)
            case events.SessionSaved(path):
                self._saved(Level.INFO, self.tr("Session saved: %1"), path)
            case events.RecordingStarted() | events.RecordingStopped() | events.SnapshotSaved():
                self._output(event)
            case events.ReplaySaved(path, _):
                self._saved(Level.INFO, self.tr("Last seconds saved: %1"), path)
            case events.ConversionProgress(path, done):
                parts.record_panel.conversion.show_progress(path, done)
            case events.ConversionEnded():
                self._converted(event)

    def _corrected(self, event: events.Corrected) -> None:
        text = self.tr("“%1” corrected.")
        text = text.replace("%1", self._parts.looks.of(event.object_id).name)
        undo = (self.tr("Undo"), self._parts.marking.undo)
        self._parts.canvas.messages.post(Level.INFO, text, key=_CORRECTION, action=undo)

    def _notice(self, level: Level, text: str) -> None:
        if level is not Level.INFO:
            self._parts.marking.forget_pending()
        self._parts.canvas.messages.post(level, text)

    def _stage_failed(self, stage: str, text: str) -> None:
        if stage == "engine":
            self._parts.marking.release()
            self._parts.status.set_engine(self.tr("tracking stopped"))
        again = (self.tr("Open again"), self._play_again) if stage in _NO_PICTURE else None
        self._parts.canvas.messages.post(Level.ERROR, text, action=again)

    def _source(self, event: Event) -> None:
        panel, messages = self._parts.source_panel, self._parts.canvas.messages
        if isinstance(event, events.SourceOpened):
            messages.withdraw(_SOURCE)
            panel.show_info(event.info)
            self._parts.camera_row.ask_sizes()
            self._parts.seeking.set_span(event.info.span)
        elif isinstance(event, events.SourceLost):
            retry = self.tr("Retrying in %1 s.").replace("%1", f"{event.retry_s:.0f}")
            messages.post(Level.WARNING, f"{event.text} {retry}", key=_SOURCE)
            panel.show_problem(self.tr("No picture; reconnecting…"))
        elif isinstance(event, events.SourceEnded):
            panel.show_problem(self.tr("Ended"))
            if event.frames and self._parts.playback.can_pause:
                text = self.tr("The video has ended (%1 frames).").replace("%1", str(event.frames))
                again = (self.tr("Play again"), self._play_again)
                messages.post(Level.INFO, text, key=_SOURCE, action=again)

    def _output(self, event: Event) -> None:
        outputs = self._parts.outputs
        if isinstance(event, events.RecordingStarted):
            outputs.set_recording(True)
        elif isinstance(event, events.SnapshotSaved):
            self._saved(Level.INFO, self.tr("Snapshot saved: %1"), event.path)
        elif isinstance(event, events.RecordingStopped):
            outputs.set_recording(event.continues)
            if event.conversion is not None:
                outputs.convert(event.conversion)
            elif event.error is None:
                self._saved(Level.INFO, self.tr("Recording saved: %1"), event.path)
            elif event.frames == 0:
                text = self.tr("Nothing was recorded: %1").replace("%1", event.error)
                self._parts.canvas.messages.post(Level.ERROR, text)
            else:
                early = self.tr("The recording ended early: %2 What was recorded is in %1.")
                text = early.replace("%2", event.error)
                self._saved(Level.ERROR, text, event.path)

    def _converted(self, event: events.ConversionEnded) -> None:
        self._parts.record_panel.conversion.hide()
        if event.error is None:
            self._saved(Level.INFO, self.tr("Recording saved: %1"), event.path)
        else:
            self._parts.canvas.messages.post(Level.ERROR, event.error)

    def _saved(self, level: Level, sentence: str, path: Path) -> None:
        outputs = self._parts.outputs
        show = (self.tr("Show folder"), lambda: outputs.show_folder(path))
        text = sentence.replace("%1", path.name)
        self._parts.canvas.messages.post(level, text, key=str(path), action=show)
