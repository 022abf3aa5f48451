"""Damaged and forged files, and passwords that must not be in any."""

import pickle
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from app.cli import demo
from app.cli.drills.bomb import enormous_png
from app.cli.drills.child import program
from app.cli.drills.clips import copied
from app.cli.drills.damage import mutated
from app.cli.drills.drill import must
from app.pipeline.backdrop_file import load_backdrop
from app.pipeline.saved_session import load_session
from app.prompts_file import load_prompts
from swem_core.errors import SwemError
from swem_core.model.weights import load_network
from swem_core.resources import asset

_CONTAINERS: Final = ("mp4", "mkv", "mov", "flv", "ts")
_EACH: Final = 12
_PICTURES: Final = 24
_SECRET: Final = "hunter2hunter2"
_PATIENCE_S: Final = 300


def damaged_videos(folder: Path) -> str:
    """Copies of the clip with bytes changed, cut off, repeated, in every container."""
    for kind in _CONTAINERS:
        whole = copied(folder / f"clip.{kind}", most=_PICTURES).read_bytes()
        for number in range(_EACH):
            chance = random.Random(f"{kind} {number}")
            (folder / f"{number:02d}.{kind}").write_bytes(mutated(whole, chance))
        (folder / f"clip.{kind}").unlink()
    command = [sys.executable, "-m", "app.cli.drills.play", str(folder)]
    done = subprocess.run(
        command, capture_output=True, text=True, errors="replace", timeout=_PATIENCE_S
    )
    lines = done.stdout.splitlines()
    must(lines[-1:] == ["done"], f"it ended at {lines[-2:]} with {done.returncode}")
    refused = sum("refused" in line for line in lines)
    count = _EACH * len(_CONTAINERS)
    return f"{count - refused} of {count} played as far as they go, {refused} refused, no crash"


class _Burglar:
    """Unpickled, it would make a folder."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> Any:  # noqa: ANN401 - pickle's
        return Path.mkdir, (self.mark,)


def forged_files(folder: Path) -> str:
    """A picture of 3600 megapixels, weights that hold a program, a session, nonsense for marks."""
    mark = folder / "been here"
    forged: dict[str, tuple[bytes, Callable[[Path], object]]] = {
        "bomb.png": (enormous_png(60_000, 60_000), load_backdrop),
        "weights.pth": (
            pickle.dumps(_Burglar(mark), protocol=2),
            lambda path: load_network("lite", path),
        ),
        "old.swemlive": (b"\xff" * 64, load_session),
        "marks.json": (b"[" * 100_000, load_prompts),
    }
    for name, (content, read) in forged.items():
        path = folder / name
        path.write_bytes(content)
        try:
            read(path)
        except SwemError as error:
            must(name in str(error), f"{name} is not named in: {error}")
        else:
            must(False, f"{name} was taken")
    must(not mark.exists(), "a program in weights.pth was run")
    return f"{len(forged)} of {len(forged)} refused with a reason, nothing executed"


def passwords(folder: Path) -> str:
    """A stream's address with a password, of which every file and every line is looked through."""
    address = f"rtsp://user:{_SECRET}@127.0.0.1:1/live?token={_SECRET}"
    arguments = ["run", address, "--prompts", str(asset(demo.PROMPTS))]
    running = program(folder, [*arguments, "-o", str(folder / "out.mkv")])
    said, _ = running.communicate(timeout=_PATIENCE_S)
    files = [path for path in folder.rglob("*") if path.is_file()]
    must("127.0.0.1" in said, f"the stream is not named in: {said}")
    must(_SECRET not in said, "the password was printed")
    for path in files:
        must(_SECRET.encode() not in path.read_bytes(), f"the password is in {path.name}")
    return f"neither printed nor in any of {len(files)} files"
