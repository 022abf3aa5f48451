"""Writes session files beside the tracking."""

import logging
from dataclasses import replace
from typing import Final

from app.pipeline.editing.commands import SaveSession
from app.pipeline.editing.marks_files import marks_of
from app.pipeline.editing.tracked_objects import TrackedObjects
from app.pipeline.events import Level, Listener, Notice, SessionSaved
from app.pipeline.frames import Segmented
from app.pipeline.saved_session import SavedSession, save_session
from app.pipeline.serial_tasks import SerialTasks
from app.pipeline.stage import reason
from app.pipeline.style import ViewStyle
from swem_core.errors import SwemError

_DEADLINE_S: Final = 5.0

_log = logging.getLogger(__name__)


class SessionSaver:
    """Copies what is to be kept on the engine's thread and writes it on a thread of its own.

    Thread: ``save`` and ``finish`` on the engine's.
    """

    def __init__(self, listener: Listener) -> None:
        self._tell = listener
        self._tasks = SerialTasks("session-saver")

    def save(
        self,
        command: SaveSession,
        newest: Segmented | None,
        draft: Segmented | None,
        objects: TrackedObjects,
    ) -> None:
        """Copy the objects' memory and begin to write; returns within milliseconds.

        SessionSaved follows, or a Notice of why not.
        """
        shown = draft or newest
        style = ViewStyle(objects=command.session.objects)
        session = replace(
            command.session,
            position_s=shown.frame.file_s if shown is not None else None,
            locked=objects.locked,
            marks=marks_of(draft, style) if draft is not None else None,
            memory=objects.memory(),
        )
        if not (command.is_automatic and session.is_empty):
            self._tasks.run(lambda: self._write(command, session))

    def finish(self) -> None:
        """Wait, for 5 s at most, for what is being written."""
        self._tasks.finish(_DEADLINE_S)

    def _write(self, command: SaveSession, session: SavedSession) -> None:
        try:
            save_session(command.path, session)
        except Exception as error:
            if not isinstance(error, SwemError):
                _log.exception("Saving the session to %s failed", command.path)
            self._tell(Notice(Level.WARNING, reason(error)))
        else:
            if not command.is_automatic:
                self._tell(SessionSaved(command.path))
