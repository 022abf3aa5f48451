"""The window's part of ``swem-live bench``: the real window, painting offscreen."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.cli import demo
from app.pipeline.events import Listener
from app.pipeline.loading import EngineChoice, InitialMarks
from app.pipeline.session import Session, SessionOptions
from app.pipeline.sources.base import Source
from app.pipeline.sources.file import FileSource
from app.pipeline.stats import Stats
from app.pipeline.style import ViewStyle
from app.settings_file import SettingsFile
from app.ui.main_window import MainWindow
from swem_core.resources import asset


def measure_window(
    choice: EngineChoice, marks: InitialMarks, settle_s: float, seconds: float
) -> Stats:
    """The live figures after ``settle_s + seconds`` of the window on the unpaced clip."""
    application = QApplication.instance() or QApplication(["swem-live"])

    def make_session(
        source: Source, listener: Listener, on_picture: Callable[[], None], style: ViewStyle
    ) -> Session:
        options = SessionOptions(paced=False, initial=marks)
        return Session(source, choice.load, listener, on_picture, style, options)

    with tempfile.TemporaryDirectory() as folder:
        window = MainWindow(
            make_session,
            lambda text: FileSource(Path(text), loop=True),
            list_cameras=tuple,
            output_dir=Path(folder),
            settings=SettingsFile.open(Path(folder, "settings.json")),
            initial_source=str(asset(demo.CLIP)),
        )
        taken: list[Stats] = []

        def finish() -> None:
            session = window.parts.host.session
            if session is not None:
                taken.append(session.stats())
            window.close()

        window.resize(1280, 800)
        window.show()
        QTimer.singleShot(int(1e3 * (settle_s + seconds)), finish)
        application.exec()
    return taken[0] if taken else Stats()
