"""The window's part of ``swem-live bench``: the real window, painting offscreen."""

import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.cli import demo
from app.pipeline.events import Listener
from app.pipeline.initial_marks import InitialMarks
from app.pipeline.loading import EngineChoice
from app.pipeline.session import Session, SessionOptions
from app.pipeline.sources.base import Source
from app.pipeline.sources.file import FileSource
from app.pipeline.stats import Stats
from app.pipeline.style import ViewStyle
from app.settings_file import SettingsFile
from app.ui.application import show_until_closed
from app.ui.window.main_window import MainWindow
from swem_core.resources import asset

Script: TypeAlias = Sequence[tuple[float, Callable[[Session], None]]]

_POLL_MS = 20
_PATIENCE_S = 120.0  # for the network to be loaded and the first picture to come


def measure_window(
    choice: EngineChoice, marks: InitialMarks, settle_s: float, seconds: float
) -> Stats:
    """The live figures after ``settle_s + seconds`` of the window on the unpaced clip."""
    taken: list[Stats] = []
    options = SessionOptions(paced=False, initial=marks)
    play(choice, options, [(settle_s + seconds, lambda s: taken.append(s.stats()))])
    return taken[0] if taken else Stats()


def play(
    choice: EngineChoice,
    options: SessionOptions,
    script: Script,
    make_source: Callable[[], Source] | None = None,
) -> None:
    """Show the clip in the window, over and over, until the last of ``script`` is done.

    ``script``: seconds from the first tracked picture, and what to do with the session then. Runs
    the event loop of the thread it is called on, the main one. Raises what the script raises.
    """
    QApplication.instance() or QApplication(["swem-live"])

    def make_session(
        source: Source, listener: Listener, on_picture: Callable[[], None], style: ViewStyle
    ) -> Session:
        return Session(source, choice.load, listener, on_picture, style, options)

    with tempfile.TemporaryDirectory() as folder:
        window = MainWindow(
            make_session,
            lambda text: make_source() if make_source else FileSource(Path(text), loop=True),
            list_cameras=tuple,
            output_dir=Path(folder),
            settings=SettingsFile.open(Path(folder, "settings.json")),
            initial_source=str(asset(demo.CLIP)),
        )

        director = _Director(window, script)
        window.resize(1280, 800)
        show_until_closed(window)
    if director.failure is not None:
        raise director.failure


class _Director:
    """Plays the script from the first tracked picture on, and closes the window at its end."""

    def __init__(self, window: MainWindow, script: Script) -> None:
        self.failure: Exception | None = None
        self._window, self._script = window, script
        self._give_up = time.monotonic() + _PATIENCE_S
        self._waiting = QTimer(interval=_POLL_MS)
        self._waiting.timeout.connect(self._begin)
        self._waiting.start()

    def _begin(self) -> None:
        session = self._window.parts.host.session
        is_tracking = isinstance(session, Session) and bool(session.stats().scores)
        if not is_tracking and time.monotonic() < self._give_up:
            return
        self._waiting.stop()
        for number, (at_s, what) in enumerate(self._script, start=1):
            act = partial(self._act, what, number == len(self._script))
            QTimer.singleShot(int(1e3 * at_s), act)

    def _act(self, what: Callable[[Session], None], is_last: bool) -> None:
        session = self._window.parts.host.session
        try:
            if isinstance(session, Session):
                what(session)
        except Exception as error:  # Qt would print it and leave the window open
            self.failure = error
        if is_last or self.failure is not None:
            self._window.close()
