"""Running a session without a window: progress on the terminal, files on the disk."""

import queue
import time
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from app.cli.run.convert import convert_all
from app.pipeline.events import (
    EngineReady,
    Event,
    Notice,
    RecordingStopped,
    SnapshotSaved,
    SourceEnded,
    SourceLost,
    SourceOpened,
    StageFailed,
)
from app.pipeline.initial_marks import InitialMarks
from app.pipeline.loading import EngineLoader
from app.pipeline.outlets.zeromq import PublishPlan
from app.pipeline.recording.formats import Conversion
from app.pipeline.recording.plan import RecordingPlan
from app.pipeline.session import Session, SessionOptions
from app.pipeline.sources.base import Source
from app.pipeline.style import ViewStyle
from app.termination import handle_termination

_REFRESH_S = 0.2
_LINE_EVERY_S = 2.0
_FINALISE_S = 60.0  # a slow disk may take its time; a recording is worth waiting for


@dataclass(frozen=True, slots=True)
class Job:
    """One headless run. ``snapshot``: path and frame index of a picture to keep, if any.

    ``plan``: what to write, if anything. ``target_fps``: masks per second for the governor to keep;
    None: every frame in full. ``publish``: where to send results.
    """

    source: Source
    load: EngineLoader
    marks: InitialMarks
    plan: RecordingPlan | None
    style: ViewStyle
    snapshot: tuple[Path, int] | None = None
    target_fps: float | None = None
    publish: PublishPlan | None = None


@dataclass(slots=True)
class Outcome:
    """What came of it. ``frames`` segmented in ``seconds``; ``errors`` are for the person.

    ``recording_failed``: nothing more is written.
    """

    frames: int = 0
    seconds: float = 0.0
    written: list[Path] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    conversions: list[Conversion] = field(default_factory=list)
    recording_failed: bool = False


def run_job(job: Job, console: Console) -> Outcome:
    """Run to the source's end, or until asked to end (Ctrl-C, SIGTERM): what was segmented
    until then is completed."""
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    options = SessionOptions(
        paced=False,
        initial=job.marks,
        close_at_end=True,
        lossless_recording=True,
        target_fps=job.target_fps,
        publish=job.publish,
    )
    session = Session(job.source, job.load, events.put, style=job.style, options=options)
    if job.plan is not None:
        session.start_recording(job.plan)
    if job.snapshot is not None:
        session.snapshot(*job.snapshot)
    outcome = Outcome()
    start = time.monotonic()
    with _Display(console) as display, handle_termination():
        session.start()
        try:
            while not session.wait(_REFRESH_S):
                _take_in(events, outcome, display)
                stats = session.stats()
                display.show(stats.recorded_frames, stats.engine_fps)
                if _is_in_vain(job, outcome):
                    break
        except KeyboardInterrupt:
            console.print("Stopping: what is recorded so far is being completed.")
        outcome.seconds = time.monotonic() - start
        late = session.stop(_FINALISE_S)
    _take_in(events, outcome, display)
    if outcome.conversions:
        made, errors = convert_all(outcome.conversions, console)
        replaced = {done.source for done in outcome.conversions if str(done.target) in made}
        outcome.written = [path for path in outcome.written if path not in replaced]
        outcome.written += map(Path, made)
        outcome.errors += errors
    outcome.errors += [f"The {name} thread did not end in time." for name in late]
    return outcome


def _is_in_vain(job: Job, outcome: Outcome) -> bool:
    """Nobody would have anything of going on."""
    if job.plan is None:
        return bool(outcome.errors)
    return outcome.recording_failed and job.publish is None


def _take_in(events: "queue.SimpleQueue[Event]", outcome: Outcome, display: "_Display") -> None:
    while not events.empty():
        match events.get():
            case SourceOpened(info):
                display.begin(info.name, info.frame_count)
            case EngineReady(model, device):
                display.say(f"Network {model} on {device}.")
            case Notice(_, text) | SourceLost(text, _):
                display.say(text)
            case StageFailed(_, text):
                outcome.errors.append(text)
            case SnapshotSaved(_, files):
                outcome.written += files
            case SourceEnded(frames):
                outcome.frames = frames
            case RecordingStopped() as stopped:
                outcome.frames = stopped.frames
                outcome.written += stopped.files
                if stopped.conversion is not None:
                    outcome.conversions.append(stopped.conversion)
                if stopped.error is not None:
                    outcome.errors.append(stopped.error)
                    outcome.recording_failed = True


class _Display:
    """A progress bar on a terminal, a line now and then elsewhere."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._total: int | None = None
        self._next_line = 0.0
        self._task: TaskID | None = None
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[fps]:.1f} frames/s"),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
        )

    def __enter__(self) -> "_Display":
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def begin(self, name: str, total: int | None) -> None:
        """The source is open."""
        self._total = total
        self._task = self._bar.add_task(name, total=total, fps=0.0)
        if not self._console.is_terminal:
            self.say(f"Segmenting {name}" + (f", {total} frames." if total else "."))

    def show(self, frames: int, fps: float) -> None:
        """How far it is."""
        if self._task is not None:
            self._bar.update(self._task, completed=frames, fps=fps)
        now = time.monotonic()
        if not self._console.is_terminal and frames and now >= self._next_line:
            self._next_line = now + _LINE_EVERY_S
            of = f" of {self._total}" if self._total else ""
            self.say(f"{frames}{of} frames, {fps:.1f} frames/s")

    def say(self, text: str) -> None:
        """A line above the bar."""
        self._console.print(text, markup=False, highlight=False, soft_wrap=True)
