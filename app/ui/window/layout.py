"""The bars and the side panel around the picture, and when they are hidden."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QWidget

from app.ui.actions.bars import TOOL_BAR, TOP_BAR, make_tool_bar
from app.ui.actions.spec import ActionId
from app.ui.panels.bar_density import DensityWatch
from app.ui.panels.side_panel import SidePanel
from app.ui.widgets.section import Section
from app.ui.window.parts import Parts

_tr = QCoreApplication.translate


class WindowLayout:
    """Puts the parts into ``window``. Lives in the GUI thread."""

    def __init__(self, window: QMainWindow, parts: Parts) -> None:
        self._window, self._parts = window, parts
        parts.source_panel.body.addWidget(parts.camera_row)
        parts.source_panel.body.addWidget(parts.pace)
        sections = (
            parts.source_panel,
            parts.objects_panel,
            parts.view_panel,
            parts.record_panel,
        )
        self.side = SidePanel(sections, parts.window_settings)
        middle = self._middle()
        window.setCentralWidget(middle)
        window.setStatusBar(parts.status)
        top = make_tool_bar(_tr("MainWindow", "Main"), "topBar", TOP_BAR, parts.actions)
        tools = make_tool_bar(_tr("MainWindow", "Tools"), "toolBar", TOOL_BAR, parts.actions)
        self._bars = (top, tools)
        DensityWatch(tools, middle)
        window.addToolBar(Qt.ToolBarArea.TopToolBarArea, top)
        window.addToolBar(Qt.ToolBarArea.LeftToolBarArea, tools)

    def reveal(self, section: Section) -> None:
        """Scroll to a section of the side panel, which is shown if it was hidden."""
        self.side.show()
        self._parts.actions.check(ActionId.PANEL, True)
        self.side.reveal(section)

    def toggle_panel(self) -> None:
        """Show the side panel if its action says so."""
        self.side.setVisible(self._parts.actions[ActionId.PANEL].isChecked())

    def toggle_full_screen(self) -> None:
        """Nothing but the picture, or everything again."""
        window, actions = self._window, self._parts.actions
        full = not window.isFullScreen()
        for widget in (window.menuBar(), window.statusBar(), *self._bars):
            widget.setVisible(not full)
        self.side.setVisible(actions[ActionId.PANEL].isChecked() and not full)
        self._parts.seek_bar.allow(not full)
        actions.check(ActionId.FULL_SCREEN, full)
        window.showFullScreen() if full else window.showNormal()

    def _middle(self) -> QWidget:
        """The picture with what is below it, and the side panel."""
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(self._parts.seek_bar.below(self._parts.canvas), 1)
        row.addWidget(self.side)
        return middle
