"""``swem-live soak``: the whole program, used at random for minutes or days."""

import argparse
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from rich.console import Console

from app.cli.arguments import engine_choice
from app.cli.live_clip import LiveClip, real_objects
from app.cli.soak.person import Person
from app.cli.soak.report import report, row_text
from app.cli.soak.rows import SoakMeter, SoakRow
from app.pipeline.events import Event, Listener, RecordingStopped, StageFailed
from app.pipeline.loading import EngineChoice
from app.pipeline.session import Session, SessionOptions
from app.pipeline.sources.base import Source
from app.pipeline.style import ViewStyle
from app.settings_file import SettingsFile
from app.ui.application import show_until_closed
from app.ui.window.main_window import MainWindow

_SAMPLE_MS = 250
_GESTURE_MS = 350
_OBJECTS = 2


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0 if nothing failed meanwhile; whether the curves are flat is for the reader."""
    console = Console(highlight=False)
    with tempfile.TemporaryDirectory(prefix="swem-live-soak-") as folder:
        soak = Soak(engine_choice(arguments), 60 * arguments.minutes, arguments.seed, Path(folder))
        rows = soak.run(lambda row: console.print(row_text(row)))
    console.print(f"{soak.gestures} gestures, {soak.recordings} recordings, seed {arguments.seed}.")
    for failure in soak.failures:
        print(f"swem-live: {failure}", file=sys.stderr)
    report(rows, console, figures=arguments.json, plot=arguments.plot)
    return 1 if soak.failures else 0


class Soak:
    """One run in ``folder``. The clip comes as from a camera; whatever is recorded is removed.

    ``failures``: what went wrong, in words. Thread: the GUI's.
    """

    def __init__(self, choice: EngineChoice, seconds: float, seed: int, folder: Path) -> None:
        self.failures: list[str] = []
        self.gestures = self.recordings = 0
        self._choice, self._seconds = choice, seconds
        self._chance = random.Random(seed)
        self._folder = folder

    def run(self, tell: Callable[[SoakRow], None]) -> list[SoakRow]:
        """Play until the time is over; the rows measured, each also told when it is complete."""
        QApplication.instance() or QApplication(["swem-live"])
        window = self._window()
        window.parts.host.arrived.connect(self._hear)
        meter = SoakMeter(self._seconds, tell)
        person = Person(window, self._chance)

        def sample() -> None:
            session = window.parts.host.session
            if session is not None:
                meter.sample(session.stats())

        with self._catching(), _timer(sample, _SAMPLE_MS), _timer(person.act, _GESTURE_MS):
            window.resize(1280, 800)
            QTimer.singleShot(int(1e3 * (self._seconds + meter.row_s / 2)), window.close)
            show_until_closed(window)
        self.gestures = person.gestures
        return meter.rows

    def _window(self) -> MainWindow:
        return MainWindow(
            self._session,
            lambda text: LiveClip(),
            list_cameras=tuple,
            output_dir=self._folder / "videos",
            settings=SettingsFile.open(self._folder / "settings.json"),
            state_dir=self._folder / "state",
            initial_source="clip",
        )

    def _session(
        self, source: Source, listener: Listener, on_picture: Callable[[], None], style: ViewStyle
    ) -> Session:
        options = SessionOptions(initial=real_objects(_OBJECTS))
        return Session(source, self._choice.load, listener, on_picture, style, options)

    def _hear(self, event: Event) -> None:
        match event:
            case StageFailed(_, text):
                self.failures.append(text)
            case RecordingStopped() as stopped:
                self.recordings += 1
                for path in stopped.files:
                    if path.is_file():
                        path.unlink()
                # Nothing comes of a recording that was paused or ended before its first picture.
                if stopped.error is not None and stopped.frames:
                    self.failures.append(stopped.error)

    @contextmanager
    def _catching(self) -> Iterator[None]:
        """Collect errors of slots, which Qt would only print."""
        before = sys.excepthook

        def catch(
            kind: type[BaseException], error: BaseException, trace: TracebackType | None
        ) -> None:
            self.failures.append(f"{kind.__name__}: {error}")
            before(kind, error, trace)

        sys.excepthook = catch
        try:
            yield
        finally:
            sys.excepthook = before


@contextmanager
def _timer(act: Callable[[], None], every_ms: int) -> Iterator[None]:
    timer = QTimer()
    timer.timeout.connect(act)
    timer.start(every_ms)
    try:
        yield
    finally:
        timer.stop()
