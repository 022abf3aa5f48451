"""All keys and mouse gestures on one sheet, made from the table of actions."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.actions.action_set import ActionSet, translated
from app.ui.actions.spec import Group
from app.ui.actions.table import EFFECT_SPECS, SPECS
from app.ui.widgets.controls import role_label

_COLUMNS = ((Group.SOURCE, Group.OBJECTS, Group.OUTPUT), (Group.MARK,), (Group.VIEW, Group.HELP))


_SCREEN_SHARE = 0.9
_SCROLL_BAR = 12  # pixels


class HelpSheet(QDialog):
    """Not modal: it can stay open beside the picture. Escape closes it."""

    def __init__(self, actions: ActionSet, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys and mouse"))
        self._actions = actions
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)
        wanted = self._fill()
        most = self.screen().availableSize() * _SCREEN_SHARE
        self.resize(
            min(wanted.width() + _SCROLL_BAR, most.width()), min(wanted.height() + 4, most.height())
        )
        actions.rebound.connect(self._fill)

    def _fill(self) -> QSize:
        """Write the sheet; its size."""
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(20, 16, 20, 16)
        row.setSpacing(32)
        for groups in _COLUMNS:
            row.addLayout(self._column(groups))
        self._area.setWidget(content)
        return content.sizeHint()

    def _column(self, groups: tuple[Group, ...]) -> QVBoxLayout:
        keys = self._actions.shown_keys
        column = QVBoxLayout()
        column.setSpacing(16)
        for group in groups:
            rows = [(keys(s.id), translated(s.text)) for s in SPECS if s.group is group]
            if group is Group.OBJECTS:
                rows.append(("1 … 9", self.tr("Select the object to mark")))
            if group is Group.VIEW:
                rows.insert(0, (f"{keys(EFFECT_SPECS[0].id)} … 9", self.tr("Choose the view")))
            column.addLayout(_table(translated(group.value), rows))
        if Group.VIEW in groups:
            column.addLayout(_table(self.tr("Mouse"), self._mouse_rows()))
        column.addStretch()
        return column

    def _mouse_rows(self) -> list[tuple[str, str]]:
        return [
            (self.tr("Left"), self.tr("Add to the object")),
            (self.tr("Right"), self.tr("Take away from it")),
            (self.tr("Shift + left"), self.tr("Delete a numbered mark")),
            (self.tr("Wheel"), self.tr("Zoom; with a brush, its size")),
            (self.tr("Ctrl + wheel, pinch"), self.tr("Zoom")),
            (self.tr("Middle, two fingers"), self.tr("Move the picture")),
            (self.tr("Middle, double-click"), self.tr("Fit picture")),
            (self.tr("Arrows, + and −"), self.tr("Mark by keyboard")),
        ]


def _table(title: str, rows: list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.addWidget(role_label(title, "title"), 0, 0, 1, 2)
    for line, (keys, text) in enumerate(rows, start=1):
        if keys:
            key = role_label(keys, "key")
            grid.addWidget(key, line, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(role_label(text.rstrip("…"), "plain"), line, 1)
    grid.setColumnStretch(1, 1)
    return grid
