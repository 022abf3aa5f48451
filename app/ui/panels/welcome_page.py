"""The start page: what this is, and the ways to begin."""

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.ui.widgets.controls import Button, flat_row


class WelcomePage(QWidget):
    """Shown while there is no source."""

    camera_wanted = Signal()
    file_wanted = Signal()
    stream_wanted = Signal()
    screen_wanted = Signal()
    demo_wanted = Signal()

    def __init__(self, *, has_demo: bool) -> None:
        super().__init__()
        self.setObjectName("welcome")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        title = QLabel(self.tr("Click any object. It stays segmented."))
        title.setObjectName("welcomeTitle")
        text = QLabel(
            self.tr(
                "Open a camera, a video, a stream or the screen, then click what you want to "
                "follow.\n"
                "You can also drop a video file here."
            )
        )
        text.setObjectName("welcomeText")
        column = QVBoxLayout(self)
        column.setSpacing(16)
        column.addStretch(2)
        for label in (title, text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addSpacing(8)
        column.addLayout(self._buttons(has_demo))
        column.addStretch(3)

    def _buttons(self, has_demo: bool) -> QVBoxLayout:
        self.camera = self._tile(self.tr("Webcam"), "camera", self.camera_wanted)
        self.file = self._tile(self.tr("Video file…"), "file", self.file_wanted)
        self.stream = self._tile(self.tr("Stream…"), "stream", self.stream_wanted)
        self.screen_tile = self._tile(self.tr("Screen…"), "screen", self.screen_wanted)
        self.demo = self._tile(self.tr("Try the demo"), "demo", self.demo_wanted)
        self.demo.setVisible(has_demo)
        rows = QVBoxLayout()
        rows.setSpacing(12)
        for pair in ((self.camera, self.file), (self.stream, self.screen_tile), (self.demo,)):
            row = flat_row(spacing=12)
            row.addStretch()
            for tile in pair:
                row.addWidget(tile)
            row.addStretch()
            rows.addLayout(row)
        return rows

    def _tile(self, text: str, icon: str, wanted: SignalInstance) -> Button:
        tile = Button(text, icon)
        tile.setProperty("tile", True)
        tile.setFixedWidth(208)
        tile.setIconSize(QSize(24, 24))
        tile.clicked.connect(wanted)
        return tile
