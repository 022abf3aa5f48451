"""The parts of the window, made once and handed to the classes that connect them."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication, QMainWindow

from app.pipeline.frames import Rendered
from app.pipeline.style import DRAFT_OPACITY
from app.ui.actions.action_set import ActionSet
from app.ui.panels.camera_row import CameraRow
from app.ui.panels.device_chooser import CameraChooser, ScreenChooser
from app.ui.panels.objects_panel import ObjectsPanel
from app.ui.panels.pace_row import DEFAULT_FPS, MAX_FPS, MIN_FPS, PaceRow
from app.ui.panels.record_options import RecordOptions
from app.ui.panels.record_panel import RecordPanel
from app.ui.panels.seek_bar import SeekBar
from app.ui.panels.source_panel import SourcePanel
from app.ui.panels.status_line import StatusLine
from app.ui.panels.view_panel import ViewPanel
from app.ui.panels.welcome_page import WelcomePage
from app.ui.picture.canvas import Canvas
from app.ui.picture.tools import DEFAULT_RADIUS, MAX_RADIUS, MIN_RADIUS, ToolBox
from app.ui.picture.view import VideoView
from app.ui.session.host import SessionHost
from app.ui.session.interfaces import DeviceLists, MakeSession, OpenSource
from app.ui.session.opening import Opening
from app.ui.state.live_editing import LiveEditing
from app.ui.state.looks import Looks
from app.ui.state.marking import Marking
from app.ui.state.outputs import Outputs
from app.ui.state.playback import Playback
from app.ui.state.seeking import Seeking
from app.ui.state.window_settings import WindowSettings
from app.ui.widgets.theme import Theme, ThemeManager
from app.ui.window.stored_style import stored_style


@dataclass(frozen=True, slots=True)
class Parts:
    """State first, widgets after."""

    window_settings: WindowSettings
    theme: ThemeManager
    actions: ActionSet
    looks: Looks
    tools: ToolBox
    host: SessionHost
    opening: Opening
    marking: Marking
    live: LiveEditing
    playback: Playback
    seeking: Seeking
    outputs: Outputs
    cameras: CameraChooser
    screens: ScreenChooser
    view: VideoView
    welcome: WelcomePage
    canvas: Canvas
    seek_bar: SeekBar
    status: StatusLine
    source_panel: SourcePanel
    camera_row: CameraRow
    pace: PaceRow
    objects_panel: ObjectsPanel
    view_panel: ViewPanel
    record_panel: RecordPanel


def make_parts(
    window: QMainWindow,
    make_session: MakeSession,
    open_source: OpenSource,
    devices: DeviceLists,
    output_dir: Path,
    window_settings: WindowSettings,
    *,
    has_demo: bool,
) -> Parts:
    """Make the parts; the theme first, since icons take their colours from it."""
    theme = ThemeManager(_application(), window)
    theme.apply(Theme(window_settings.file.settings.theme))
    looks = Looks(stored_style(window_settings), window)
    radius = window_settings.number("tools/radius", DEFAULT_RADIUS, MIN_RADIUS, MAX_RADIUS)
    tools = ToolBox(radius, window)
    host = SessionHost(make_session, lambda rendered: show(rendered), window)
    marking = Marking(lambda: host.session, window)
    playback = Playback(lambda: host.session, window)
    seeking = Seeking(lambda: host.session, marking, window)
    live = LiveEditing(
        lambda: host.session,
        marking,
        playback,
        corrects=window_settings.flag("tools/correct_live", default=True),
        parent=window,
    )
    view = VideoView(
        tools,
        lambda object_id: looks.of(object_id).color,
        lambda: max(looks.effective.opacity, DRAFT_OPACITY),
        marking.marks_on,
        lambda rendered: host.session.painted(rendered) if host.session else None,
    )

    opening = Opening(open_source, host, window)

    def show(rendered: Rendered) -> None:
        opening.end()
        if marking.admits(rendered):
            view.show_picture(rendered)

    welcome = WelcomePage(has_demo=has_demo)
    actions = ActionSet(window, window_settings.file.settings.shortcuts)
    return Parts(
        window_settings=window_settings,
        theme=theme,
        actions=actions,
        looks=looks,
        tools=tools,
        host=host,
        opening=opening,
        marking=marking,
        live=live,
        playback=playback,
        seeking=seeking,
        outputs=Outputs(lambda: host.session, output_dir, parent=window),
        cameras=CameraChooser(devices.cameras, window),
        screens=ScreenChooser(devices.screens, window),
        view=view,
        welcome=welcome,
        canvas=Canvas(welcome, view, lambda: theme.colors),
        seek_bar=SeekBar(seeking),
        status=StatusLine(actions),
        source_panel=SourcePanel(),
        camera_row=CameraRow(window_settings),
        pace=PaceRow(
            round(window_settings.number("pace/fps", DEFAULT_FPS, MIN_FPS, MAX_FPS)),
            is_on=window_settings.flag("pace/on", default=True),
        ),
        objects_panel=ObjectsPanel(marking, looks, live),
        view_panel=ViewPanel(looks),
        record_panel=RecordPanel(
            output_dir, RecordOptions.from_stored(window_settings, devices.microphones)
        ),
    )


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication), "make a QApplication before the window"
    return application
