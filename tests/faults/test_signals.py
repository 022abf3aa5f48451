"""The program is asked to end, or killed, in the middle of a recording."""

import os
import signal
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import av
import clips
import numpy as np
import pytest
from cat_clip import WHITE, Clip
from driver import Condition, Driver, run_main
from platformdirs import user_state_path
from PySide6.QtCore import Qt

from app.__main__ import main
from app.pipeline.events import EngineReady
from app.pipeline.saved_session import load_session
from swem_core.data.masks import write_mask

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
RATE = 25


def long_clip(path: Path) -> Path:
    """Two minutes in which nothing happens."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mjpeg", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuvj420p"
        for i in range(3000):
            picture = av.VideoFrame.from_ndarray(clips.picture(100), format="bgr24")
            picture.pts = i
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    return path


def recording(folder: Path) -> "subprocess.Popen[str]":
    """``swem-live run`` on a long clip, so far that it told of some frames."""
    clip = long_clip(folder / "long.mkv")
    mask = np.zeros((48, 64), np.uint8)
    mask[10:30, 10:40] = 1
    write_mask(folder / "mask.png", mask)
    command = [sys.executable, "-m", "app", "run", str(clip), "--mask", str(folder / "mask.png")]
    command += ["-o", str(folder / "out.mkv"), "--coco", str(folder / "out.json")]
    command += ["--size", "64", "--device", "cpu"]
    return subprocess.Popen(
        command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def frames_told(program: "subprocess.Popen[str]") -> int:
    """What the run says some seconds after its start, and two of the clip's at least."""
    assert program.stdout is not None
    told = [0]
    for line in program.stdout:
        if " frames, " in line and "Segmenting" not in line:
            told.append(int(line.split()[0]))
        if len(told) >= 3 and told[-1] > 2 * RATE:
            return told[-1]
    raise AssertionError("the run ended by itself")


def pictures(path: Path) -> int:
    with av.open(str(path)) as container:
        return sum(1 for _ in container.decode(video=0))


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_run_that_is_asked_to_end_completes_its_files(tmp_path: Path, name: str) -> None:
    number = getattr(signal, name, None)
    if number is None or os.name == "nt":
        pytest.skip(f"no {name} here")
    with recording(tmp_path) as program:
        told = frames_told(program)
        program.send_signal(number)
        assert program.stdout is not None
        rest = program.stdout.read()
    assert program.returncode == 0, rest
    assert "is being completed" in rest
    assert f"Wrote {tmp_path / 'out.mkv'}" in rest
    assert pictures(tmp_path / "out.mkv") >= told
    assert (tmp_path / "out.json").is_file()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_what_a_killed_run_had_written_can_be_used(tmp_path: Path) -> None:
    with recording(tmp_path) as program:
        told = frames_told(program)
        program.kill()
    assert pictures(tmp_path / "out.mkv") >= told - RATE, "up to the last second"
    assert main(["repair", str(tmp_path / "out.jsonl")]) == 0
    assert (tmp_path / "out.json").is_file()


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_window_that_is_asked_to_end_completes_the_recording(
    clip: Clip, clip_file: Path, tmp_path: Path, name: str
) -> None:
    def script(driver: Driver) -> Generator[Condition, None, None]:
        yield lambda: driver.shown is not None and driver.heard(EngineReady)
        driver.click(clip.inside(WHITE))
        yield driver.drafted(1)
        driver.key(Qt.Key.Key_R)
        yield lambda: driver.window.parts.outputs.is_recording
        driver.key(Qt.Key.Key_Return)
        yield driver.tracked(1)
        yield lambda: driver.shown.frame.index > 3  # type: ignore[union-attr]
        os.kill(os.getpid(), getattr(signal, name))

    output = tmp_path / "videos"
    assert run_main(["--source", str(clip_file), "--loop", "--output", str(output)], script) == 0
    (video,) = output.glob("*.mkv")
    assert pictures(video) >= 3


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_killed_window_leaves_its_recording_and_goes_on_at_the_next_start(
    clip: Clip, clip_file: Path, tmp_path: Path
) -> None:
    kept = user_state_path("swem-live", appauthor=False) / "running.swemlive"
    script = str(Path(__file__).with_name("being_killed.py"))
    output = tmp_path / "videos"
    with subprocess.Popen(
        [sys.executable, script, str(clip_file), str(output)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        text=True,
        stdout=subprocess.PIPE,
    ) as program:
        assert program.stdout is not None
        told = next(
            (int(line) for line in program.stdout if int(line) > 2 * RATE and kept.exists()), 0
        )
        program.kill()
    assert told, "it ended by itself"
    (video,) = output.glob("*.mkv")
    assert pictures(video) >= told - RATE, "up to the last second"
    assert load_session(kept).source == str(clip_file)

    def next_start(driver: Driver) -> Generator[Condition, None, None]:
        messages = driver.window.parts.canvas.messages
        yield lambda: messages.banners
        assert "was not closed" in messages.banners[-1].text
        messages.banners[-1].action_button.click()
        yield driver.tracked(2)
        assert driver.shown.result.ids == (1, 2)  # type: ignore[union-attr]
        assert driver.window.parts.looks.of(2).name == "Ginger"

    assert run_main(["--source", str(clip_file), "--output", str(output)], next_start) == 0
    assert not kept.exists()
