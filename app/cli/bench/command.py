"""``swem-live bench``: how fast this machine is, by the program's own measure."""

import argparse
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import cycle

import numpy as np
from rich.console import Console
from rich.table import Table

from app.cli import demo
from app.cli.arguments import engine_choice
from app.cli.bench.options import chosen_mode
from app.cli.peak_memory import peak_mib
from app.cli.results import write_json
from app.pipeline.events import Event, StageFailed
from app.pipeline.initial_marks import InitialMarks, marks_from_prompts
from app.pipeline.loading import EngineChoice, Loaded
from app.pipeline.session import Session, SessionOptions
from app.pipeline.sources.file import FileSource
from app.pipeline.stats import StageMeter, Stats
from app.prompts_file import PromptsFile, load_prompts
from swem_core.errors import SwemError
from swem_core.resources import asset
from swem_core.types import Image, Mask

OBJECT_COUNTS = (1, 3, 5)
_CLIP_FRAMES = 60
_SETTLE_S = 3.0


@dataclass(frozen=True, slots=True)
class StepRow:
    """``Engine.step`` on its own: median frames per second, and milliseconds per stage."""

    objects: int
    fps: float
    stage_ms: dict[str, float]


@dataclass(frozen=True, slots=True)
class PipelineRow:
    """A whole pipeline on the unpaced 720p clip: frames per second, milliseconds per stage."""

    name: str
    fps: float
    stage_ms: dict[str, float]


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0 once everything is measured."""
    other = chosen_mode(arguments)
    if other is not None:
        return other(arguments)
    choice, console = engine_choice(arguments), Console(highlight=False)
    with ThreadPoolExecutor(1) as own_thread:
        # OpenMP keeps workers for every thread that ever used it, and then waits less eagerly in
        # all of them: measured here, the pipelines below would be a third slower than they are.
        steps = own_thread.submit(_bench_steps, choice, arguments.seconds, console).result()
    console.print(_step_table(steps))
    pipelines = list(_bench_pipelines(choice, arguments.seconds))
    console.print(_pipeline_table(pipelines, steps[0].fps))
    console.print(f"Peak memory of this process: {peak_mib():.0f} MiB")
    if arguments.json is not None:
        rows = {"steps": [asdict(r) for r in steps], "pipelines": [asdict(r) for r in pipelines]}
        write_json(arguments.json, rows)
    return 0


def _bench_steps(choice: EngineChoice, seconds: float, console: Console) -> list[StepRow]:
    loaded = choice.load()
    console.print(f"{loaded.model} on {loaded.device}, shorter side {choice.short_side} px")
    frames = clip_frames(_CLIP_FRAMES)
    return [_bench_step(loaded, frames, count, seconds) for count in OBJECT_COUNTS]


def clip_frames(count: int) -> list[Image]:
    """The first pictures of the clip that ships."""
    source = FileSource(asset(demo.CLIP))
    source.open()
    try:
        frames = [source.read() for _ in range(count)]
    finally:
        source.close()
    return [frame.image for frame in frames if frame is not None]


def _bench_step(loaded: Loaded, frames: list[Image], objects: int, seconds: float) -> StepRow:
    """Every frame memorised, as live. Objects are strips: time does not depend on their shape."""
    engine = loaded.engine
    engine.reset()
    engine.step(frames[0], anchors=_strips(frames[0], objects))
    durations: list[float] = []
    stages = StageMeter()
    end = time.perf_counter() + seconds
    for image in cycle(frames):
        begin = time.perf_counter()
        stages.add(engine.step(image).timings_ms)
        durations.append(time.perf_counter() - begin)
        if time.perf_counter() > end:
            break
    return StepRow(objects, 1 / float(np.median(durations)), dict(stages.means()))


def _strips(image: Image, count: int) -> dict[int, Mask]:
    height, width = image.shape[:2]
    masks = {}
    for number in range(count):
        mask = np.zeros((height, width), np.bool_)
        left = number * width // count
        mask[height // 4 : 3 * height // 4, left : left + width // (2 * count)] = True
        masks[number + 1] = mask
    return masks


def _bench_pipelines(choice: EngineChoice, seconds: float) -> Iterator[PipelineRow]:
    prompts = load_prompts(asset(demo.PROMPTS))
    one = marks_from_prompts(PromptsFile(prompts.size, prompts.objects[:1]))
    with _headless(choice, one) as session:
        time.sleep(_SETTLE_S + seconds)
        yield _row("three threads, no window", session.stats())
    try:
        import PySide6.QtWidgets  # noqa: F401 - is it there?
    except ImportError:
        return
    with offscreen():
        from app.cli.bench.window import measure_window

        stats = measure_window(choice, one, _SETTLE_S, seconds)
    yield _row("the window", stats)


@contextmanager
def _headless(choice: EngineChoice, marks: InitialMarks) -> Iterator[Session]:
    failures: list[str] = []

    def listen(event: Event) -> None:
        if isinstance(event, StageFailed):
            failures.append(event.text)

    session = Session(
        FileSource(asset(demo.CLIP), loop=True),
        choice.load,
        listen,
        options=SessionOptions(paced=False, initial=marks),
    )
    session.start()
    try:
        yield session
    finally:
        session.stop()
    if failures:
        raise SwemError(failures[0])


def _row(name: str, stats: Stats) -> PipelineRow:
    return PipelineRow(name, stats.engine_fps, dict(stats.stage_ms))


@contextmanager
def offscreen() -> Iterator[None]:
    """Let Qt run without a display; the environment is restored afterwards."""
    before = os.environ.get("QT_QPA_PLATFORM")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("QT_QPA_PLATFORM")
        else:
            os.environ["QT_QPA_PLATFORM"] = before


def _step_table(rows: list[StepRow]) -> Table:
    table = Table(title="Engine.step, 720p frames, every frame memorised")
    table.add_column("")
    for row in rows:
        table.add_column(f"{row.objects} object{'s' if row.objects > 1 else ''}", justify="right")
    table.add_row("frames/s", *(f"{row.fps:.1f}" for row in rows))
    table.add_section()
    for stage in rows[0].stage_ms:
        table.add_row(f"{stage}, ms", *(f"{row.stage_ms[stage]:.1f}" for row in rows))
    return table


def _pipeline_table(rows: list[PipelineRow], step_fps: float) -> Table:
    table = Table(title="Whole pipeline, 720p H.264 file as fast as it goes, 1 object")
    for column in ("pipeline", "frames/s", "of Engine.step", "compose ms"):
        table.add_column(column, justify="left" if column == "pipeline" else "right")
    for row in rows:
        share = f"{100 * row.fps / step_fps:.0f} %"
        table.add_row(row.name, f"{row.fps:.1f}", share, f"{row.stage_ms.get('compose', 0):.1f}")
    return table
