"""The settings in one dialog. Every choice is kept at once; there is nothing to confirm."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.pipeline.palettes import Palette
from app.settings import DEVICES, PALETTES, PRECISIONS, SHORT_SIDES
from app.settings_file import SettingsFile
from app.ui.state.looks import Looks
from app.ui.text.language import language_names
from app.ui.widgets.controls import Button, flat_row, muted, role_label
from app.ui.widgets.theme import Theme, ThemeManager
from app.ui.widgets.theme_menu import theme_names

_SIDE_STEP = 16
_WIDTH = 460
_LABEL_WIDTH = 104


class PreferencesDialog(QDialog):
    """Not modal. Lives in the GUI thread; ``usual_folder`` is where recordings go by default."""

    def __init__(
        self,
        file: SettingsFile,
        themes: ThemeManager,
        looks: Looks,
        usual_folder: Path,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._file, self._themes, self._looks = file, themes, looks
        self._usual_folder = usual_folder
        self.setWindowTitle(self.tr("Preferences"))
        self.setMinimumWidth(_WIDTH)
        self._make_controls()
        self._lay_out()
        themes.chosen.connect(self._show_theme)

    def _make_controls(self) -> None:
        settings = self._file.settings
        self.theme = _choice({theme.value: text for theme, text in theme_names().items()})
        self._show_theme()
        self.theme.activated.connect(self._choose_theme)
        self.language = _choice(language_names())
        self.colors = _choice(dict(zip(PALETTES, self._palette_names(), strict=True)))
        self.device = _choice(dict(zip(DEVICES, self._device_names(), strict=True)))
        self.precision = _choice({name: name for name in PRECISIONS} | {"auto": self.tr("Fastest")})
        for box, name in (
            (self.language, "language"),
            (self.colors, "palette"),
            (self.device, "device"),
            (self.precision, "precision"),
        ):
            box.setCurrentIndex(box.findData(getattr(settings, name)))
            box.activated.connect(lambda _, b=box, n=name: self._keep(n, b.currentData()))
        self.side = QSpinBox()
        self.side.setRange(*SHORT_SIDES)
        self.side.setSingleStep(_SIDE_STEP)
        self.side.setSuffix(self.tr(" px"))
        self.side.setValue(settings.short_side)
        self.side.valueChanged.connect(lambda value: self._keep("short_side", value))
        self.resume = QCheckBox(self.tr("Offer to resume the session after a crash"))
        self.resume.setChecked(settings.resume)
        self.resume.toggled.connect(lambda on: self._keep("resume", on))
        self.folder = QLineEdit(settings.folder or str(self._usual_folder))
        self.folder.setReadOnly(True)
        self.choose = Button(self.tr("Choose…"))
        self.choose.clicked.connect(self._ask_folder)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        folder = flat_row()
        folder.addWidget(self.folder, 1)
        folder.addWidget(self.choose)
        window, engine = QFormLayout(), QFormLayout()
        self._add(window, self.tr("Language"), self.language)
        self._add(window, self.tr("Theme"), self.theme)
        self._add(window, self.tr("Objects"), self.colors)
        window.addRow(_label(self.tr("Recordings")), folder)
        self.folder.setAccessibleName(self.tr("Folder for recordings and snapshots"))
        self.choose.setAccessibleName(self.tr("Choose the folder for recordings and snapshots"))
        window.addRow(
            "", _note(self.tr("A new language or folder takes effect at the next start."))
        )
        window.addRow("", self.resume)
        self._add(engine, self.tr("Device"), self.device)
        self._add(engine, self.tr("Precision"), self.precision)
        self._add(engine, self.tr("Shorter side"), self.side)
        note = self.tr("These take effect with the next source. More pixels are finer but slower.")
        engine.addRow("", _note(note))
        for title, form in ((self.tr("Window"), window), (self.tr("Tracking"), engine)):
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
            column.addWidget(role_label(title, "title"))
            column.addLayout(form)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        column.addWidget(buttons)

    def _add(self, form: QFormLayout, name: str, control: QWidget) -> None:
        control.setAccessibleName(name)
        form.addRow(_label(name), control)

    def _palette_names(self) -> tuple[str, ...]:
        safe = self.tr("Colour-blind safe (Okabe-Ito)")
        return self.tr("Bright colours"), safe, self.tr("DAVIS colours, as in mask files")

    def _device_names(self) -> tuple[str, ...]:
        best = self.tr("Fastest available")
        return best, self.tr("Processor"), self.tr("CUDA card"), self.tr("Apple GPU")

    def _keep(self, name: str, value: object) -> None:
        self._file.change(**{name: value})
        if name == "palette":
            self._looks.set_palette(Palette(self._file.settings.palette))

    def _show_theme(self) -> None:
        self.theme.setCurrentIndex(self.theme.findData(self._themes.theme.value))

    def _choose_theme(self) -> None:
        self._themes.apply(Theme(self.theme.currentData()))
        self._keep("theme", self.theme.currentData())

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Folder for recordings"), self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.set_folder)
        dialog.open()

    def set_folder(self, folder: str) -> None:
        """Save recordings and snapshots there, from the next start on."""
        self.folder.setText(folder)
        self._keep("folder", folder)


def _label(text: str) -> QLabel:
    """As wide in both forms."""
    label = QLabel(text)
    label.setMinimumWidth(_LABEL_WIDTH)
    return label


def _note(text: str) -> QLabel:
    label = muted(text)
    label.setWordWrap(True)
    return label


def _choice(names: Mapping[str, str]) -> QComboBox:
    box = QComboBox()
    for value, text in names.items():
        box.addItem(text, value)
    return box
