"""``swem-live bench --trace``: a timeline of the live pipeline, and where the time goes."""

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from app.cli import demo
from app.cli.arguments import engine_choice
from app.cli.bench.command import offscreen
from app.cli.bench.trace_picture import draw
from app.cli.live_clip import live_session, real_objects
from app.pipeline.loading import EngineChoice
from app.pipeline.recording.plan import RecordingPlan
from app.pipeline.session import SessionOptions
from app.pipeline.sources.file import FileSource
from app.pipeline.trace import Span, Tracer
from swem_core.errors import SwemError
from swem_core.resources import asset

_CAPACITY = 100_000
_SETTLE_S = 4.0
_SHOWN_MS = 150.0


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0 once the files are written."""
    console = Console(highlight=False)
    for path in (arguments.trace, arguments.picture):
        if path is not None and not path.parent.is_dir():
            raise SwemError(f"There is no folder {path.parent} to write the timeline to.")
    tracer = record(engine_choice(arguments), arguments.live_objects, arguments.seconds)
    spans = tracer.spans()
    try:
        tracer.save(arguments.trace)
        if arguments.picture is not None:
            draw(_stretch(spans), arguments.picture)
    except OSError as error:
        raise SwemError(f"The timeline cannot be written: {error}") from error
    console.print(_table(spans))
    console.print(f"Wrote {arguments.trace}; open it at ui.perfetto.dev or chrome://tracing")
    return 0


def record(choice: EngineChoice, objects: int, seconds: float) -> Tracer:
    """What all threads did in ``seconds`` of tracking and recording the clip at its own speed.

    As a file, not as a camera: reading a frame is then decoding alone, without waiting for it. In
    the window, painting offscreen, where Qt is installed.
    """
    tracer = Tracer(_CAPACITY)
    with tempfile.TemporaryDirectory() as folder:
        plan = RecordingPlan(Path(folder) / "out.mkv")
        try:
            import PySide6.QtWidgets  # noqa: F401 - is it there?
        except ImportError:
            _record_headless(choice, objects, seconds, tracer, plan)
            return tracer
        from app.cli.bench.trace_window import trace_window

        options = SessionOptions(trace=tracer, initial=real_objects(objects))
        script = (
            (_SETTLE_S, lambda session: session.start_recording(plan)),
            (_SETTLE_S + seconds, lambda session: session.stop_recording()),
        )
        with offscreen():
            trace_window(choice, options, tracer, script)
    return tracer


def _record_headless(
    choice: EngineChoice, objects: int, seconds: float, tracer: Tracer, plan: RecordingPlan
) -> None:
    clip = FileSource(asset(demo.CLIP), loop=True)
    with live_session(choice, objects, SessionOptions(trace=tracer), clip) as session:
        time.sleep(_SETTLE_S)
        session.start_recording(plan)
        time.sleep(seconds)
        session.stop_recording()


def _stretch(spans: Sequence[Span]) -> list[Span]:
    """A piece from the middle of the recording, beginning with a step."""
    encoded = [span for span in spans if span.name == "encode video"]
    middle = encoded[len(encoded) // 2].begin_ns if encoded else spans[len(spans) // 2].begin_ns
    steps = (s.begin_ns for s in spans if s.name == "segment" and s.begin_ns >= middle)
    begin = next(steps, middle)
    end = begin + int(1e6 * _SHOWN_MS)
    return [span for span in spans if span.end_ns > begin and span.begin_ns < end]


def _table(spans: Sequence[Span]) -> Table:
    """Milliseconds per span and how much of its thread's time it takes."""
    spent: dict[tuple[str, str], list[float]] = defaultdict(list)
    for span in spans:
        spent[span.thread, span.name].append((span.end_ns - span.begin_ns) / 1e6)
    table = Table(title="Where the time goes")
    for column in ("thread", "work", "times", "ms", "busy"):
        table.add_column(column, justify="left" if column in ("thread", "work") else "right")
    threads = list(dict.fromkeys(span.thread for span in spans))
    for (thread, name), values in sorted(spent.items(), key=lambda one: threads.index(one[0][0])):
        mine = [span for span in spans if span.thread == thread]
        whole_ms = (max(s.end_ns for s in mine) - mine[0].begin_ns) / 1e6
        mean = f"{sum(values) / len(values):.1f}"
        share = f"{100 * sum(values) / max(whole_ms, 1e-6):.0f} %"
        table.add_row(thread, name, str(len(values)), mean, share)
    return table
