"""Makes the QActions of the table, and the menus and toolbars that hold them."""

from html import escape

from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar, QToolButton, QWidget

from app.ui.actions.shortcuts import Keys, effective
from app.ui.actions.spec import ActionId, ActionSpec, Group
from app.ui.actions.table import EFFECT_SPECS, OBJECT_SPECS, SPECS
from app.ui.picture.tools import Tool
from app.ui.widgets import icons

TOOL_ACTIONS: dict[Tool, ActionId] = {
    Tool.CLICK: ActionId.CLICK,
    Tool.BOX: ActionId.BOX,
    Tool.LASSO: ActionId.LASSO,
    Tool.SCRIBBLE: ActionId.SCRIBBLE,
    Tool.BRUSH: ActionId.BRUSH,
    Tool.ERASER: ActionId.ERASER,
}
# Rows of the two bars; None is a separator, and ... pushes what follows to the far end.
# fmt: off
I = ActionId  # noqa: E741 - short, so that the rows can be read
TOP_BAR = (
    I.OPEN_CAMERA, I.OPEN_FILE, I.OPEN_STREAM, I.PAUSE, None,
    I.FREEZE, I.CORRECT_LIVE, I.ACCEPT, I.CANCEL, None, I.UNDO, I.REDO,
    ..., I.RECORD, I.SNAPSHOT, None, I.HUD, I.PANEL, I.HELP,
)
TOOL_BAR = (
    I.CLICK, I.BOX, I.LASSO, I.SCRIBBLE, I.BRUSH, I.ERASER, None, I.SMALLER, I.LARGER, None,
    I.NEW_OBJECT, I.REMOVE_OBJECT, I.RESET,
    ..., I.LOUPE, I.HIDE_OVERLAY, I.FIT, I.FULL_SCREEN,
)
# fmt: on
_ALL = (*SPECS, *OBJECT_SPECS, *EFFECT_SPECS)
_QUIET = (
    *(I.FREEZE, I.CORRECT_LIVE, I.HUD, I.PANEL, I.HELP),
    *(I.LOUPE, I.HIDE_OVERLAY, I.FULL_SCREEN, I.PAUSE),
)


def translated(text: str, number: str = "") -> str:
    """A text of the table in the person's language."""
    return QCoreApplication.translate("Actions", text).replace("%1", number)


def action_text(spec: ActionSpec) -> str:
    """What an action is called."""
    return translated(spec.text, _number(spec))


def _number(spec: ActionSpec) -> str:
    return spec.id.rpartition("_")[2]


class ActionSet(QObject):
    """One QAction per line of the table, by id. Lives in the GUI thread."""

    rebound = Signal()
    """Some actions have other keys."""

    def __init__(self, window: QWidget, shortcuts: Keys | None = None) -> None:
        super().__init__(window)
        self._keys = effective(shortcuts or {})
        self._specs = {spec.id: spec for spec in _ALL}
        self._names: dict[str, str] = {}
        self._actions = {spec.id: self._make(spec) for spec in _ALL}
        window.addActions(list(self._actions.values()))
        self._tools = QActionGroup(self)
        for action_id in TOOL_ACTIONS.values():
            self._tools.addAction(self[action_id])
        self._effects = QActionGroup(self)
        for spec in EFFECT_SPECS:
            self._effects.addAction(self[spec.id])
        self[ActionId.COMPARE].setAutoRepeat(False)
        self.retint()

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    @property
    def keys(self) -> Keys:
        """The keys of every action, by id."""
        return self._keys

    def shown_keys(self, action_id: str, *, all_keys: bool = False) -> str:
        """The first shortcut as this system writes it, or all of them."""
        keys = self._keys[action_id] if all_keys else self._keys[action_id][:1]
        form = QKeySequence.SequenceFormat.NativeText
        return "  ".join(QKeySequence(key).toString(form) for key in keys)

    def rebind(self, shortcuts: Keys) -> None:
        """Give the actions the table's keys but for these."""
        self._keys = effective(shortcuts)
        for spec in self._specs.values():
            self._set_keys(spec, self._actions[spec.id])
        self.rebound.emit()

    def enable(self, enabled: bool, *action_ids: str) -> None:
        """Allow or refuse several actions at once."""
        for action_id in action_ids:
            self[action_id].setEnabled(enabled)

    def check(self, action_id: str, checked: bool) -> None:
        """Show a state that did not come from the action itself."""
        self[action_id].setChecked(checked)

    def name(self, action_id: str, text: str) -> None:
        """Say what an action would do now; "" for what the table says."""
        if text != self._names.get(action_id, ""):
            self._names[action_id] = text
            spec, action = self._specs[action_id], self[action_id]
            action.setText(text.replace("&", "&&") or action_text(spec))
            self._set_keys(spec, action)

    def retint(self) -> None:
        """Icons in the colours of the present palette."""
        for action_id, action in self._actions.items():
            if name := self._specs[action_id].icon:
                quiet, accent = action_id in _QUIET, action_id == ActionId.ACCEPT
                action.setIcon(icons.icon(name, accent=accent, quiet=quiet))

    def _make(self, spec: ActionSpec) -> QAction:
        action = QAction(action_text(spec), self)
        action.setObjectName(spec.id)
        action.setCheckable(spec.checkable)
        action.setIconText(translated(spec.short) if spec.short else action_text(spec))
        action.setProperty("labelled", bool(spec.short))
        self._set_keys(spec, action)
        return action

    def _set_keys(self, spec: ActionSpec, action: QAction) -> None:
        action.setShortcuts([QKeySequence(key) for key in self._keys[spec.id]])
        tip = translated(spec.tip, _number(spec))
        key = f" ({self.shown_keys(spec.id)})" if self._keys[spec.id] else ""
        action.setStatusTip(tip)
        name = self._names.get(spec.id) or action_text(spec)
        action.setToolTip(f"<b>{escape(name)}</b>{key}<br>{tip}")


def fill_menu_bar(bar: QMenuBar, actions: ActionSet) -> dict[Group, QMenu]:
    """One menu per group, in the table's order."""
    menus: dict[Group, QMenu] = {}
    for group in Group:
        menu = menus[group] = bar.addMenu(translated(group.value))
        menu.setObjectName(group.name)
        menu.addActions([actions[spec.id] for spec in SPECS if spec.group is group])
        for further in (OBJECT_SPECS, EFFECT_SPECS):
            if further[0].group is group:
                menu.addSeparator()
                menu.addActions([actions[spec.id] for spec in further])
    return menus


def make_tool_bar(title: str, name: str, row: tuple[object, ...], actions: ActionSet) -> QToolBar:
    """A fixed toolbar with the actions of ``row``; ones with a short text show it."""
    bar = QToolBar(title)
    bar.setObjectName(name)
    bar.setMovable(False)
    bar.setIconSize(QSize(22, 22))
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    for item in row:
        if item is None:
            bar.addSeparator()
        elif item is ...:
            bar.addWidget(_spring())
        else:
            _add_action(bar, actions[str(item)])
    return bar


def _add_action(bar: QToolBar, action: QAction) -> None:
    bar.addAction(action)
    button = bar.widgetForAction(action)
    if isinstance(button, QToolButton):
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(action.text())
        button.setObjectName(action.objectName())
        button.setProperty("quiet", action.objectName() in _QUIET)
        if action.property("labelled"):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setProperty("labelled", True)


def _spring() -> QWidget:
    spring = QWidget()
    policy = spring.sizePolicy()
    policy.setHorizontalPolicy(policy.Policy.Expanding)
    policy.setVerticalPolicy(policy.Policy.Expanding)
    spring.setSizePolicy(policy)
    return spring
