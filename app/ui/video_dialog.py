"""Choosing a video file."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

_VIDEOS = "*.mp4 *.mkv *.mov *.avi *.webm *.m4v *.mpg *.mpeg *.ts *.wmv"


def video_dialog(parent: QWidget) -> QFileDialog:
    """A dialog that is gone once it is closed; it is not open yet."""

    def text(source: str) -> str:
        return QCoreApplication.translate("VideoDialog", source)

    dialog = QFileDialog(parent, text("Open a video"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([text("Videos (%1)").replace("%1", _VIDEOS), text("All files (*)")])
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
