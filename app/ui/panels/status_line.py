"""The line along the lower edge: what to do next, and what tracking runs on."""

from PySide6.QtWidgets import QLabel, QStatusBar

from app.ui.actions.action_set import ActionSet
from app.ui.actions.spec import ActionId
from app.ui.picture.tools import Tool


class StatusLine(QStatusBar):
    """A hint on the left, network and device on the right. Lives in the GUI thread."""

    def __init__(self, actions: ActionSet) -> None:
        """``actions``: for the keys they have now."""
        super().__init__()
        self._actions = actions
        self.setSizeGripEnabled(False)
        self._hint, self._engine = QLabel(), QLabel()
        self.addWidget(self._hint, 1)
        self.addPermanentWidget(self._engine)

    @property
    def hint(self) -> str:
        """The sentence shown."""
        return self._hint.text()

    def set_engine(self, text: str) -> None:
        """Show the network and its device, or what is awaited."""
        self._engine.setText(text)

    def show_hint(
        self, *, has_source: bool, frozen: bool, tracking: bool, tool: Tool, corrects: bool
    ) -> None:
        """What the person can do now."""
        if not has_source:
            text = self.tr("Open a camera, a video or a stream to begin.")
        elif frozen:
            text = self._tool_hint(tool)
        elif tracking and corrects:
            text = self._actions.with_keys(
                self.tr(
                    "Mark the running picture to correct it; the right button takes away. "
                    "%1 freezes it, %2 starts another object."
                ),
                *(ActionId.FREEZE, ActionId.NEW_OBJECT),
            )
        elif tracking:
            text = self._actions.with_keys(
                self.tr("Mark the picture any time to correct it. %1 starts another object."),
                ActionId.NEW_OBJECT,
            )
        else:
            text = self.tr("Click an object to track it. The picture freezes by itself.")
        self._hint.setText(text)

    def _tool_hint(self, tool: Tool) -> str:
        return {
            Tool.CLICK: self.tr("Left-click adds to the object, right-click takes away."),
            Tool.BOX: self.tr("Drag a box around the object, then click to correct."),
            Tool.LASSO: self.tr("Draw around the object, then click to correct."),
            Tool.SCRIBBLE: self.tr(
                "Scribble through the object; with the right button, beside it."
            ),
            Tool.BRUSH: self.tr(
                "Paint the object; the right button erases, the wheel sets the size."
            ),
            Tool.ERASER: self.tr("Erase what is not part of the object; the wheel sets the size."),
        }[tool]
