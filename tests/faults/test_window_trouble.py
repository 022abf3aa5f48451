"""An error in each thread, in the real window: what the person sees, and what is left."""

import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import av
import pytest
import torch
from cat_clip import GINGER, WHITE, Clip
from driver import Condition, Driver, run_main
from PySide6.QtCore import Qt

from app.pipeline.compose import Composer
from app.pipeline.events import EngineReady, RecordingStopped, StageFailed
from app.pipeline.recording.picture_encoder import PictureEncoder
from app.pipeline.recording.video_writer import VideoWriter
from app.pipeline.sources.file import FileSource
from swem_core.engine.runtime import Runtime
from swem_core.model.lite import LiteNetwork

pytestmark = pytest.mark.slow
Steps = Generator[Condition, None, None]


class Fault:
    """Makes a method of the program raise, from the moment it is switched on."""

    def __init__(self, patch: pytest.MonkeyPatch, kind: type, name: str, error: Exception) -> None:
        self.is_on = False
        real = getattr(kind, name)

        def faulty(*args: Any, **more: Any) -> Any:
            if self.is_on:
                raise error
            return real(*args, **more)

        patch.setattr(kind, name, faulty)


def track_and_record(driver: Driver, clip: Clip) -> Steps:
    yield lambda: driver.shown is not None and driver.heard(EngineReady)
    driver.click(clip.inside(WHITE))
    yield driver.drafted(1)
    driver.key(Qt.Key.Key_R)
    yield lambda: driver.window.parts.outputs.is_recording
    driver.key(Qt.Key.Key_Return)
    yield driver.tracked(1)
    yield goes_on(driver)


def goes_on(driver: Driver, pictures: int = 5) -> Condition:
    """So many new pictures are shown."""
    first = driver.shown
    return lambda: (
        driver.shown is not None
        and (first is None or driver.shown.frame.index >= first.frame.index + pictures)
    )


def says(driver: Driver, *words: str) -> Condition:
    """A banner with all these words is on the screen."""
    messages = driver.window.parts.canvas.messages
    return lambda: any(
        all(word in banner.text for word in words) and banner.isVisible()
        for banner in messages.banners
    )


def pictures(path: Path) -> int:
    with av.open(str(path)) as container:
        return sum(1 for _ in container.decode(video=0))


def journey(clip_file: Path, folder: Path, script: Callable[[Driver], Steps]) -> None:
    assert run_main(["--source", str(clip_file), "--loop", "--output", str(folder)], script) == 0


@pytest.mark.parametrize(("kind", "name"), [(FileSource, "read"), (Composer, "screen")])
def test_in_capture_or_drawing_the_source_can_be_opened_again(
    clip: Clip,
    clip_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: type,
    name: str,
) -> None:
    fault = Fault(monkeypatch, kind, name, ZeroDivisionError("a bug"))

    def script(driver: Driver) -> Steps:
        yield from track_and_record(driver, clip)
        fault.is_on = True
        yield says(driver, "ZeroDivisionError: a bug", "log file")
        assert driver.window.parts.view.shown is not None, "the last picture stays"
        fault.is_on = False
        driver.window.parts.canvas.messages.banners[-1].action_button.click()
        yield lambda: len(driver.heard(RecordingStopped)) == 1
        yield lambda: driver.shown is not None and driver.shown.result is None
        driver.click(clip.inside(GINGER))
        yield driver.drafted(1)

    journey(clip_file, tmp_path, script)
    (video,) = tmp_path.glob("*.mkv")
    assert pictures(video) >= 5


def test_in_the_network_the_picture_and_the_recording_go_on(
    clip: Clip, clip_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = RuntimeError("CUDA error: an illegal memory access was encountered")
    fault = Fault(monkeypatch, LiteNetwork, "decode", lost)
    recorded: list[int] = []

    def script(driver: Driver) -> Steps:
        yield from track_and_record(driver, clip)
        fault.is_on = True
        yield says(driver, "stopped working")
        assert len(driver.heard(StageFailed)) == 1, "said once"
        yield goes_on(driver)
        driver.key(Qt.Key.Key_R)
        yield lambda: driver.heard(RecordingStopped)
        (stopped,) = driver.heard(RecordingStopped)
        assert stopped.error is None
        recorded.append(stopped.frames)

    journey(clip_file, tmp_path, script)
    (video,) = tmp_path.glob("*.mkv")
    assert pictures(video) == recorded[0] >= 10


def test_a_full_card_is_said_and_tracking_goes_on(
    clip: Clip, clip_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, full = Runtime.run, [False]

    def run(runtime: Runtime, name: str, function: Any, *inputs: Any) -> Any:
        if full[0] and name == "encode" and min(inputs[0].shape[-2:]) > 150:
            raise torch.cuda.OutOfMemoryError("CUDA out of memory. Tried to allocate 20 MiB.")
        return real(runtime, name, function, *inputs)

    monkeypatch.setattr(Runtime, "run", run)

    def script(driver: Driver) -> Steps:
        yield from track_and_record(driver, clip)
        full[0] = True
        yield says(driver, "memory")
        yield goes_on(driver)
        yield driver.tracked(1)
        assert not driver.heard(StageFailed)

    journey(clip_file, tmp_path, script)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (av.error.ExternalError(0, "the encoder gave up", "out.mkv"), "cannot be written"),
        (OSError(28, "No space left on device"), "disk is full"),
        (ZeroDivisionError("a bug"), "a bug"),
    ],
)
def test_in_the_encoder_the_picture_and_tracking_go_on(
    clip: Clip,
    clip_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    words: str,
) -> None:
    fault = Fault(monkeypatch, PictureEncoder, "encode", error)

    def script(driver: Driver) -> Steps:
        yield from track_and_record(driver, clip)
        fault.is_on = True
        yield says(driver, "The recording ended early", words)
        assert not driver.window.parts.outputs.is_recording
        yield goes_on(driver)
        yield driver.tracked(1)
        fault.is_on = False
        driver.key(Qt.Key.Key_R)  # the next recording works
        yield lambda: driver.window.parts.outputs.is_recording
        yield goes_on(driver)

    journey(clip_file, tmp_path, script)
    videos = list(tmp_path.glob("*.mkv"))
    assert len(videos) == 2 and all(pictures(video) >= 4 for video in videos)


def test_a_window_closed_while_a_slow_disk_finishes_a_recording(
    clip: Clip, clip_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = VideoWriter.write

    def slowly(*args: Any) -> bool:
        time.sleep(0.1)
        return write(*args)

    monkeypatch.setattr(VideoWriter, "write", slowly)
    seen: list[int] = []

    def script(driver: Driver) -> Steps:
        yield from track_and_record(driver, clip)
        before = driver.shown.frame.index  # type: ignore[union-attr]
        yield goes_on(driver, 15)
        assert not driver.heard(RecordingStopped)
        seen.append(driver.shown.frame.index - before)  # type: ignore[union-attr]
        driver.key(Qt.Key.Key_R)
        driver.window.close()
        assert driver.window.isVisible(), "it waits, and says for what"
        assert driver.window.parts.canvas.curtain.label.text() == "Finishing the recording…"

    journey(clip_file, tmp_path, script)
    (video,) = tmp_path.glob("*.mkv")
    assert pictures(video) >= seen[0]
