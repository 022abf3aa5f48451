"""The picture as a camera for video calls: what it needs, and the switch."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QVBoxLayout, QWidget

from app.pipeline.events import Event, StageFailed
from app.pipeline.outlets.virtual_camera import VirtualCameraPlan
from app.pipeline.outlets.virtual_camera_check import CameraCheck, check_virtual_camera
from app.ui.session.bridge import Background
from app.ui.session.host import SessionHost
from app.ui.widgets.controls import Button, flat_row, muted, role_label
from swem_core.types import Size

_SIZES: Final[tuple[Size, ...]] = ((720, 1280), (1080, 1920), (480, 640))
_WIDTH: Final = 460
_STAGE: Final = "virtual camera"


class VirtualCameraDialog(QDialog):
    """Not modal. Once started the camera stays, from source to source, until it is stopped.

    ``check``: asks the system, on a helper thread. Lives in the GUI thread.
    """

    def __init__(
        self,
        host: SessionHost,
        parent: QWidget,
        check: Callable[[], Sequence[CameraCheck]] = check_virtual_camera,
    ) -> None:
        super().__init__(parent)
        self._host, self._check = host, check
        self._background = Background(self)
        self._plan: VirtualCameraPlan | None = None
        self.setWindowTitle(self.tr("Virtual camera"))
        self.setMinimumWidth(_WIDTH)
        self.findings = QVBoxLayout()
        self.state = role_label("", "strong")
        self.size_box = QComboBox()
        self.size_box.setAccessibleName(self.tr("Size of the virtual camera"))
        for height, width in _SIZES:
            self.size_box.addItem(f"{width} × {height}", (height, width))
        self.again = Button(self.tr("Check again"))
        self.switch = Button(self.tr("Start"))
        self.again.clicked.connect(self.look)
        self.switch.clicked.connect(self._toggle)
        self._lay_out()
        self._show_state()
        host.started.connect(lambda _: self._hand_over())
        host.arrived.connect(self._hear)

    @property
    def is_on(self) -> bool:
        """Whether the picture is offered as a camera, while there is one."""
        return self._plan is not None

    def begin(self, plan: VirtualCameraPlan | None) -> None:
        """Be this camera from now on; None: be none."""
        self._plan = plan
        self._hand_over()
        self._show_state()

    def look(self) -> None:
        """Ask the system what is installed."""
        self.again.setEnabled(False)
        self.switch.setEnabled(self.is_on)
        self._background.run(self._check, self._found, self._not_found, "virtual-camera-check")

    def showEvent(self, event: QShowEvent) -> None:
        """Check again: something may have been installed meanwhile."""
        super().showEvent(event)
        self.look()

    def _toggle(self) -> None:
        height, width = self.size_box.currentData()
        self.begin(None if self.is_on else VirtualCameraPlan((height, width)))

    def _hand_over(self) -> None:
        session = self._host.session
        if session is not None:
            session.set_virtual_camera(self._plan)

    def _hear(self, event: Event) -> None:
        if isinstance(event, StageFailed) and event.stage == _STAGE:
            self._plan = None
            self._show_state()
            self.state.setText(event.text)

    def _found(self, checks: Sequence[CameraCheck]) -> None:
        self.again.setEnabled(True)
        while item := self.findings.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        for each in checks:
            mark = "✓" if each.is_there else "✗"
            self.findings.addWidget(role_label(f"{mark}  {each.name}", "strong"))
            if each.remedy:
                self.findings.addWidget(_copyable(each.remedy))
        self.switch.setEnabled(self.is_on or all(each.is_there for each in checks))
        QTimer.singleShot(0, self._grow)  # once they are shown

    def _grow(self) -> None:
        """Texts that are wrapped do not widen or heighten a window by themselves."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), max(layout.heightForWidth(self.width()), self.height()))

    def _not_found(self, error: Exception) -> None:
        self._found((CameraCheck(str(error), False),))

    def _show_state(self) -> None:
        on = self.is_on
        self.switch.setText(self.tr("Stop") if on else self.tr("Start"))
        self.size_box.setEnabled(not on)
        text = self.tr("It is on: select it in the other program.") if on else self.tr("It is off.")
        self.state.setText(text)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        about = muted()
        about.setText(
            self.tr(
                "Video calls and other programs can choose the picture as it is drawn here as "
                "their camera. A private view stays private there, too."
            )
        )
        self.state.setWordWrap(True)
        about.setWordWrap(True)
        column.addWidget(about)
        column.addLayout(self.findings)
        column.addWidget(self.state)
        row = flat_row()
        row.addWidget(self.size_box)
        row.addStretch()
        row.addWidget(self.again)
        row.addWidget(self.switch)
        column.addLayout(row)


def _copyable(text: str) -> QLabel:
    """A text that can be selected: remedies hold commands."""
    label = muted()
    label.setText(text)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
