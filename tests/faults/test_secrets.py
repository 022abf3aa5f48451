"""The password in a stream's address is in nothing that a session shows, writes or sends."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import av
import pytest
from cat_clip import WHITE, Clip
from driver import Condition, Driver, run_main
from network_camera import Camera, network_camera
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from app.__main__ import main
from app.pipeline.events import EngineReady, RecordingStopped, SourceLost

SECRET = "hunter2hunter2"
pytestmark = pytest.mark.slow


@pytest.fixture
def camera(clip: Clip, tmp_path: Path) -> Iterator[Camera]:
    """The cats, then it hangs up, every time it is called."""
    path = clip.write(tmp_path / "cats.ts")
    data = path.read_bytes()
    path.unlink()
    with network_camera(3 * data, SECRET, pause_s=0.005, silent_s=0.5) as server:
        yield server


def texts_on_screen() -> Iterator[str]:
    for widget in QApplication.allWidgets():
        yield from (widget.windowTitle(), widget.toolTip(), widget.accessibleName())
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        yield from (action.text() for action in QWidget.findChildren(widget, QAction))


def assert_no_secret(*folders: Path) -> int:
    """How many files were looked through."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    for path in files:
        content = path.read_bytes()
        for form in (SECRET.encode(), SECRET.encode("utf-16-le")):
            assert form not in content, path
    return len(files)


def test_nothing_of_a_whole_session_holds_it(
    camera: Camera,
    clip: Clip,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    output = tmp_path / "videos"
    said: list[str] = []

    def script(driver: Driver) -> Generator[Condition, None, None]:
        yield lambda: driver.shown is not None and driver.heard(EngineReady)
        said.extend(texts_on_screen())
        driver.click(clip.inside(WHITE))
        yield driver.drafted(1)
        driver.key(Qt.Key.Key_R)
        yield lambda: driver.window.parts.outputs.is_recording
        driver.key(Qt.Key.Key_Return)
        yield driver.tracked(1)
        already = len(driver.heard(SourceLost))
        yield lambda: len(driver.heard(SourceLost)) > already  # it hung up
        said.extend(texts_on_screen())
        driver.key(Qt.Key.Key_R)
        yield lambda: driver.heard(RecordingStopped)
        said.extend([*texts_on_screen(), *map(repr, driver.events)])

    arguments = ["--source", camera.url(SECRET), "--output", str(output)]
    assert run_main(arguments, script) == 0
    assert SECRET not in "\n".join(said)
    assert any("127.0.0.1" in text for text in said), "the camera itself is named"
    printed = capfd.readouterr()
    assert SECRET not in printed.out + printed.err + caplog.text
    (video,) = output.glob("*.mkv")
    with av.open(str(video)) as container:
        assert SECRET not in str(container.metadata)
    assert assert_no_secret(tmp_path, Path(os.environ["HOME"])) >= 2


@pytest.mark.parametrize("port", ["1", "99999", "x"])
def test_nothing_of_a_failed_run_holds_it(
    port: str, clip: Clip, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "marks.json").write_text(
        '{"format": "swem-live-prompts-1", "size": [480, 270], "objects": '
        '[{"id": 1, "prompts": [{"type": "click", "x": 9, "y": 9}]}]}'
    )
    url = f"rtsp://user:{SECRET}@127.0.0.1:{port}/live?token={SECRET}"
    marks, out = str(tmp_path / "marks.json"), str(tmp_path / "o.mkv")
    assert main(["run", url, "--prompts", marks, "-o", out]) == 1
    printed = capfd.readouterr()
    assert "127.0.0.1" in printed.err
    assert SECRET not in printed.out + printed.err
    assert assert_no_secret(tmp_path, Path(os.environ["HOME"])) >= 1
