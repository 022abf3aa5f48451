"""What a recording consists of, as the person chose it: video format, masks, sound."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from app.pipeline.recording.formats import DATA_FORMATS, VIDEO_FORMATS, DataFormat, video_format
from app.translation import N
from app.ui.panels.sound_choice import SoundChoice, sound_to_store, stored_sound
from app.ui.session.interfaces import ListDevices
from app.ui.state.outputs import RecordChoice
from app.ui.state.window_settings import WindowSettings
from app.ui.widgets.controls import flat_row, muted

_LABEL_WIDTH = 52
_SHORT = {"masks": "PNG", "coco": "COCO", "soft-masks": N("RecordOptions", "Soft")}
_MASKS_NOTE = N("Formats", "As tracked, without the view's edge settings.")
_tr = QCoreApplication.translate


class RecordOptions(QWidget):
    """Made from the table of formats. Lives in the GUI thread.

    ``format_id`` and ``data`` are what was chosen last time; unknown ids count as nothing chosen.
    """

    def __init__(self, format_id: str, data: Sequence[str], sound: SoundChoice) -> None:
        super().__init__()
        self.video = self._make_video(format_id)
        self.data = {each.id: self._make_box(each, each.id in data) for each in DATA_FORMATS}
        self.sound = sound
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for name, widgets in (
            (self.tr("Video"), [self.video]),
            (self.tr("Masks"), list(self.data.values())),
            (self.tr("Sound"), [self.sound]),
        ):
            column.addLayout(self._row(name, widgets))

    @classmethod
    def from_stored(
        cls, window_settings: WindowSettings, list_microphones: ListDevices
    ) -> "RecordOptions":
        """As they were when the program ended last."""
        data = [
            each.id for each in DATA_FORMATS if window_settings.flag(f"record/{each.id}", False)
        ]
        sound = SoundChoice(stored_sound(window_settings), list_microphones)
        return cls(window_settings.text("record/format", ""), data, sound)

    def to_store(self) -> dict[str, object]:
        """What ``WindowSettings.store`` takes."""
        chosen = {f"record__{name}": box.isChecked() for name, box in self.data.items()}
        video = str(self.video.currentData())
        return {**chosen, "record__format": video, **sound_to_store(self.sound.plan)}

    @property
    def choice(self) -> RecordChoice:
        """What is chosen now."""
        data = tuple(each for each in DATA_FORMATS if self.data[each.id].isChecked())
        video = video_format(str(self.video.currentData()))
        return RecordChoice(video, data, self.sound.plan)

    def _make_video(self, chosen: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(self.tr("Video format"))
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for row, each in enumerate(VIDEO_FORMATS):
            box.addItem(_tr("Formats", each.title), each.id)
            box.setItemData(
                row, f"{each.suffix}: {_tr('Formats', each.note)}", Qt.ItemDataRole.ToolTipRole
            )
            if each.id == chosen:
                box.setCurrentIndex(row)
        return box

    def _make_box(self, data: DataFormat, checked: bool) -> QCheckBox:
        box = QCheckBox(_tr("RecordOptions", _SHORT[data.id]))
        title, notes = _tr("Formats", data.title), (data.note, _MASKS_NOTE)
        box.setAccessibleName(title)
        told = "<br>".join(_tr("Formats", note) for note in notes)
        box.setToolTip(f"<b>{title}</b><br>{told}")
        box.setChecked(checked)
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return box

    def _row(self, name: str, widgets: Sequence[QWidget]) -> QHBoxLayout:
        row = flat_row()
        label = muted(name)
        label.setFixedWidth(_LABEL_WIDTH)
        row.addWidget(label)
        for widget in widgets:
            row.addWidget(widget, 1)
        return row
