"""Choosing a camera's size and rate, and the rate that is measured."""

from dataclasses import dataclass

from pytestqt.qtbot import QtBot
from ui_fakes import FakeSource, Workshop
from window_kit import WindowMaker

from app.pipeline.events import SourceOpened
from app.pipeline.sources.base import Source, SourceInfo
from app.pipeline.sources.camera_mode import CameraMode
from app.pipeline.stats import Stats
from app.settings_file import SettingsFile
from swem_core.types import Size


@dataclass
class FakeCameraSource(FakeSource):
    device_id: str = "/dev/video2"
    mode: CameraMode = CameraMode()  # noqa: RUF009 - immutable

    def sizes(self) -> tuple[Size, ...]:
        return ((480, 640), (720, 1280))


def test_size_and_rate_are_chosen_kept_and_measured(
    make_window: WindowMaker, workshop: Workshop, settings: SettingsFile, qtbot: QtBot
) -> None:
    def open_source(text: str) -> Source:
        kept = str(settings.settings.window.get("camera//dev/video2", ""))
        workshop.opened.append(text)
        if text == "clip.mp4":
            return FakeSource(text, is_live=False)
        return FakeCameraSource(text, mode=CameraMode.from_text(kept))

    workshop.open_source = open_source  # type: ignore[method-assign]
    window = make_window()
    row, panel = window.parts.camera_row, window.parts.source_panel
    assert not row.isVisible()
    window.open("camera")
    assert row.isVisible()
    opened = SourceOpened(SourceInfo("HD Webcam", (480, 640), 90_000.0, None, True))
    workshop.session.emit(opened)
    qtbot.waitUntil(lambda: row.size_box.findText("1280 × 720") > 0)
    workshop.session.figures = Stats(capture_fps=27.34)
    qtbot.waitUntil(lambda: panel.detail.text() == "640 × 480  ·  live  ·  27.3 fps")
    first = workshop.session
    row.size_box.setCurrentText("1280 × 720")
    row.size_box.activated.emit(row.size_box.currentIndex())
    qtbot.waitUntil(lambda: workshop.opened[-1] == "/dev/video2")
    qtbot.waitUntil(lambda: row.size_box.currentText() == "1280 × 720")
    row.rate_box.setCurrentText("60 fps")  # before the first choice has come true
    row.rate_box.activated.emit(row.rate_box.currentIndex())
    qtbot.waitUntil(lambda: row.rate_box.currentText() == "60 fps" and len(workshop.opened) == 3)
    assert settings.settings.window["camera//dev/video2"] == "1280x720@60"
    qtbot.waitUntil(lambda: workshop.sessions[-1] is not first)
    window.open("clip.mp4")
    qtbot.waitUntil(lambda: not row.isVisible())
