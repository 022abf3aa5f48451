"""Writes a session file beside the tracking."""

import threading
from dataclasses import replace

from app.errors import SettingsError
from app.pipeline.editing.commands import SaveSession
from app.pipeline.editing.marks_files import marks_of
from app.pipeline.editing.tracked_objects import TrackedObjects
from app.pipeline.events import Level, Listener, Notice, SessionSaved
from app.pipeline.frames import Segmented
from app.pipeline.saved_session import SavedSession, save_session
from app.pipeline.style import ViewStyle


class SessionSaver:
    """Takes what is to be kept on the engine's thread, and writes it on a thread of its own."""

    def __init__(self, listener: Listener) -> None:
        self._tell = listener

    def save(
        self,
        command: SaveSession,
        newest: Segmented | None,
        draft: Segmented | None,
        objects: TrackedObjects,
    ) -> None:
        """Copy the objects' memory and begin to write; returns within milliseconds."""
        shown = draft or newest
        style = ViewStyle(objects=command.session.objects)
        session = replace(
            command.session,
            position_s=shown.frame.file_s if shown is not None else None,
            locked=objects.locked,
            marks=marks_of(draft, style) if draft is not None else None,
            memory=objects.memory(),
        )
        if command.is_automatic and session.is_empty:
            return
        threading.Thread(
            target=self._write, args=(command, session), name="session-saver", daemon=True
        ).start()

    def _write(self, command: SaveSession, session: SavedSession) -> None:
        try:
            save_session(command.path, session)
        except SettingsError as error:
            self._tell(Notice(Level.WARNING, str(error)))
        else:
            if not command.is_automatic:
                self._tell(SessionSaved(command.path))
