"""The window: puts the parts in place, opens and closes sources, and closes in good order."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QMenu

from app.pipeline.events import Level
from app.pipeline.saved_session import SUFFIX
from app.pipeline.sources.base import Source
from app.settings_file import SettingsFile
from app.ui.actions.bars import fill_menu_bar
from app.ui.actions.key_guard import KeyGuard
from app.ui.actions.spec import ActionId, Group
from app.ui.dialogs.video_file import video_dialog
from app.ui.session.bridge import close_postboxes
from app.ui.session.interfaces import DeviceLists, ListDevices, MakeSession, OpenSource
from app.ui.state.window_settings import WindowSettings
from app.ui.widgets.theme_menu import ThemeMenu
from app.ui.window.action_handlers import ActionHandlers, Handler
from app.ui.window.control_sync import ControlSync
from app.ui.window.dialogs import Dialogs
from app.ui.window.event_router import EventRouter
from app.ui.window.layout import WindowLayout
from app.ui.window.marks_files import MarksFiles
from app.ui.window.on_screen import StaysOnScreen
from app.ui.window.parts import make_parts
from app.ui.window.recent_menu import RecentMenu
from app.ui.window.session_files import SessionFiles
from app.ui.window.stored_window import remember_window, restore_window

_POLL_MS = 250
_PART = "screen:0,0,1280x720"


class MainWindow(QMainWindow):
    """The whole application, but for the pipeline, which comes in through ``make_session``.

    ``initial_source`` and ``demo`` are texts for ``open``: what to begin with, and what the button
    for the demonstration opens. Lives in the GUI thread.
    """

    def __init__(
        self,
        make_session: MakeSession,
        open_source: OpenSource,
        *,
        list_cameras: ListDevices,
        list_screens: ListDevices = tuple,
        list_microphones: ListDevices = tuple,
        output_dir: Path,
        settings: SettingsFile,
        state_dir: Path | None = None,
        report: Callable[[], str] | None = None,
        initial_source: str | None = None,
        demo: str | None = None,
    ) -> None:
        super().__init__()
        self._demo = demo
        self._last_opened = ""
        self._is_closing = False
        window_settings = WindowSettings(settings)
        self.parts = make_parts(
            self,
            make_session,
            open_source,
            DeviceLists(list_cameras, list_screens, list_microphones),
            output_dir,
            window_settings,
            has_demo=demo is not None,
        )
        self.sync = ControlSync(self.parts, self)
        self.router = EventRouter(self.parts, lambda: self.open(self._last_opened), self)
        self.marks = MarksFiles(self.parts, output_dir, self)
        self.dialogs = Dialogs(self.parts, output_dir, report, self)
        self.sessions = SessionFiles(self.parts, state_dir, self)
        self._frame = WindowLayout(self, self.parts)
        self.commands = ActionHandlers(self.parts, self._window_handlers(), self)
        self.commands.refused.connect(self.sync.refresh_all)
        self._build()
        KeyGuard(self)
        StaysOnScreen(self)
        self._connect()
        restore_window(self, self.parts)
        self._frame.toggle_panel()
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self.sync.poll)
        self._poll.start()
        if initial_source is not None:
            self.open(initial_source)
        if settings.notice:
            self.parts.canvas.messages.post(Level.WARNING, settings.notice)
        self.sessions.offer_crashed()

    # --- sources --------------------------------------------------------------------------------

    def open(self, text: str) -> None:
        """Open a path, an address or a camera's id; the source that runs is closed first."""
        if self._is_closing:
            return
        if text.endswith(SUFFIX):
            return self.sessions.open(Path(text))
        self.parts.opening.begin(text)

    def _show_opening(self, name: str) -> None:
        text = self.parts.actions.with_keys(self.tr("Opening %2…\n%1 cancels."), ActionId.CANCEL)
        self.parts.canvas.set_curtain(text.replace("%2", name) if name else "")

    def _opened(self, text: str, source: Source) -> None:
        if self._is_closing:
            return
        self.sessions.opening(text, source)
        self._last_opened = text
        if text != self._demo:
            self.recent.remember(text)
        self.parts.host.start(source, self.parts.looks.effective)

    def report_error(self, text: str) -> None:
        """Show that something went wrong; it stays until dismissed."""
        self.parts.canvas.messages.post(Level.ERROR, text)

    def _started(self, source: Source) -> None:
        parts = self.parts
        parts.canvas.messages.clear()
        parts.canvas.set_curtain("")
        parts.canvas.show_page(picture=True)
        parts.source_panel.show_opening(source.name)
        parts.camera_row.begin(source)
        parts.canvas.hud.set_engine("", "")
        parts.status.set_engine(self.tr("Loading the network…"))
        parts.marking.clear()
        parts.live.clear()
        parts.playback.begin(can_pause=not source.is_live)
        self.sessions.started()
        self.setWindowTitle(f"{source.name} — swem-live")
        parts.view.setFocus()

    def _stopping(self) -> None:
        recording = self.parts.outputs.is_recording
        text = self.tr("Finishing the recording…") if recording else self.tr("Closing…")
        self.parts.canvas.set_curtain(text)

    def _stopped(self, late: list[str]) -> None:
        parts = self.parts
        parts.marking.clear()
        parts.live.clear()
        parts.looks.forget_objects()
        parts.outputs.set_recording(False)
        parts.outputs.set_replay(False)
        parts.playback.begin(can_pause=False)
        parts.view.clear()
        parts.canvas.set_curtain("")
        parts.canvas.show_page(picture=False)
        parts.source_panel.show_none()
        parts.camera_row.begin(None)
        parts.status.set_engine("")
        self.setWindowTitle("swem-live")
        if late and not parts.opening.excuses(late):
            text = self.tr("Did not stop in time: %1. Restart the program if the source hangs.")
            parts.canvas.messages.post(Level.WARNING, text.replace("%1", ", ".join(late)))
        if self._is_closing:
            self.close()

    # --- the window -----------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what runs, visibly and without freezing the window; then close for good."""
        if self.parts.host.is_busy:
            event.ignore()
            self._is_closing = True
            self.parts.host.stop()
            return
        if not self.parts.outputs.close():
            event.ignore()
            self._is_closing = True
            self.parts.canvas.set_curtain(self.tr("Closing…"))
            return
        self._poll.stop()
        remember_window(self, self.parts, self._frame.side)
        self.parts.opening.close()
        self.sessions.close()
        close_postboxes(self)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the full screen when there are no marks for it to drop."""
        if event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self._frame.toggle_full_screen()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import marks into the picture that is shown; of other files, open the first."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if not paths:
            return
        event.acceptProposedAction()
        marks = [Path(path) for path in paths]
        self.marks.bring_in(marks) if self.marks.takes(marks) else self.open(paths[0])

    def _window_handlers(self) -> dict[ActionId, Handler]:
        parts = self.parts
        return {
            ActionId.OPEN_FILE: self._choose_file,
            ActionId.OPEN_CAMERA: lambda: parts.cameras.ask(parts.source_panel.camera),
            ActionId.OPEN_STREAM: self._ask_address,
            ActionId.OPEN_SCREEN: lambda: parts.screens.ask(parts.source_panel.screen_button),
            ActionId.OPEN_SESSION: self.sessions.ask_open,
            ActionId.SAVE_SESSION: self.sessions.ask_save,
            ActionId.CLOSE_SOURCE: parts.host.stop,
            ActionId.QUIT: self.close,
            ActionId.CANCEL: self._cancel,
            ActionId.PANEL: self._frame.toggle_panel,
            ActionId.FULL_SCREEN: self._frame.toggle_full_screen,
            ActionId.IMPORT_MARKS: self.marks.ask_import,
            ActionId.SAVE_MARKS: self.marks.ask_save_marks,
            ActionId.SAVE_MASKS: self.marks.ask_save_masks,
            **self.dialogs.handlers(),
        }

    def _cancel(self) -> None:
        if not self.parts.opening.cancel():
            self.parts.marking.cancel()

    def _choose_file(self) -> None:
        dialog = video_dialog(self)
        dialog.fileSelected.connect(self.open)
        dialog.open()

    def _ask_address(self, begun: str = "") -> None:
        self._frame.reveal(self.parts.source_panel)
        self.parts.source_panel.ask_address(begun)

    # --- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        parts = self.parts
        self.setWindowTitle("swem-live")
        self.setAcceptDrops(True)
        menus = fill_menu_bar(self.menuBar(), parts.actions)
        recent = QMenu(self.tr("Open recent"), self)
        menus[Group.SOURCE].insertMenu(parts.actions[ActionId.OPEN_SESSION], recent)
        self.recent = RecentMenu(parts.window_settings.file, recent, self.open, self._ask_address)
        ThemeMenu(parts.theme, parts.window_settings.file, menus[Group.VIEW])

    def _connect(self) -> None:
        parts = self.parts
        parts.opening.opened.connect(self._opened)
        parts.opening.failed.connect(self.report_error)
        parts.opening.waiting.connect(self._show_opening)
        parts.host.started.connect(self._started)
        parts.host.stopping.connect(self._stopping)
        parts.host.stopped.connect(self._stopped)
        parts.outputs.closed.connect(self.close)
        parts.cameras.chosen.connect(self.open)
        parts.camera_row.chosen.connect(self.open)
        parts.screens.chosen.connect(self.open)
        parts.screens.further_chosen.connect(lambda: self._ask_address(_PART))
        self.sessions.wanted.connect(self.open)
        self.sessions.incomplete.connect(self._ask_address)
        parts.source_panel.address_entered.connect(self.open)
        parts.welcome.demo_wanted.connect(lambda: self.open(self._demo or ""))
        parts.theme.changed.connect(parts.actions.retint)
        parts.theme.changed.connect(parts.canvas.messages.retint)
