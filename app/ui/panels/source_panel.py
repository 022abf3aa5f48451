"""Where the picture comes from."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.pipeline.sources.base import SourceInfo
from app.ui.text.figures import pixels_text
from app.ui.widgets.controls import Button, IconButton, TextField, flat_row, muted, role_label
from app.ui.widgets.section import Section


class SourcePanel(Section):
    """Name and size of the source, buttons for another one, a line for a stream address."""

    camera_wanted = Signal()
    file_wanted = Signal()
    screen_wanted = Signal()
    address_entered = Signal(str)
    pause_wanted = Signal(bool)
    typing_ended = Signal()

    def __init__(self) -> None:
        super().__init__(QCoreApplication.translate("SourcePanel", "Source"), key="source")
        self._live = ""
        self.name = role_label("", "strong")
        self.detail = muted()
        self.pause = IconButton("pause", self.tr("Pause or play the file"), checked_icon="play")
        self.pause.clicked.connect(self.pause_wanted)
        self.camera = Button(self.tr("Camera"), "camera")
        self.file = Button(self.tr("File"), "file")
        self.stream = Button(self.tr("Stream"), "stream")
        self.screen_button = Button(self.tr("Screen"), "screen")
        self.camera.clicked.connect(self.camera_wanted)
        self.file.clicked.connect(self.file_wanted)
        self.stream.clicked.connect(self.ask_address)
        self.screen_button.clicked.connect(self.screen_wanted)
        self.address = TextField()
        self.address.setPlaceholderText("rtsp://…")
        self.address.setAccessibleName(self.tr("Stream address"))
        self.address.confirmed.connect(self._enter)
        self.address.abandoned.connect(self._put_away)
        self._lay_out()
        self.show_none()

    def show_none(self) -> None:
        """There is no source."""
        self._live = ""
        self._show(self.tr("No source"), self.tr("Choose one, or drop a file on the window"))
        self.show_pause(possible=False, paused=False)

    def show_opening(self, name: str) -> None:
        """A source is being opened."""
        self._live = ""
        self._show(name, self.tr("Opening…"))

    def show_info(self, info: SourceInfo) -> None:
        """A source is open."""
        parts = [pixels_text(info.size)]
        if info.rate and not info.is_live:  # what a camera claims is seldom what it sends
            parts.append(f"{info.rate:.4g} fps")
        if info.frame_count:
            parts.append(self.tr("%1 frames").replace("%1", str(info.frame_count)))
        if info.is_live:
            parts.append(self.tr("live"))
        self._live = "  ·  ".join(parts) if info.is_live else ""
        self._show(info.name, "  ·  ".join(parts))

    def show_rate(self, measured: float) -> None:
        """``measured``: pictures per second that arrive from a live source."""
        if self._live and measured:
            self.detail.setText(f"{self._live}  ·  {measured:.1f} fps")

    def show_problem(self, text: str) -> None:
        """The source is open, but no pictures come."""
        self._live = ""
        self.detail.setText(text)

    def show_pause(self, *, possible: bool, paused: bool) -> None:
        """Whether the source can be paused, and whether it is."""
        self.pause.setVisible(possible)
        self.pause.setChecked(paused)

    def ask_address(self, begun: str | bool = "") -> None:
        """Let the person type a stream address, or complete one."""
        if isinstance(begun, str) and begun:  # a button's click says whether it is checked
            self.address.setText(begun)
        self.address.show()
        self.address.setFocus()
        self.address.selectAll()

    def _show(self, name: str, detail: str) -> None:
        metrics = self.name.fontMetrics()
        self.name.setText(metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, 230))
        self.name.setToolTip(name)
        self.detail.setText(detail)

    def _enter(self, text: str) -> None:
        self._put_away()
        if text.strip():
            self.address_entered.emit(text.strip())

    def _put_away(self) -> None:
        self.address.hide()
        self.typing_ended.emit()

    def _lay_out(self) -> None:
        self.header.addWidget(self.pause)
        self.body.addWidget(self.name)
        self.body.addWidget(self.detail)
        buttons: tuple[QWidget, ...] = (self.camera, self.file, self.stream, self.screen_button)
        for pair in (buttons[:2], buttons[2:]):
            row = flat_row(spacing=4)
            for button in pair:
                button.setProperty("compact", True)
                row.addWidget(button, 1)
            self.body.addLayout(row)
        self.body.addWidget(self.address)
        self.address.hide()
