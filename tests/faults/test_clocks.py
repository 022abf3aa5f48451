"""The real program while its system clock jumps, and while it is put to sleep."""

import ast
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import av
import pytest
from bad_network import BadNetwork, tcp_sender
from cat_clip import RATE, Clip, repeated

from swem_core.data.masks import write_mask

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="needs SIGSTOP"),
]
ROOT = Path(__file__).parents[2]
# A day ahead or back, each time somebody looks.
JUMPING = """
import random, time
chance, now, now_ns = random.Random(1), time.time, time.time_ns
time.time = lambda: now() + 86_400 * chance.randint(-9, 9)
time.time_ns = lambda: now_ns() + 86_400 * 10**9 * chance.randint(-9, 9)
"""
SLEPT_S = 4.0
TIMES = 100
READS_WALL_CLOCK = {"app/ui/state/outputs.py", "app/pipeline/outlets/message.py"}
"""For the names of files, and for other programs, which are told both clocks."""


@pytest.fixture(scope="module")
def camera(clip: Clip, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the cats, over and over."""
    folder = tmp_path_factory.mktemp("cats")
    clip = clip.to_and_fro()
    data = repeated(clip.write(folder / "once.mp4"), folder / "cats.ts", TIMES).read_bytes()
    with tcp_sender(BadNetwork(data, TIMES * len(clip.frames) / RATE)) as url:
        yield url


@contextmanager
def recording(
    url: str, clip: Clip, folder: Path, *, before: str = ""
) -> Iterator["subprocess.Popen[str]"]:
    """``swem-live run`` on a stream; killed at last. ``before``: Python to run first."""
    write_mask(folder / "first.png", clip.labels[0])
    code = f"{before}\nfrom app.__main__ import entry\nentry()"
    command = [sys.executable, "-c", code, "run", url, "--size", "64", "--device", "cpu"]
    command += ["--mask", str(folder / "first.png"), "-o", str(folder / "out.mkv")]
    program = subprocess.Popen(
        command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    with program:
        yield program
        program.kill()


def hears_of_frames(program: "subprocess.Popen[str]", lines: int) -> None:
    """It told so often how many frames it has, every two seconds, and they became more."""
    assert program.stdout is not None
    told: list[int] = []
    said: list[str] = []
    for line in program.stdout:
        said.append(line)
        if " frames, " in line and "Segmenting" not in line:
            told.append(int(line.split()[0]))
        if len(told) >= lines and told[-1] > told[0]:
            return
    raise AssertionError(f"it ended by itself: {said[-3:]}")


def ended(program: "subprocess.Popen[str]") -> str:
    """Asked to end, it does; what it still said."""
    program.send_signal(signal.SIGINT)
    assert program.stdout is not None
    rest = program.stdout.read()
    assert program.wait(60) == 0, rest
    return rest


def steps_between_pictures(path: Path) -> list[float]:
    with av.open(str(path)) as container:
        times = [picture.time for picture in container.decode(video=0)]
    return [later - earlier for earlier, later in pairwise(times)]


def test_a_program_that_slept_goes_on(camera: str, clip: Clip, tmp_path: Path) -> None:
    with recording(camera, clip, tmp_path) as program:
        hears_of_frames(program, 2)
        program.send_signal(signal.SIGSTOP)
        time.sleep(SLEPT_S)
        program.send_signal(signal.SIGCONT)
        hears_of_frames(program, 3)
        ended(program)
    steps = steps_between_pictures(tmp_path / "out.mkv")
    assert min(steps) > 0
    assert max(steps) > SLEPT_S - 1, "the recording tells how long it was away"
    after = steps[steps.index(max(steps)) + 1 :]
    assert len(after) > RATE and max(after) < SLEPT_S - 1, "and went on"


def test_a_system_clock_that_jumps_is_of_no_consequence(
    camera: str, clip: Clip, tmp_path: Path
) -> None:
    with recording(camera, clip, tmp_path, before=JUMPING) as program:
        hears_of_frames(program, 3)
        ended(program)
    steps = steps_between_pictures(tmp_path / "out.mkv")
    assert min(steps) > 0 and max(steps) < SLEPT_S - 1


def test_nothing_that_measures_time_reads_the_system_clock() -> None:
    reads = set()
    for package in ("app", "swem_core"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Attribute) and ast.unparse(node) in (
                    *("time.time", "time.time_ns", "datetime.now", "datetime.utcnow"),
                    *("datetime.today", "time.localtime", "time.gmtime"),
                ):
                    reads.add(path.relative_to(ROOT).as_posix())
    assert reads == READS_WALL_CLOCK
