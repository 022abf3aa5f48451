"""``swem-live run --list``: many videos, each in a process of its own, to be gone on with."""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from app.errors import SettingsError
from swem_core.engine.device import usable_cores

_MARKS = ("mask", "prompts")
_OUTPUTS = ("output", "masks", "coco", "soft-masks")
_ENGINE = ("model", "weights", "device", "size", "precision")


@dataclass(frozen=True, slots=True)
class Video:
    """One line of the list; ``options`` by their names on the command line."""

    source: str
    options: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        """Equal for equal lines, however they were written."""
        return json.dumps([self.source, sorted(self.options)])

    def arguments(self) -> list[str]:
        """Of ``swem-live``, for this one."""
        return ["run", self.source, *(f"--{name}={value}" for name, value in self.options)]


def run(arguments: argparse.Namespace) -> int:
    """Exit code: 0 if all videos are done, 1 if some failed, 130 if interrupted.

    What is done is noted in files beside the list, one per part, so that a second call, or another
    host, does only the rest. A video that was cut off is done again. Raises SettingsError.
    """
    part, parts = arguments.part or (1, 1)
    videos = read_list(arguments.list)
    done = set(_done(arguments.list))
    todo = [video for video in videos[part - 1 :: parts] if video.key not in done]
    console = Console(highlight=False)
    console.print(f"{len(videos)} videos in the list, {len(todo)} to do here.")
    record = arguments.list.with_name(f"{arguments.list.stem}.done-{part}-of-{parts}.jsonl")
    failed = 0
    with ThreadPoolExecutor(arguments.jobs) as pool:
        running = {pool.submit(_segment, video, arguments): video for video in todo}
        try:
            for number, future in enumerate(as_completed(running), start=1):
                code, seconds, message = future.result()
                video = running[future]
                _note(record, video, code, seconds, message)
                failed += code != 0
                console.print(
                    f"{number}/{len(todo)} {video.source}: "
                    + (f"{seconds:.1f} s" if code == 0 else f"failed. {message}"),
                    markup=False,
                    soft_wrap=True,
                )
        except KeyboardInterrupt:
            pool.shutdown(cancel_futures=True)
            console.print("Interrupted; the same command goes on with what is left.")
            return 130
    return 1 if failed else 0


def read_list(path: Path) -> list[Video]:
    """One JSON object a line. Raises SettingsError with the line's number."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise SettingsError(f"The list {path} cannot be read ({error}).") from error
    videos = [_video(line, f"{path}, line {n}") for n, line in enumerate(lines, 1) if line.strip()]
    if not videos:
        raise SettingsError(f"The list {path} names no videos.")
    return videos


def _video(line: str, where: str) -> Video:
    try:
        entry = json.loads(line)
    except ValueError as error:
        raise SettingsError(f"{where}: no JSON ({error}).") from error
    known = {"source", *_MARKS, *_OUTPUTS}
    if not isinstance(entry, dict) or not all(isinstance(v, str) for v in entry.values()):
        raise SettingsError(f'{where}: must be as {{"source": "a.mp4", "mask": "a.png", ...}}.')
    if unknown := sorted(set(entry) - known):
        raise SettingsError(f"{where}: '{unknown[0]}' is none of {', '.join(sorted(known))}.")
    if (
        "source" not in entry
        or len(set(entry) & set(_MARKS)) != 1
        or not set(entry) & set(_OUTPUTS)
    ):
        raise SettingsError(f"{where}: needs a source, a mask or prompts, and an output or masks.")
    source = entry.pop("source")
    return Video(source, tuple(entry.items()))


def _done(path: Path) -> Iterator[str]:
    """Keys of all videos that any part has finished; a line that was cut off counts for nothing."""
    for record in path.parent.glob(f"{path.stem}.done-*.jsonl"):
        for line in record.read_text("utf-8").splitlines():
            try:
                entry = json.loads(line)
                if entry["exit"] == 0:
                    yield entry["key"]
            except (ValueError, KeyError, TypeError):
                continue


def _segment(video: Video, arguments: argparse.Namespace) -> tuple[int, float, str]:
    """Exit code, seconds, and the last thing it said if it failed."""
    engine = [(name, getattr(arguments, name)) for name in _ENGINE]
    given = [f"--{name}={value}" for name, value in engine if value is not None]
    threads = max(1, usable_cores() // arguments.jobs)
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "app", *video.arguments(), *given],
        capture_output=True,
        text=True,
        env={"OMP_NUM_THREADS": str(threads), **os.environ},
        check=False,
    )
    said = done.stderr.strip().splitlines()
    message = said[-1] if said and done.returncode else ""
    return done.returncode, time.monotonic() - start, message


def _note(record: Path, video: Video, code: int, seconds: float, message: str) -> None:
    line = {
        "key": video.key,
        "source": video.source,
        "exit": code,
        "seconds": round(seconds, 2),
        "message": message,
    }
    with record.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
