"""The list of objects: who they are, how they look, how sure the tracker is."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QScrollArea, QVBoxLayout, QWidget

from app.ui.panels.object_row import ROW_HEIGHT, ObjectRow
from app.ui.state.live_editing import LiveEditing
from app.ui.state.looks import Looks
from app.ui.state.marking import Marking
from app.ui.widgets.controls import Button, muted
from app.ui.widgets.section import Section
from swem_core.types import ObjectId

ROWS_SHOWN = 3
_BETWEEN = 2


class ObjectsPanel(Section):
    """Rows for all objects of ``marking``, styled by ``looks``. Lives in the GUI thread."""

    typing_ended = Signal()

    def __init__(self, marking: Marking, looks: Looks, live: LiveEditing) -> None:
        super().__init__(QCoreApplication.translate("ObjectsPanel", "Objects"))
        self._marking, self._looks, self._live = marking, looks, live
        self._rows: dict[ObjectId, ObjectRow] = {}
        self._seen = marking.active
        self.add_button = Button(self.tr("Add"), "add")
        self.add_button.setProperty("slim", True)
        self.add_button.setAccessibleName(self.tr("Add object"))
        self.add_button.clicked.connect(marking.choose_new)
        self._count = muted()
        self.header.addWidget(self._count)
        self.header.addWidget(self.add_button)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(_BETWEEN)
        self._empty = muted(self.tr("What you mark is listed here."))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._list.addWidget(self._empty)
        self._area = self._scroll_area()
        self.body.addWidget(self._area, 1)
        marking.changed.connect(self.refresh)
        looks.changed.connect(self.refresh)
        live.changed.connect(self.refresh)
        self._rebuild(())
        self.refresh()

    def row(self, object_id: ObjectId) -> ObjectRow:
        """The row of one object."""
        return self._rows[object_id]

    @property
    def ids(self) -> tuple[ObjectId, ...]:
        """The objects listed, from top to bottom."""
        return tuple(self._rows)

    def show_scores(self, scores: Mapping[ObjectId, float]) -> None:
        """Confidence per object; tracked ones without a score keep the last."""
        for object_id in self._marking.tracked:
            if object_id in scores and object_id in self._rows:
                self._rows[object_id].set_score(scores[object_id])

    def refresh(self) -> None:
        """Bring the rows into line with what there is."""
        wanted = tuple(sorted(self._marking.objects))
        if wanted != self.ids:
            self._rebuild(wanted)
        self._empty.setVisible(not wanted)
        self.add_button.setEnabled(bool(wanted))
        tracked = self._marking.tracked
        removable = {*tracked, *self._marking.state.touched}
        for object_id, row in self._rows.items():
            row.set_style(self._looks.of(object_id))
            row.set_solo(object_id == self._looks.chosen.solo)
            row.set_state(
                active=object_id == self._marking.active,
                tracked=object_id in tracked,
                removable=object_id in removable,
                locked=object_id in self._live.locked,
                lost=object_id in self._live.lost,
            )
        if self._marking.active != self._seen:
            self._seen = self._marking.active
            QTimer.singleShot(0, self, self._scroll_to_active)  # a new row has no place yet
        self._count.setText(
            self.tr("%1 tracked").replace("%1", str(len(tracked))) if tracked else ""
        )

    def _scroll_to_active(self) -> None:
        if (row := self._rows.get(self._seen)) is not None:
            self._area.ensureWidgetVisible(row, 0, 0)

    def _rebuild(self, wanted: tuple[ObjectId, ...]) -> None:
        for object_id in [one for one in self._rows if one not in wanted]:
            row = self._rows.pop(object_id)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        for object_id in wanted:
            if object_id not in self._rows:
                self._rows[object_id] = self._make_row(object_id)
        self._rows = {object_id: self._rows[object_id] for object_id in wanted}
        for index, row in enumerate(self._rows.values()):
            self._list.insertWidget(index, row)
        tallest = max((row.sizeHint().height() for row in self._rows.values()), default=0)
        height = max(ROW_HEIGHT, tallest)  # a larger font of the system
        self._area.setMinimumHeight(ROWS_SHOWN * height + (ROWS_SHOWN - 1) * _BETWEEN)

    def _make_row(self, object_id: ObjectId) -> ObjectRow:
        marking, looks = self._marking, self._looks
        row = ObjectRow(object_id, looks.of(object_id))
        row.chosen.connect(lambda: marking.choose(object_id))
        row.renamed.connect(lambda name: looks.rename(object_id, name))
        row.visibility_wanted.connect(lambda seen: looks.set_visible(object_id, seen))
        row.solo_wanted.connect(lambda alone: looks.set_solo(object_id if alone else None))
        row.lock_wanted.connect(lambda locked: self._live.set_locked(object_id, locked))
        row.removal_wanted.connect(lambda: marking.remove(object_id))
        row.color_wanted.connect(lambda: self.choose_color(object_id))
        row.typing_ended.connect(self.typing_ended)
        return row

    def choose_color(self, object_id: ObjectId) -> None:
        """Let the person choose an object's colour."""
        # Not modal: the picture goes on, and colours are tried live on it.
        dialog = QColorDialog(QColor(*self._looks.of(object_id).color), self)
        dialog.setWindowTitle(self._looks.of(object_id).name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        before = self._looks.of(object_id).color
        dialog.currentColorChanged.connect(
            lambda color: self._looks.recolor(object_id, (color.red(), color.green(), color.blue()))
        )
        dialog.rejected.connect(lambda: self._looks.recolor(object_id, before))
        dialog.show()

    def _scroll_area(self) -> QScrollArea:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._list)
        column.addStretch()
        area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area
