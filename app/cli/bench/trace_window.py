"""The window's part of ``swem-live bench --trace``: when the GUI thread paints."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from app.cli.bench.window import Script, play
from app.pipeline.loading import EngineChoice
from app.pipeline.session import SessionOptions
from app.pipeline.trace import Tracer
from app.ui.picture.picture_view import PictureView


class PaintSpans(QObject):
    """An event filter that records each widget's painting; the program itself knows nothing of it.

    The video picture is "paint picture", everything else "paint controls".
    """

    def __init__(self, tracer: Tracer) -> None:
        super().__init__()
        self._tracer = tracer

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handle a paint event here, timed."""
        if event.type() != QEvent.Type.Paint:
            return False
        name = "paint picture" if isinstance(watched, PictureView) else "paint controls"
        with self._tracer.span(name):
            watched.event(event)
        return True


def trace_window(
    choice: EngineChoice, options: SessionOptions, tracer: Tracer, script: Script
) -> None:
    """Play the clip in the window as ``script`` says; ``tracer`` gets what the GUI thread paints.

    The rest comes from the session, by ``options.trace``.
    """
    application = QApplication.instance() or QApplication(["swem-live"])
    spans = PaintSpans(tracer)
    application.installEventFilter(spans)
    try:
        with _named("window"):
            play(choice, options, script)
    finally:
        application.removeEventFilter(spans)


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Name this thread for a while: so its track in the timeline is called."""
    thread = threading.current_thread()
    before, thread.name = thread.name, name
    try:
        yield
    finally:
        thread.name = before
