"""Imports and saves marks: dialogs, dropped files, and the messages about them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.pipeline.editing.marks_files import are_marks, save_marks, save_masks
from app.pipeline.events import Level
from app.ui.session.bridge import Background
from app.ui.window.parts import Parts


class MarksFiles(QObject):
    """Lives in the GUI thread; files are read on the engine's and written on a helper's."""

    def __init__(self, parts: Parts, folder: Path, window: QWidget) -> None:
        super().__init__(window)
        self._parts, self._folder, self._window = parts, folder, window
        self._background = Background(self)

    def takes(self, paths: Sequence[Path]) -> bool:
        """Whether dropped files are marks for the picture that is shown."""
        return are_marks(paths) and self._parts.view.shown is not None

    def bring_in(self, paths: Sequence[Path]) -> None:
        """Mark the picture with masks or a prompts file; it freezes if it does not yet."""
        shown = self._parts.view.shown
        if shown is not None and paths:
            self._parts.marking.freeze(shown)
            self._parts.marking.import_marks(tuple(paths))

    def ask_import(self) -> None:
        """Let the person choose the files."""
        dialog = QFileDialog(self._window, self.tr("Import marks"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        masks, prompts = "*.png *.bmp", "*.json"
        dialog.setNameFilters(
            [
                self.tr("Masks and marks (%1)").replace("%1", f"{masks} {prompts}"),
                self.tr("All files (*)"),
            ]
        )
        dialog.filesSelected.connect(lambda names: self.bring_in([Path(name) for name in names]))
        self._open(dialog)

    def ask_save_marks(self) -> None:
        """Save the prompts on the frozen picture as a file to import again."""
        style = self._parts.looks.chosen
        shown = self._parts.view.shown
        if shown is not None:
            self._ask_save(
                self.tr("Save marks"), "marks.json", lambda path: save_marks(path, shown, style)
            )

    def ask_save_masks(self) -> None:
        """Save the masks on the picture that is shown."""
        shown = self._parts.view.shown
        if shown is not None:
            self._ask_save(self.tr("Save masks"), "masks.png", lambda path: save_masks(path, shown))

    def _ask_save(self, title: str, name: str, save: Callable[[Path], None]) -> None:
        dialog = QFileDialog(self._window, title, str(self._folder / name))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(name).suffix[1:])
        dialog.fileSelected.connect(lambda chosen: self._save(Path(chosen), save))
        self._open(dialog)

    def _save(self, path: Path, save: Callable[[Path], None]) -> None:
        messages, outputs = self._parts.canvas.messages, self._parts.outputs
        text = self.tr("Saved: %1").replace("%1", path.name)
        show = (self.tr("Show folder"), lambda: outputs.show_folder(path))
        self._background.run(
            lambda: save(path),
            lambda _: messages.post(Level.INFO, text, key=str(path), action=show),
            lambda error: messages.post(Level.WARNING, str(error)),
            name="marks-saver",
        )

    def _open(self, dialog: QFileDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
