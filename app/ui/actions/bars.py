"""The menus and toolbars that hold the actions."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar, QToolButton, QWidget

from app.ui.actions.action_set import QUIET, ActionSet, translated
from app.ui.actions.spec import ActionId, Group
from app.ui.actions.table import EFFECT_SPECS, OBJECT_SPECS, SPECS

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
        button.setProperty("quiet", action.objectName() in QUIET)
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
