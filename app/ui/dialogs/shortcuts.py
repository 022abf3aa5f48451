"""Lets a person choose the keys of the actions."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.settings_file import SettingsFile
from app.ui.actions.action_set import ActionSet, action_text, translated
from app.ui.actions.shortcuts import owner, with_key
from app.ui.actions.spec import Group
from app.ui.actions.table import ALL_SPECS
from app.ui.widgets.controls import Button, flat_row, muted

_ID = Qt.ItemDataRole.UserRole


class ShortcutsDialog(QDialog):
    """Every change takes effect at once and is kept. Lives in the GUI thread."""

    def __init__(self, actions: ActionSet, file: SettingsFile, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions, self._file = actions, file
        self.setWindowTitle(self.tr("Keys"))
        self.resize(520, 640)
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(12)
        self.tree.setAccessibleName(self.tr("Actions and their keys"))
        self.edit = QKeySequenceEdit()
        self.edit.setMaximumSequenceLength(1)
        self.edit.setAccessibleName(self.tr("New key"))
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.assign = Button(self.tr("Use this key"), kind="primary")
        self.remove = Button(self.tr("Remove key"))
        self.reset = Button(self.tr("Reset"))
        self.reset_all = Button(self.tr("Reset all"))
        self._items: dict[str, QTreeWidgetItem] = {}
        self._lay_out()
        self._fill()
        self._connect()

    @property
    def current(self) -> str:
        """The id of the action chosen, "" for none."""
        item = self.tree.currentItem()
        return str(item.data(0, _ID) or "") if item is not None else ""

    def choose(self, action_id: str) -> None:
        """Choose an action by its id."""
        self.tree.setCurrentItem(self._items[action_id])

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.tree, 1)
        column.addWidget(muted(self.tr("Choose an action, then press its new key here:")))
        row, buttons = flat_row(), flat_row()
        row.addWidget(self.edit, 1)
        row.addWidget(self.assign)
        for button in (self.remove, self.reset, self.reset_all):
            buttons.addWidget(button)
        buttons.addStretch()
        column.addLayout(row)
        column.addWidget(self.note)
        column.addLayout(buttons)

    def _fill(self) -> None:
        for group in Group:
            head = QTreeWidgetItem([translated(group.value)])
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.tree.addTopLevelItem(head)
            for spec in (each for each in ALL_SPECS if each.group is group):
                item = QTreeWidgetItem([action_text(spec)])
                item.setData(0, _ID, spec.id)
                head.addChild(item)
                self._items[spec.id] = item
        self.tree.expandAll()
        self._refresh()

    def _connect(self) -> None:
        self._actions.rebound.connect(self._refresh)
        self.tree.currentItemChanged.connect(lambda *_: self._start_over())
        self.edit.keySequenceChanged.connect(lambda _: self._check())
        self.assign.clicked.connect(self._assign)
        self.remove.clicked.connect(lambda: self._keep(with_key(self._chosen, self.current, ())))
        self.reset.clicked.connect(self._reset)
        self.reset_all.clicked.connect(lambda: self._keep({}))

    @property
    def _chosen(self) -> dict[str, tuple[str, ...]]:
        return dict(self._file.settings.shortcuts)

    @property
    def _key(self) -> str:
        return self.edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _start_over(self) -> None:
        self.edit.clear()
        self._check()

    def _check(self) -> None:
        """Say who has the key now, before it is taken."""
        has = owner(self._key, self._actions.keys)
        text = ""
        if has is not None and has != self.current:
            text = self.tr("“%1” has this key and will lose it.")
            text = text.replace("%1", self._items[has].text(0))
        self.note.setText(text)
        self.assign.setEnabled(bool(self._key and self.current))
        for button in (self.remove, self.reset):
            button.setEnabled(bool(self.current))

    def _assign(self) -> None:
        self._keep(with_key(self._chosen, self.current, (self._key,)))
        self._start_over()

    def _reset(self) -> None:
        own = next(spec.keys for spec in ALL_SPECS if spec.id == self.current)
        chosen = with_key(self._chosen, self.current, own)
        del chosen[self.current]
        self._keep(chosen)

    def _keep(self, chosen: dict[str, tuple[str, ...]]) -> None:
        self._file.change(shortcuts=chosen)
        self._actions.rebind(chosen)

    def _refresh(self) -> None:
        for action_id, item in self._items.items():
            item.setText(1, self._actions.shown_keys(action_id, all_keys=True))
        self._check()
