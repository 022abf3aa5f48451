"""The QActions of the table: their texts, keys, icons and states."""

from html import escape

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from app.translation import N
from app.ui.actions.shortcuts import Keys, effective
from app.ui.actions.spec import ActionId, ActionSpec
from app.ui.actions.table import ALL_SPECS, EFFECT_SPECS
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
QUIET: tuple[ActionId, ...] = (
    *(ActionId.FREEZE, ActionId.CORRECT_LIVE, ActionId.HUD, ActionId.PANEL, ActionId.HELP),
    *(ActionId.LOUPE, ActionId.HIDE_OVERLAY, ActionId.FULL_SCREEN, ActionId.PAUSE),
)
"""Shown by a tint while they are checked, not by a filled button."""


def translated(text: str, number: str = "") -> str:
    """A text of the table in the person's language; ``number`` stands for its %1."""
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
        self._specs = {spec.id: spec for spec in ALL_SPECS}
        self._names: dict[str, str] = {}
        self._actions = {spec.id: self._make(spec) for spec in ALL_SPECS}
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

    def with_keys(self, sentence: str, *action_ids: str) -> str:
        """``sentence`` with the first key of these actions for %1, %2 …; the name of one without
        a key."""
        for number, action_id in enumerate(action_ids, start=1):
            name = translated(N("Actions", "“%1”"), action_text(self._specs[action_id]))
            sentence = sentence.replace(f"%{number}", self.shown_keys(action_id) or name)
        return sentence

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

    def describe(self, control: QWidget, action_id: str) -> None:
        """Give a control that does the same as an action its tooltip, with the keys it has now."""
        action = self[action_id]

        def show() -> None:
            control.setToolTip(action.toolTip())

        action.changed.connect(show)
        show()

    def retint(self) -> None:
        """Draw the icons in the colours of the present palette."""
        for action_id, action in self._actions.items():
            if name := self._specs[action_id].icon:
                quiet, accent = action_id in QUIET, action_id == ActionId.ACCEPT
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
