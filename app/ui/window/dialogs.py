"""The window's dialogs, the actions that open them, and the card of hints."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.ui.actions.spec import ActionId
from app.ui.dialogs.help_sheet import HelpSheet
from app.ui.dialogs.preferences import PreferencesDialog
from app.ui.dialogs.shortcuts import ShortcutsDialog
from app.ui.dialogs.virtual_camera import VirtualCameraDialog
from app.ui.window.hint_card import HintCard
from app.ui.window.parts import Parts
from app.ui.window.report_copier import ReportCopier


class Dialogs:
    """``report``: makes the text for "Copy report"; None where there is none."""

    def __init__(
        self, parts: Parts, output_dir: Path, report: Callable[[], str] | None, window: QWidget
    ) -> None:
        file = parts.window_settings.file
        self.preferences = PreferencesDialog(file, parts.theme, parts.looks, output_dir, window)
        self.shortcuts = ShortcutsDialog(parts.actions, file, window)
        self.hints = HintCard(parts)
        self.virtual_camera = VirtualCameraDialog(parts.host, window)
        self.report = ReportCopier(report, parts.canvas.messages, window)
        self.help = HelpSheet(parts.actions, window)
        self.help.finished.connect(lambda: parts.actions.check(ActionId.HELP, False))

    def handlers(self) -> dict[ActionId, Callable[[], object]]:
        """What the actions that open them do."""
        return {
            ActionId.PREFERENCES: self.preferences.show,
            ActionId.SHORTCUTS: self.shortcuts.show,
            ActionId.VIRTUAL_CAMERA: self.virtual_camera.show,
            ActionId.COPY_REPORT: self.report.copy,
            ActionId.HELP: lambda: self.help.setVisible(not self.help.isVisible()),
        }
