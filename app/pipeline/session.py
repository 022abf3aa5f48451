"""Builds, runs and tears down the graph of stages; the only place that knows all of them.

    source -> [capture] -> [engine] -> [compositor] -> view mailbox
                               ^             |
                           commands       [recorder]

Live sources hand over through newest-wins mailboxes, files through short blocking queues.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.pipeline.capture import CaptureStage
from app.pipeline.channels import Channel, Mailbox, Tap, channel_for
from app.pipeline.compositor import CompositorStage
from app.pipeline.editing import commands as cmd
from app.pipeline.engine_stage import EngineStage
from app.pipeline.events import Listener, both
from app.pipeline.frames import Frame, Rendered, Segmented
from app.pipeline.loading import EngineLoader
from app.pipeline.outlets.camera_outlet import CameraOutlet
from app.pipeline.outlets.virtual_camera import VirtualCameraPlan, VirtualCameraStage
from app.pipeline.outlets.zeromq import PublishStage
from app.pipeline.recording.plan import RecordingPlan
from app.pipeline.recording.recorder import Recorder
from app.pipeline.recording.replay import Replay, ReplayPlan
from app.pipeline.saved_session import SavedSession
from app.pipeline.session_meters import SessionMeters
from app.pipeline.session_options import SessionOptions as SessionOptions
from app.pipeline.sinks import Sinks
from app.pipeline.sound.opening import resolve
from app.pipeline.sources.base import Seekable, Source
from app.pipeline.stage import Stage
from app.pipeline.stats import Stats
from app.pipeline.style import ObjectStyle, ViewStyle
from swem_core.segment.prompts import Prompt
from swem_core.types import ObjectId


class Session:
    """One source being segmented.

    All methods but ``stop`` and ``wait`` return at once. ``view`` holds the newest picture;
    ``on_picture`` is called (on the compositor's thread) after each new one. ``listener`` is
    called on worker threads. Thread: one thread makes, uses and stops a session.
    """

    def __init__(
        self,
        source: Source,
        load: EngineLoader,
        listener: Listener,
        on_picture: Callable[[], None] = lambda: None,
        style: ViewStyle | None = None,
        options: SessionOptions | None = None,
    ) -> None:
        options = options or SessionOptions()
        live = source.is_live
        self._source = source
        self._frames: Channel[Frame] = channel_for(live=live)
        self._segmented: Channel[Segmented] = channel_for(live=live)
        self.view: Mailbox[Rendered] = Mailbox()
        self._recorder = Recorder(listener, block=options.lossless_recording and not live)
        self._replay = Replay(listener)
        self._capture = CaptureStage(
            source,
            self._frames,
            listener,
            paced=options.paced,
            close_at_end=options.close_at_end,
        )
        style = style or ViewStyle()
        self._camera = CameraOutlet(lambda plan: VirtualCameraStage(plan, listener))
        self._camera_plan = options.camera
        publisher = self._publisher = _publisher(options, listener, style)
        self._engine = EngineStage(
            self._frames,
            Tap(self._segmented, publisher.offer) if publisher else self._segmented,
            load,
            both(publisher.hear, listener) if publisher else listener,
            live=live,
            initial=options.initial,
            hold_first=options.hold_first and not live,
            target_fps=options.target_fps,
            seek=self._capture.seek if isinstance(source, Seekable) else None,
        )
        self._compositor = CompositorStage(
            self._segmented,
            self.view,
            Sinks(self._recorder, self._replay, self._camera),
            listener,
            on_picture,
            style,
        )
        extra: tuple[Stage, ...] = (publisher,) if publisher else ()
        self._stages = (self._capture, self._engine, self._compositor, *extra)
        if options.trace is not None:
            self._recorder.trace = options.trace
            for stage in self._stages:
                stage.trace = options.trace
        self._meters = SessionMeters(
            self._capture,
            self._engine,
            self._compositor,
            self._recorder,
            self._replay,
            edges={"capture": self._frames, "engine": self._segmented, "view": self.view},
        )

    def start(self) -> None:
        """Start all threads."""
        if self._camera_plan is not None:
            self._camera.set_plan(self._camera_plan)
        for stage in reversed(self._stages):
            stage.start()

    def stop(self, deadline_s: float = 5.0) -> list[str]:
        """Complete the recording and end all threads, within ``deadline_s`` seconds.

        Returns the names of threads that did not end in time (a camera driver that hangs); they
        are daemons and do not keep the program alive.
        """
        end = time.monotonic() + deadline_s
        self._recorder.stop()
        for stage in self._stages:
            stage.stop()
        for stage in self._stages:
            if stage.is_alive():
                stage.join(max(0.0, end - time.monotonic()))
        recorded = self._recorder.close(max(0.0, end - time.monotonic()))
        recorded = self._replay.close(max(0.0, end - time.monotonic())) and recorded
        late = [stage.name for stage in self._stages if stage.is_alive()]
        if not self._camera.close(end):
            late.append("virtual camera")
        return late if recorded else [*late, "recorder"]

    def wait(self, timeout_s: float) -> bool:
        """Wait; whether the last stage has ended (a file is done, or a stage failed)."""
        self._compositor.join(timeout_s)
        return not self._compositor.is_alive()

    def freeze(self, shown: Segmented) -> None:
        """Hold the frame the person sees for marking, while a camera runs on."""
        self._engine.post(cmd.Freeze(shown))

    def set_active(self, object_id: ObjectId) -> None:
        """Send further prompts to this object, which need not exist yet."""
        self._engine.post(cmd.SetActive(object_id))

    def prompt(self, prompt: Prompt) -> None:
        """Mark on the frozen frame."""
        self._engine.post(cmd.AddPrompt(prompt))

    def correct(self, object_id: ObjectId, prompt: Prompt, shown: Segmented) -> None:
        """Correct a tracked object on the frame the person sees, while the picture runs on."""
        self._engine.post(cmd.Correct(object_id, prompt, shown))

    def remove_prompt(self, object_id: ObjectId, prompt: Prompt) -> None:
        """Remove one prompt on the frozen frame."""
        self._engine.post(cmd.RemovePrompt(object_id, prompt))

    def import_marks(self, paths: tuple[Path, ...]) -> None:
        """Mark the frozen frame with mask pictures or a prompts file."""
        self._engine.post(cmd.ImportMarks(paths))

    def undo(self) -> None:
        """Undo the last prompt on a frozen frame, or else the last edit."""
        self._engine.post(cmd.Undo())

    def redo(self) -> None:
        """Redo what was undone last."""
        self._engine.post(cmd.Redo())

    def accept(self) -> None:
        """Track what is marked."""
        self._engine.post(cmd.Accept())

    def cancel(self) -> None:
        """Drop what is marked and go on."""
        self._engine.post(cmd.Cancel())

    def set_locked(self, object_id: ObjectId, locked: bool) -> None:
        """A locked object takes no prompts, and its memory stays as it is."""
        self._engine.post(cmd.SetLocked(object_id, locked))

    def restyled(self, object_id: ObjectId, before: ObjectStyle, after: ObjectStyle) -> None:
        """Note for undo that the person has restyled an object."""
        self._engine.post(cmd.Restyle(object_id, before, after))

    def remove_object(self, object_id: ObjectId) -> None:
        """Stop tracking an object."""
        self._engine.post(cmd.RemoveObject(object_id))

    def save_session(self, path: Path, known: SavedSession, *, is_automatic: bool) -> None:
        """Write a file to resume from. ``known``: the source and the objects' styles."""
        self._engine.post(cmd.SaveSession(path, known, is_automatic))

    def resume(self, session: SavedSession) -> None:
        """Resume a saved session; before ``start``."""
        self._engine.post(cmd.Resume(session))

    def reset(self) -> None:
        """Stop tracking all objects."""
        self._engine.post(cmd.Reset())

    def set_paused(self, paused: bool) -> None:
        """Pause a file; frames of a live source are dropped meanwhile."""
        self._engine.post(cmd.SetPaused(paused))

    def seek(self, seconds: float) -> None:
        """Continue from ``seconds`` on the file's clock; objects stay tracked."""
        self._engine.post(cmd.Seek(seconds))

    def set_loop(self, loop: bool) -> None:
        """Whether a file starts over at its end."""
        if isinstance(self._source, Seekable):
            self._source.set_loop(loop)

    def set_target_fps(self, fps: float | None) -> None:
        """Have the governor keep this many masks per second, above 0; None switches it off."""
        self._engine.post(cmd.SetTarget(fps))

    def set_view(self, style: ViewStyle) -> None:
        """Draw like this from now on."""
        self._compositor.set_style(style)
        if self._publisher is not None:
            self._publisher.set_style(style)

    def start_recording(self, plan: RecordingPlan) -> None:
        """Begin a recording; events tell when it has started and how it ended."""
        self._recorder.start(replace(plan, sound=resolve(plan.sound, self._source)))

    def pause_recording(self, paused: bool) -> None:
        """Leave frames out; the gap in time is closed."""
        self._recorder.set_paused(paused)

    def set_replay(self, plan: ReplayPlan | None) -> None:
        """Keep the last seconds from now on, or (None) forget them and keep no more."""
        if plan is None:
            self._replay.stop()
        else:
            self._replay.start(replace(plan, sound=resolve(plan.sound, self._source)))

    def save_replay(
        self, video: Path, *, masks: Path | None = None, coco: Path | None = None
    ) -> None:
        """Save the last seconds; they are still kept."""
        self._replay.save(video, masks=masks, coco=coco)

    def set_virtual_camera(self, plan: VirtualCameraPlan | None) -> None:
        """Be this camera for other programs from now on; None: be none."""
        self._camera.set_plan(plan)

    def split_recording(self) -> None:
        """Continue in a new file, without losing a frame."""
        self._recorder.split()

    def stop_recording(self) -> None:
        """End the recording; what is queued is still written."""
        self._recorder.stop()

    def snapshot(self, path: Path, not_before: int = 0) -> None:
        """Write the next picture, of frame ``not_before`` or later, as PNG."""
        self._compositor.snapshot(path, not_before)

    def painted(self, rendered: Rendered) -> None:
        """Tell that a picture is on the screen: counts rate and capture-to-screen latency."""
        self._meters.painted(rendered)

    def stats(self) -> Stats:
        """One reading of all meters. Thread: any."""
        return self._meters.reading()


def _publisher(
    options: SessionOptions, listener: Listener, style: ViewStyle
) -> PublishStage | None:
    return PublishStage(options.publish, listener, style) if options.publish else None
