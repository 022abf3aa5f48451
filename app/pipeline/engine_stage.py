"""The inference thread: owns the network, tracks every frame, and answers what a person marks."""

import logging
import queue
import threading
from collections.abc import Callable, Mapping
from typing import TypeVar

from app.pipeline import commands as cmd
from app.pipeline.channels import Channel
from app.pipeline.events import EngineReady, Level, Listener, Notice, ObjectsChanged, StageFailed
from app.pipeline.frames import Frame, Segmented
from app.pipeline.loading import EngineLoader, InitialMarks, Loaded
from app.pipeline.marking_desk import MarkingDesk
from app.pipeline.stage import POLL_S, Stage, unexpected
from app.pipeline.stats import RateMeter, StageMeter
from swem_core.engine.result import StepResult
from swem_core.errors import SwemError
from swem_core.types import Mask, ObjectId

log = logging.getLogger(__name__)

T = TypeVar("T")


class EngineStage(Stage):
    """``frames`` -> ``out``, with commands carried out between two frames.

    While the network is loading, and as long as nothing is tracked, frames pass through unchanged.
    ``live``: frames lose their worth while one is frozen and are let go; a file's wait.
    ``initial``: what to track from the first frame on; frames wait for the network then.
    ``hold_first``: freeze the first frame for marking (files in a window).
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
    ) -> None:
        super().__init__("engine", listener)
        self._frames = frames
        self._out = out
        self._load = load
        self._live = live
        self._initial = initial
        self._hold_first = hold_first
        self._commands: queue.SimpleQueue[cmd.Command] = queue.SimpleQueue()
        self._loading = threading.Event()
        self._loaded: Loaded | None = None
        self._load_error: Exception | None = None
        self._announced = False
        self._paused = False
        self._desk = MarkingDesk(listener)
        self.rate = RateMeter()
        self.stage_ms = StageMeter()
        self.last_result: StepResult | None = None
        self.memory_bytes = 0

    def post(self, command: cmd.Command) -> None:
        """Have ``command`` carried out soon. Thread: any; returns at once."""
        self._commands.put(command)

    def work(self) -> None:
        """See :class:`Stage`."""
        threading.Thread(target=self._load_now, name="engine-loader", daemon=True).start()
        while not self.stopping.is_set():
            self._announce_engine()
            idle = self._desk.frozen is not None or self._paused
            self._carry_out_all(POLL_S if idle else 0)
            if self._desk.frozen is None and not self._paused:
                self._take_frame()
            elif self._live:
                self._frames.get(0)

    def finish(self) -> None:
        """See :class:`Stage`."""
        self._frames.close()
        self._out.close()

    def _load_now(self) -> None:
        try:
            self._loaded = self._load()
        except Exception as error:  # handed to the engine thread, which tells the person
            self._load_error = error
        self._loading.set()

    def _announce_engine(self) -> None:
        if self._announced or not self._loading.is_set():
            return
        self._announced = True
        if self._loaded is not None:
            self.tell(EngineReady(self._loaded.model, self._loaded.device))
        elif self._load_error is not None:
            if self._initial is not None:
                raise self._load_error
            # The picture is worth showing without a network, too.
            self.tell(StageFailed(self.name, _reason(self._load_error)))

    def _take_frame(self) -> None:
        if self._initial is not None and not self._loading.wait(POLL_S):
            return
        frame = self._frames.get(POLL_S)
        if frame is None:
            return
        if self._initial is not None:
            self._start_tracking(frame, self._initial)
        elif self._loaded is None or not self._loaded.engine.objects:
            self._publish(Segmented(frame))
            self._hold(frame)
        else:
            self._track(frame, self._loaded)

    def _start_tracking(self, frame: Frame, initial: InitialMarks) -> None:
        loaded = self._ready()
        anchors = initial(frame, loaded)
        self._initial = None
        self._publish(Segmented(frame, self._anchor(frame, loaded, anchors)))
        self.tell(ObjectsChanged(loaded.engine.objects))

    def _hold(self, frame: Frame) -> None:
        if self._hold_first:
            self._hold_first = False
            self._carry_out_safely(cmd.Freeze(Segmented(frame)))

    def _track(self, frame: Frame, loaded: Loaded) -> None:
        """Show a frame's masks, then learn from it: the person need not wait for the memory."""
        result = self._survive(frame, lambda: loaded.engine.segment(frame.image))
        self._publish(Segmented(frame, result))
        if result is not None:
            learnt = self._survive(frame, loaded.engine.memorise)
            self._account(loaded, result, learnt or {})

    def _survive(self, frame: Frame, work: Callable[[], T]) -> T | None:
        """Should the network fail, tracking ends, but the picture goes on."""
        try:
            return work()
        except Exception as error:
            log.exception("Tracking failed on frame %d", frame.index)
            self.tell(StageFailed(self.name, unexpected(error)))
            self._forget(None)
            return None

    def _anchor(self, frame: Frame, loaded: Loaded, anchors: Mapping[ObjectId, Mask]) -> StepResult:
        result = loaded.engine.segment(frame.image, anchors=anchors)
        self._account(loaded, result, {})
        return result

    def _account(
        self, loaded: Loaded, result: StepResult, learning_ms: Mapping[str, float]
    ) -> None:
        stages = {**result.timings_ms, **learning_ms}
        self.rate.tick()
        self.stage_ms.add(stages)
        self.last_result = result
        self.memory_bytes = loaded.engine.state_bytes
        if loaded.threads is not None:
            work = (result.ids, result.inference_size)
            loaded.threads.after_step(sum(stages.values()), work)

    def _publish(self, segmented: Segmented | None) -> None:
        while segmented is not None and not self.stopping.is_set():
            if self._out.put(segmented, POLL_S):
                return

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
            log.exception("%s failed", type(command).__name__)
            self.tell(StageFailed(self.name, unexpected(error)))

    def _carry_out(self, command: cmd.Command) -> None:
        match command:
            case cmd.Freeze(shown):
                self._desk.freeze(shown, self._ready().predictor)
            case cmd.SetActive(object_id):
                self._desk.set_active(object_id)
            case cmd.AddPrompt(prompt):
                self._desk.prompt(prompt)
            case cmd.Undo():
                self._desk.undo()
            case cmd.Redo():
                self._desk.redo()
            case cmd.Accept():
                self._accept()
            case cmd.Cancel():
                self._thaw(None)
            case cmd.RemoveObject(object_id):
                self._forget(object_id)
            case cmd.Reset():
                self._forget(None)
            case cmd.SetPaused(paused):
                self._paused = paused
        self._publish(self._desk.draft())

    def _ready(self) -> Loaded:
        """The loaded engine; waits for it, since the person already waits for the mask."""
        while not self._loading.wait(POLL_S):
            if self.stopping.is_set():
                raise SwemError("The network is not loaded yet.")
        self._announce_engine()
        if self._loaded is None:
            assert self._load_error is not None
            raise SwemError(_reason(self._load_error))
        return self._loaded

    def _accept(self) -> None:
        frozen, masks = self._desk.frozen, self._desk.masks()
        if frozen is None:
            return
        if not masks:
            raise SwemError("Nothing is marked yet. Click or scribble on an object first.")
        loaded = self._ready()
        result = self._anchor(frozen.frame, loaded, masks)
        self._thaw(Segmented(frozen.frame, result))
        self.tell(ObjectsChanged(loaded.engine.objects))

    def _thaw(self, instead: Segmented | None) -> None:
        frozen = self._desk.frozen
        self._desk.release()
        self._publish(instead or frozen)

    def _forget(self, object_id: ObjectId | None) -> None:
        self._desk.forget(object_id)
        if self._loaded is None:
            return
        engine = self._loaded.engine
        engine.reset() if object_id is None else engine.remove([object_id])
        self.memory_bytes = engine.state_bytes
        self.tell(ObjectsChanged(engine.objects))


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, SwemError) else unexpected(error)
