"""Explains the first steps over the picture while they are taken, and never again."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from app.ui.actions.spec import ActionId
from app.ui.widgets.controls import IconButton, flat_row, muted
from app.ui.window.parts import Parts

_WIDTH = 252
_MARGIN = 12
_STAY_MS = 20_000  # of the last step, which nothing follows


class HintCard(QFrame):
    """One step at a time, in the lower left corner. Lives in the GUI thread."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.canvas)
        self._parts = parts
        self._file = parts.window_settings.file
        self._is_over = self._file.settings.hints_seen
        self.setObjectName("overPicture")
        self.setFixedWidth(_WIDTH)
        self._step, self.text = muted(), QLabel()
        self.text.setWordWrap(True)
        self.close_button = IconButton("close", self.tr("No more hints"), over_picture=True)
        self.close_button.clicked.connect(self.dismiss)
        head, self._column = flat_row(), QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 8, 12)
        head.addWidget(self._step, 1)
        head.addWidget(self.close_button)
        self._column.addLayout(head)
        self._column.addWidget(self.text)
        self._end = QTimer(self, singleShot=True, interval=_STAY_MS)
        self._end.timeout.connect(self.dismiss)
        parts.canvas.installEventFilter(self)
        for changed in (parts.marking.changed, parts.host.started, parts.host.stopped):
            changed.connect(self.refresh)
        parts.actions.rebound.connect(self.refresh)
        self.hide()

    def refresh(self) -> None:
        """Show the step the person is at."""
        if self._is_over or self._parts.host.session is None:
            self.hide()
            return
        marking = self._parts.marking
        step = 3 if marking.tracked else 2 if marking.state.touched else 1
        self._step.setText(self.tr("Step %1 of 3").replace("%1", str(step)))
        self.text.setText(self._texts()[step - 1])
        if step == 3 and not self._end.isActive():
            self._file.change(hints_seen=True)
            self._end.start()
        self.show()
        self._place()

    def dismiss(self) -> None:
        """Hide the card for good."""
        self._is_over = True
        self._file.change(hints_seen=True)
        self.hide()
        self._parts.view.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the place when the canvas changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _texts(self) -> tuple[str, str, str]:
        with_keys = self._parts.actions.with_keys
        return (
            self.tr("Click the object you want to track. The picture waits for you."),
            with_keys(
                self.tr("Is it marked well? Right-click takes parts away, %1 tracks it."),
                ActionId.ACCEPT,
            ),
            with_keys(
                self.tr("It is being tracked. Click it any time to correct it; %1 records."),
                ActionId.RECORD,
            ),
        )

    def _place(self) -> None:
        canvas = self.parentWidget()
        assert isinstance(canvas, QWidget)
        self.resize(_WIDTH, self._column.totalHeightForWidth(_WIDTH))
        self.move(_MARGIN, canvas.height() - self.height() - _MARGIN)
        self.raise_()
