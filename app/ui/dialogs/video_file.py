"""Choosing a video file."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

_VIDEOS = "*.mp4 *.mkv *.mov *.avi *.webm *.m4v *.mpg *.mpeg *.ts *.wmv"
_tr = QCoreApplication.translate


def video_dialog(parent: QWidget) -> QFileDialog:
    """A dialog that is gone once it is closed; it is not open yet."""

    dialog = QFileDialog(parent, _tr("VideoDialog", "Open a video"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    videos = _tr("VideoDialog", "Videos (%1)").replace("%1", _VIDEOS)
    dialog.setNameFilters([videos, _tr("VideoDialog", "All files (*)")])
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
