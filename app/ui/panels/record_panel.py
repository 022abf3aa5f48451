"""Recording: the buttons, what to write, and what has been written so far."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QCheckBox

from app.pipeline.stats import Stats
from app.ui.panels.conversion_row import ConversionRow
from app.ui.panels.record_options import RecordOptions
from app.ui.panels.sound_meter import SoundMeter
from app.ui.text.figures import duration_text, long_duration_text, size_text
from app.ui.widgets.controls import Button, IconButton, flat_row, muted
from app.ui.widgets.section import Section

_SETTLED_S: Final = 2.0  # earlier the size on disk says little about the rate


class RecordPanel(Section):
    """Shows one of three states: nothing recorded, recording, finishing the file."""

    record_wanted = Signal()
    snapshot_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, output_dir: Path, options: RecordOptions) -> None:
        super().__init__(QCoreApplication.translate("RecordPanel", "Record"), key="record")
        self.folder = IconButton("folder", self.tr("Show the folder"))
        self.folder.setToolTip(self.tr("Saved in %1").replace("%1", str(output_dir)))
        self.record = Button(self.tr("Record"), "record", kind="danger")
        self.record.setCheckable(True)
        self.snapshot = Button(self.tr("Snapshot"), "snapshot")
        self.pause = Button(self.tr("Pause"), "pause")
        self.split = Button(self.tr("New file"), "split")
        self.options = options
        self.keep = QCheckBox(self.tr("Keep the last 30 s"))
        self.keep.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.save = Button(self.tr("Save"))
        self.figures = muted()
        self.room = muted()
        self.conversion = ConversionRow()
        self.meter = SoundMeter()
        self.record.clicked.connect(self.record_wanted)
        self.snapshot.clicked.connect(self.snapshot_wanted)
        self.folder.clicked.connect(self.folder_wanted)
        self.header.addWidget(self.folder)
        for pair in ((self.record, self.snapshot), (self.pause, self.split)):
            row = flat_row(spacing=4)
            for button in pair:
                row.addWidget(button, 1)
            self.body.addLayout(row)
        replay = flat_row(spacing=4)
        replay.addWidget(self.keep, 1)
        replay.addWidget(self.save)
        self.body.addLayout(replay)
        for widget in (self.options, self.figures, self.meter, self.room, self.conversion):
            self.body.addWidget(widget)
        self.set_recording(False)
        self.set_replay(False)

    def set_recording(self, recording: bool, *, paused: bool = False) -> None:
        """Whether a recording runs, and whether it is paused."""
        self.record.setChecked(recording)
        self.record.set_icon("stop" if recording else "record")
        self.record.setText(self.tr("Stop") if recording else self.tr("Record"))
        self.pause.setText(self.tr("Resume") if paused else self.tr("Pause"))
        self.pause.set_icon("record" if paused else "pause")
        self.options.setVisible(not recording)
        for widget in (self.pause, self.split, self.figures, self.room):
            widget.setVisible(recording)
        if not recording:
            self.room.setText("")
            self.meter.show_level(None)

    def set_replay(self, on: bool) -> None:
        """Whether the last seconds are being kept."""
        self.keep.setChecked(on)
        self.save.setVisible(on)
        if not on:
            self.keep.setText(self.tr("Keep the last 30 s"))

    def show_replay(self, stats: Stats) -> None:
        """What could be saved now, and the memory it takes."""
        if self.keep.isChecked():
            text = self.tr("Last %1 s kept (%2)").replace("%1", f"{stats.replay_seconds:.0f}")
            self.keep.setText(text.replace("%2", size_text(stats.replay_bytes)))

    def set_available(self, available: bool) -> None:
        """Whether there is anything to record."""
        self.record.setEnabled(available)
        self.snapshot.setEnabled(available)
        self.keep.setEnabled(available)

    def show_stats(self, stats: Stats) -> None:
        """What has been written so far."""
        parts = [
            duration_text(stats.recorded_seconds),
            self.tr("%1 frames").replace("%1", str(stats.recorded_frames)),
            size_text(stats.recorded_bytes),
        ]
        if lost := stats.dropped.get("record", 0):
            parts[-1] += "\n" + self.tr("%1 skipped").replace("%1", str(lost))
        self.figures.setText("  ·  ".join(parts))
        self.room.setText(self._room(stats))
        self.meter.show_level(stats.sound_level)

    def _room(self, stats: Stats) -> str:
        """How much longer the disk lasts, at the rate so far."""
        if stats.recording_room is None:
            return ""
        room = size_text(stats.recording_room)
        if stats.recorded_seconds < _SETTLED_S or not stats.recorded_bytes:
            return self.tr("%1 left on disk").replace("%1", room)
        seconds = stats.recording_room * stats.recorded_seconds / stats.recorded_bytes
        text = self.tr("%1 left on disk, about %2").replace("%1", room)
        return text.replace("%2", long_duration_text(seconds))
