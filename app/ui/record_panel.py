"""Recording: the button, what has been written so far, and what to write."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QCheckBox

from app.pipeline.stats import Stats
from app.ui.text import duration_text, size_text
from app.ui.widgets import Button, IconButton, Section, flat_row, muted


class RecordPanel(Section):
    """Shows one of three states: nothing recorded, recording, finishing the file."""

    record_wanted = Signal()
    snapshot_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, output_dir: Path, *, with_masks: bool) -> None:
        super().__init__(QCoreApplication.translate("RecordPanel", "Record"))
        self.folder = IconButton("folder", self.tr("Show the folder"))
        self.folder.setToolTip(self.tr("Saved in %1").replace("%1", str(output_dir)))
        self.record = Button(self.tr("Record"), "record", kind="danger")
        self.record.setCheckable(True)
        self.snapshot = Button(self.tr("Picture"), "snapshot")
        self.masks = QCheckBox(self.tr("Also save the masks (PNG folder)"))
        self.masks.setChecked(with_masks)
        self.masks.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.figures = muted()
        self.record.clicked.connect(self.record_wanted)
        self.snapshot.clicked.connect(self.snapshot_wanted)
        self.folder.clicked.connect(self.folder_wanted)
        self.header.addWidget(self.folder)
        row = flat_row(spacing=4)
        row.addWidget(self.record, 1)
        row.addWidget(self.snapshot, 1)
        self.body.addLayout(row)
        self.body.addWidget(self.masks)
        self.body.addWidget(self.figures)
        self.set_recording(False)

    def set_recording(self, recording: bool) -> None:
        """Whether a file grows now."""
        self.record.setChecked(recording)
        self.record.set_icon("stop" if recording else "record")
        self.record.setText(self.tr("Stop") if recording else self.tr("Record"))
        self.masks.setEnabled(not recording)
        self.figures.setVisible(recording)

    def set_available(self, available: bool) -> None:
        """Whether there is anything to record."""
        self.record.setEnabled(available)
        self.snapshot.setEnabled(available)

    def show_stats(self, stats: Stats) -> None:
        """What has been written so far."""
        parts = [
            duration_text(stats.recorded_seconds),
            self.tr("%1 frames").replace("%1", str(stats.recorded_frames)),
            size_text(stats.recorded_bytes),
        ]
        if lost := stats.dropped.get("record", 0):
            parts.append(self.tr("%1 skipped").replace("%1", str(lost)))
        self.figures.setText("  ·  ".join(parts))
