"""``swem-live`` itself: the window, and the demonstration."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from platformdirs import user_state_path, user_videos_path

from app.cli import demo
from app.cli.arguments import engine_choice, style_of
from app.cli.publish_options import camera_plan, publish_plan
from app.cli.report import report
from app.display import display_problem
from app.pipeline.cameras import list_cameras
from app.pipeline.events import Listener, ObjectsStyled
from app.pipeline.initial_marks import marks_from_prompts
from app.pipeline.loading import EngineChoice
from app.pipeline.outlets.zeromq import PublishPlan
from app.pipeline.session import Session, SessionOptions
from app.pipeline.sound.inputs import list_microphones
from app.pipeline.sources.base import Source
from app.pipeline.sources.camera_mode import CameraMode
from app.pipeline.sources.factory import open_source
from app.pipeline.sources.file import FileSource
from app.pipeline.sources.screen.listing import list_screens
from app.pipeline.style import ViewStyle
from app.prompts_file import PromptsFile, load_prompts
from app.settings import Settings
from app.settings_file import SettingsFile
from swem_core.resources import asset

DEMO_SOURCE = "demo"
_FIRST_CAMERA = "camera"


def run(arguments: argparse.Namespace) -> int:
    """Open the window and stay until it is closed; the exit code."""
    problem = display_problem()
    if problem is not None:
        if arguments.demo:
            return demo.run_headless(arguments)
        print(
            f"swem-live: no window can open: {problem} 'swem-live run' segments without one; "
            "'swem-live --demo' shows it on a clip.",
            file=sys.stderr,
        )
        return 1
    return _open_window(arguments)


@dataclass(slots=True)
class SessionMaker:
    """Makes the window's sessions.

    ``choice`` is asked at each session: the person may have chosen another device meanwhile.
    ``prompts`` are for the first session (a file given on the command line), ``demo_prompts`` for
    every session on the demonstration clip. ``publish``: where each sends its results.
    """

    choice: Callable[[], EngineChoice]
    prompts: PromptsFile | None
    demo_prompts: PromptsFile
    publish: PublishPlan | None = None

    def __call__(
        self, source: Source, listener: Listener, on_picture: Callable[[], None], style: ViewStyle
    ) -> Session:
        """A session that is not started yet. Thread: the GUI's."""
        prompts, self.prompts = self.prompts, None
        if prompts is None and isinstance(source, DemoSource) and not source.is_resumed:
            prompts = self.demo_prompts
        options = SessionOptions(hold_first=True)
        if prompts is not None:
            style = style_of(prompts, style)
            listener(ObjectsStyled(style.objects))
            options = SessionOptions(initial=marks_from_prompts(prompts))
        options = replace(options, publish=self.publish)
        return Session(source, self.choice().load, listener, on_picture, style, options)


class DemoSource(FileSource):
    """The clip that ships, over and over."""

    def __init__(self) -> None:
        super().__init__(asset(demo.CLIP), loop=True)
        self.is_resumed = False

    def start_at(self, seconds: float) -> None:
        """Go on from there, with the objects as they were then."""
        super().start_at(seconds)
        self.is_resumed = True


def window_source(text: str, *, loop: bool = False, settings: Settings | None = None) -> Source:
    """What a person typed, or the word for the demonstration. ``loop``: files and folders.

    ``settings``: hold what was chosen for each camera.
    """
    if text == DEMO_SOURCE:
        return DemoSource()
    kept = settings.window if settings is not None else {}
    return open_source(
        text,
        loop=loop,
        mode_of=lambda camera_id: CameraMode.from_text(str(kept.get(f"camera/{camera_id}", ""))),
    )


def _open_window(arguments: argparse.Namespace) -> int:
    # Qt is loaded only once it is certain that a window is wanted and can open.
    from app.ui.application import run_window
    from app.ui.window.main_window import MainWindow

    prompts = load_prompts(arguments.prompts) if arguments.prompts is not None else None
    file = SettingsFile.open(old=_old_settings())
    maker = SessionMaker(
        lambda: engine_choice(arguments, file.settings),
        prompts,
        load_prompts(asset(demo.PROMPTS)),
        publish_plan(arguments),
    )
    output = arguments.output or Path(file.settings.folder or user_videos_path() / "swem-live")

    def open_wanted(text: str) -> Source:
        return window_source(text, loop=arguments.loop, settings=file.settings)

    def make_window() -> MainWindow:
        window = MainWindow(
            maker,
            open_wanted,
            list_cameras=list_cameras,
            list_screens=list_screens,
            list_microphones=list_microphones,
            output_dir=output,
            settings=file,
            report=report,
            state_dir=user_state_path("swem-live", appauthor=False),
            initial_source=_initial(arguments),
            demo=DEMO_SOURCE,
        )
        window.dialogs.virtual_camera.begin(camera_plan(arguments))
        if arguments.target_fps is not None:
            window.parts.pace.choose(arguments.target_fps)
        return window

    return run_window(sys.argv, make_window, file.settings.language)


def _old_settings() -> Path:
    """Where version 1 of the settings lies, which was Qt's."""
    from PySide6.QtCore import QSettings

    old = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "swem-live")
    return Path(old.fileName())


def _initial(arguments: argparse.Namespace) -> str | None:
    """What to open at once: nothing, if neither was asked for and there is no camera."""
    if arguments.demo:
        return DEMO_SOURCE
    if arguments.source is not None:
        return str(arguments.source)
    return _FIRST_CAMERA if list_cameras() else None
