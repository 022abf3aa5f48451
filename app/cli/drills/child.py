"""Starts ``swem-live run`` in a process that can be killed."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from app.cli import demo
from app.cli.drills.clips import copied
from app.cli.drills.drill import DrillFailedError
from swem_core.resources import asset

_HOMES = ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "APPDATA")
_TURNS = 20  # the clip so many times: whoever ends it by itself was too late
_LINES = 3  # of progress, one every two seconds, before something happens


@dataclass(frozen=True, slots=True)
class Recording:
    """A process that records into ``folder``. ``frames``: as many as it has reported."""

    program: "subprocess.Popen[str]"
    folder: Path
    frames: int

    @property
    def video(self) -> Path:
        """Its recording."""
        return self.folder / "out.mkv"

    @property
    def masks(self) -> list[Path]:
        """Its mask pictures so far."""
        return sorted((self.folder / "masks").glob("*.png"))

    @property
    def lines(self) -> Path:
        """Its COCO masks, one line per picture until they are completed."""
        return self.folder / "out.jsonl"

    def rest(self) -> str:
        """Wait for its end; the rest of its output."""
        said, _ = self.program.communicate(timeout=120)
        return said


def program(folder: Path, arguments: list[str], *, before: str = "") -> "subprocess.Popen[str]":
    """Start ``swem-live`` with a home in ``folder``. ``before``: Python to run first."""
    code = f"{before}\nfrom app.__main__ import entry\nentry()"
    homes = dict.fromkeys(_HOMES, str(folder / "home"))
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, **homes, "PYTHONPATH": os.pathsep.join(sys.path)},
        text=True,
        errors="replace",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def start_recording(folder: Path, *, before: str = "") -> "subprocess.Popen[str]":
    """Start recording video, mask pictures and COCO masks of the clip in a loop."""
    clip = copied(folder / "clip.mkv", times=_TURNS)
    arguments = ["run", str(clip), "--prompts", str(asset(demo.PROMPTS)), "--size", "96"]
    arguments += ["--device", "cpu", "-o", str(folder / "out.mkv")]
    arguments += ["--masks", str(folder / "masks"), "--coco", str(folder / "out.json")]
    return program(folder, arguments, before=before)


def recording(folder: Path) -> Recording:
    """Start recording and wait some seconds. Raises DrillFailedError if it ends by itself."""
    running = start_recording(folder)
    assert running.stdout is not None
    said: list[str] = []
    told: list[int] = []
    for line in running.stdout:
        said.append(line)
        if " frames, " in line and "Segmenting" not in line:
            told.append(int(line.split()[0]))
        if len(told) == _LINES:
            return Recording(running, folder, told[-1])
    raise DrillFailedError(f"It ended by itself: {''.join(said[-3:])}")
