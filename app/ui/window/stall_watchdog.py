"""Notices when a camera or stream sends nothing without reporting an error."""

from typing import Final

from PySide6.QtCore import QObject

from app.pipeline.events import Event, Level, SourceLost, SourceOpened
from app.pipeline.stats import Stats
from app.ui.window.parts import Parts

PATIENCE_MS: Final = 4000.0  # below the time after which sources give up by themselves
_SILENT: Final = "silent"  # key of the banner


class StallWatchdog(QObject):
    """A driver that hangs raises no error: the picture just stops. Lives in the GUI thread."""

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._is_open = self._is_told = False
        parts.host.arrived.connect(self._hear)
        parts.host.stopped.connect(lambda _: self._expect(False))

    def see(self, stats: Stats) -> None:
        """Look at the newest figures; call a few times a second."""
        is_live = not self._parts.playback.can_pause
        is_silent = is_live and self._is_open and stats.frame_age_ms > PATIENCE_MS
        if is_silent and not self._is_told:
            self._is_told = True
            text = self.tr(
                "The source sends no new pictures, but has reported no error. Check that it is "
                "switched on and connected; if nothing changes, open it again."
            )
            self._parts.canvas.messages.post(Level.WARNING, text, key=_SILENT, stays=True)
        elif self._is_told and not is_silent:
            self._withdraw()

    def _hear(self, event: Event) -> None:
        if isinstance(event, SourceOpened | SourceLost):
            self._expect(isinstance(event, SourceOpened))

    def _expect(self, pictures: bool) -> None:
        self._is_open = pictures
        self._withdraw()

    def _withdraw(self) -> None:
        self._is_told = False
        self._parts.canvas.messages.withdraw(_SILENT)
