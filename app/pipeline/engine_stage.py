"""The inference thread: owns the network, tracks every frame, and takes what a person marks."""

import logging
import queue
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from app.pipeline.channels import Channel
from app.pipeline.deferred_engine import DeferredEngine
from app.pipeline.editing import commands as cmd
from app.pipeline.editing.catch_up import MissedFrames
from app.pipeline.editing.editor import Editor
from app.pipeline.editing.landing import Landing
from app.pipeline.editing.tracked_objects import TrackedObjects
from app.pipeline.events import (
    CatchingUp,
    Level,
    Listener,
    Notice,
    StageFailed,
)
from app.pipeline.frames import Frame, Segmented
from app.pipeline.initial_marks import InitialMarks
from app.pipeline.loading import EngineLoader, Loaded
from app.pipeline.pacing import Pacing
from app.pipeline.stage import POLL_S, Stage, reason
from app.pipeline.stats import PaceStats, RateMeter, StageMeter
from swem_core.engine.result import StepResult
from swem_core.errors import SwemError

_log = logging.getLogger(__name__)

T = TypeVar("T")


class EngineStage(Stage):
    """``frames`` -> ``out``, with commands carried out between two frames.

    While the network is loading, and as long as nothing is tracked, frames pass through unchanged.
    ``live``: of the frames that come while one is frozen, some are kept and tracked later without
    being shown, so that the masks land on the present; a file's frames wait.
    ``initial``: what to track from the first frame on; frames wait for the network then.
    ``hold_first``: freeze the first frame for marking (files in a window). ``target_fps``: masks
    per second that the governor keeps; None: it is off. ``seek``: sends a file to
    another position and returns the number of that jump.
    """

    def __init__(
        self,
        frames: Channel[Frame],
        out: Channel[Segmented],
        load: EngineLoader,
        listener: Listener,
        *,
        live: bool,
        initial: InitialMarks | None = None,
        hold_first: bool = False,
        target_fps: float | None = None,
        seek: Callable[[float], int] | None = None,
    ) -> None:
        super().__init__("engine", listener)
        self._seek = seek
        self._landing = Landing()
        self._frames = frames
        self._out = out
        self._engine = DeferredEngine(load)
        self._live = live
        self._initial = initial
        self._hold_first = hold_first
        self._commands: queue.SimpleQueue[cmd.Command] = queue.SimpleQueue()
        self._paused = False
        self._objects = TrackedObjects(listener)
        self._editor = Editor(self._objects, self, listener, self._ready)
        self._missed = MissedFrames()
        self._pacing = Pacing(target_fps, live=live)
        self._newest: Segmented | None = None
        self.rate = RateMeter()
        self.stage_ms = StageMeter()
        self.last_result: StepResult | None = None

    @property
    def memory_bytes(self) -> int:
        """Size of what is carried from frame to frame. Thread: any."""
        return self._objects.memory_bytes

    @property
    def pace(self) -> PaceStats | None:
        """What the governor does; None while it is off. Thread: any."""
        return self._pacing.stats

    @property
    def newest(self) -> Segmented | None:
        """The frame shown last, drafts aside. Thread: this one."""
        return self._newest

    def post(self, command: cmd.Command) -> None:
        """Have ``command`` carried out soon. Thread: any; returns at once."""
        self._commands.put(command)

    def work(self) -> None:
        """See :class:`Stage`."""
        self._engine.start()
        while not self.stopping.is_set():
            self._announce_engine()
            self._carry_out_all(POLL_S if self._is_waiting else 0)
            if self._is_waiting:
                self._wait_meanwhile()
            else:
                self._take_frame()

    @property
    def _is_waiting(self) -> bool:
        return (self._editor.is_frozen or self._paused) and not self._landing.pending

    def finish(self) -> None:
        """See :class:`Stage`."""
        self._frames.close()
        self._out.close()
        self._editor.finish()

    def _announce_engine(self) -> None:
        if not self._engine.announce(self.name, self.tell):
            return
        if self._engine.loaded is not None:
            self._objects.attach(self._pacing.drive(self._engine.loaded.engine))
        elif self._engine.error is not None and self._initial is not None:
            raise self._engine.error  # without a network the picture is worth showing, but not then

    def _take_frame(self) -> None:
        if self._initial is not None and not self._engine.wait(POLL_S):
            return
        if self._missed:
            self._catch_up()
            return
        frame = self._frames.get(POLL_S)
        if frame is None:
            self._editor.show_anew()
        elif not self._landing.admits(frame):
            return
        elif self._initial is not None:
            self._start_tracking(frame, self._initial)
        elif not self._objects.ids:
            self.show(Segmented(frame))
            self._hold(frame)
            self._take_up()
        else:
            self._track(frame)
            self._take_up()
        if frame is not None and self._landing.end() and self._newest is not None:
            self._carry_out_safely(cmd.Freeze(self._newest))

    def _wait_meanwhile(self) -> None:
        """While a frame is frozen or a file paused: keep some of the frames of a camera."""
        self._editor.show_anew()
        if not self._live:
            return
        frame, loaded = self._frames.get(0), self._engine.loaded
        if frame is not None and loaded is not None and self._editor.is_frozen:
            self._missed.add(frame, loaded.engine.short_side)

    def _catch_up(self) -> None:
        """Track one of the frames that came while another was held. It is not shown: the picture
        goes from the held one straight to the present."""
        frame = self._missed.take()
        result = self._segment(frame)
        if result is not None:
            self._learn(frame, result)
        if not self._objects.ids:
            self._missed.clear()
        self.tell(CatchingUp(len(self._missed), self._missed.total))

    def _start_tracking(self, frame: Frame, initial: InitialMarks) -> None:
        loaded = self._ready()
        masks = initial(frame, loaded)
        self._initial = None
        result = self._editor.mark(frame, masks)
        self.show(Segmented(frame, result))
        self._account(result, {})

    def _hold(self, frame: Frame) -> None:
        if self._hold_first:
            self._hold_first = False
            self._carry_out_safely(cmd.Freeze(Segmented(frame)))

    def _take_up(self) -> None:
        """The first frame of a resumed session is held and marked as the last one was."""
        marks = self._editor.take_marks()
        if marks is not None and self._newest is not None:
            self._carry_out_safely(cmd.Freeze(self._newest))
            self._carry_out_safely(cmd.GiveMarks(marks))

    def _track(self, frame: Frame) -> None:
        """Show a frame's masks, then learn from it: the person need not wait for the memory."""
        result = self._segment(frame)
        self.show(Segmented(frame, result))
        if result is not None:
            self._learn(frame, result)

    def _segment(self, frame: Frame) -> StepResult | None:
        if not self._objects.ids:
            return None
        begin = time.perf_counter_ns()
        result = self._survive(frame, lambda: self._objects.segment(frame.image))
        self.trace.stages("segment", begin, result.timings_ms if result is not None else {})
        return result

    def _learn(self, frame: Frame, result: StepResult) -> None:
        begin = time.perf_counter_ns()
        learnt = self._survive(frame, self._objects.learn)
        if learnt:
            self.trace.stages("learn", begin, learnt)
        self._account(result, learnt or {})
        self._pacing.after_frame(frame, result, learnt or {})

    def _survive(self, frame: Frame, work: Callable[[], T]) -> T | None:
        """Do ``work``; if the network fails, tracking ends but the picture runs on."""
        try:
            return work()
        except Exception as error:
            _log.exception("Tracking failed on frame %d", frame.index)
            self.tell(StageFailed(self.name, reason(error)))
            self._objects.give_up()
            return None

    def _account(self, result: StepResult, learning_ms: Mapping[str, float]) -> None:
        if result.notice is not None:
            self.tell(Notice(Level.WARNING, result.notice))
        self.rate.tick()
        self.stage_ms.add({**result.timings_ms, **learning_ms})
        self.last_result = result
        loaded = self._engine.loaded
        if loaded is not None and loaded.threads is not None and not result.carried:
            # Without learning, which not every frame has: only equal work can be compared.
            work = (result.ids, result.inference_size)
            loaded.threads.after_step(sum(result.timings_ms.values()), work)

    def show(self, segmented: Segmented) -> None:
        """Hand a frame on to be drawn. Thread: this one."""
        segmented = replace(segmented, corrections=self._editor.corrections)
        if segmented.draft is None:
            self._newest = segmented
        with self.trace.span("publish"):
            while not self.stopping.is_set() and not self._out.put(segmented, POLL_S):
                pass

    def _carry_out_all(self, wait_s: float) -> None:
        """Carry out what was posted, waiting up to ``wait_s`` for a first command."""
        try:
            command = self._commands.get(timeout=wait_s) if wait_s else self._commands.get_nowait()
            while True:
                self._carry_out_safely(command)
                command = self._commands.get_nowait()
        except queue.Empty:
            return

    def _carry_out_safely(self, command: cmd.Command) -> None:
        """A command that fails is told to the person and changes nothing; tracking goes on."""
        try:
            self._carry_out(command)
        except SwemError as error:
            self.tell(Notice(Level.WARNING, str(error)))
        except Exception as error:
            _log.exception("%s failed", type(command).__name__)
            self.tell(StageFailed(self.name, reason(error)))

    def _carry_out(self, command: cmd.Command) -> None:
        if isinstance(command, cmd.SetPaused):
            self._paused = command.paused
        elif isinstance(command, cmd.Seek):
            self._jump(command.seconds)
        elif isinstance(command, cmd.SetTarget):
            self._pacing.set_target(command.fps)
        else:
            self._editor.carry_out(command)

    def _jump(self, seconds: float) -> None:
        """What is tracked stays tracked. Prepared marks belong to the first frame: not before."""
        if self._seek is None or self._initial is not None:
            return
        frozen = self._editor.is_frozen
        if frozen:
            self._editor.carry_out(cmd.Cancel())
        self._objects.cut()
        self._landing.begin(self._seek(seconds), freezes=frozen)

    def _ready(self) -> Loaded:
        """The loaded engine; waits for it, since the person already waits for the mask."""
        while not self._engine.wait(POLL_S):
            if self.stopping.is_set():
                raise SwemError("The network is not loaded yet.")
        self._announce_engine()
        if self._engine.loaded is None:
            assert self._engine.error is not None
            raise SwemError(reason(self._engine.error))
        return self._engine.loaded
