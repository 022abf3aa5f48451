import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from pytestqt.qtbot import QtBot
from ui_fakes import FakeSession, Workshop
from window_kit import WindowMaker, show

from app.settings_file import SettingsFile
from app.ui.session import opening
from app.ui.window.main_window import MainWindow


@pytest.fixture
def settings(tmp_path: Path) -> SettingsFile:
    return SettingsFile.open(tmp_path / "settings.json")


@pytest.fixture
def workshop() -> Workshop:
    return Workshop()


@pytest.fixture(autouse=True)
def sources_are_found_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is: most tests are not about how long that takes."""
    monkeypatch.setattr(opening, "GRACE_S", 10.0)


@pytest.fixture
def make_window(
    qtbot: QtBot, workshop: Workshop, settings: SettingsFile, tmp_path: Path
) -> Iterator[WindowMaker]:
    made: list[MainWindow] = []

    def make(**options: object) -> MainWindow:
        window = MainWindow(
            workshop.make_session,
            workshop.open_source,
            list_cameras=lambda: workshop.cameras,
            output_dir=tmp_path / "out",
            **{  # type: ignore[arg-type]
                "settings": settings,
                "list_screens": lambda: workshop.screens,
                "list_microphones": lambda: workshop.microphones,
                **options,
            },
        )
        window.resize(1100, 700)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        made.append(window)
        return window

    yield make
    for session in workshop.sessions:
        session.may_stop.set()
    for window in made:
        # Not by qtbot.addWidget: it deletes at once what may still be finishing.
        window.close()
        qtbot.waitUntil(lambda host=window.parts.host: not host.is_busy)  # type: ignore[misc]
        window.deleteLater()


@pytest.fixture
def window(make_window: WindowMaker, workshop: Workshop, qtbot: QtBot) -> MainWindow:
    """A window with a live source and its first picture on the screen."""
    made = make_window()
    made.open("camera")
    show(made, workshop.session, qtbot)
    return made


@pytest.fixture
def session(window: MainWindow, workshop: Workshop) -> FakeSession:
    return workshop.session
