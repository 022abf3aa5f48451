"""A session, a source and pictures to show the window without any pipeline."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from app.errors import SourceError
from app.pipeline.channels import Mailbox
from app.pipeline.events import (
    EditKind,
    Event,
    Listener,
    MarkingChanged,
    RecordingStarted,
    RecordingStopped,
    Step,
)
from app.pipeline.frames import Draft, Frame, Rendered, Segmented
from app.pipeline.outlets.virtual_camera import VirtualCameraPlan
from app.pipeline.recording.plan import RecordingPlan
from app.pipeline.recording.replay import ReplayPlan
from app.pipeline.saved_session import SavedSession
from app.pipeline.sources.base import Source, SourceInfo
from app.pipeline.stats import Stats
from app.pipeline.style import ObjectStyle, ViewStyle
from swem_core.segment.prompts import Prompt

WIDTH, HEIGHT = 160, 90


def rendered(
    index: int = 0, draft: Draft | None = None, size: tuple[int, int] = (HEIGHT, WIDTH)
) -> Rendered:
    picture = np.full((*size, 4), 255, np.uint8)
    picture[..., 0] = index % 256
    frame = Frame(index, np.ascontiguousarray(picture[..., :3]), index / 30, 0)
    return Rendered(picture, Segmented(frame, None, draft))


@dataclass
class FakeSource:
    name: str = "clip.mp4"
    is_live: bool = True

    def open(self) -> SourceInfo:
        return SourceInfo(self.name, (HEIGHT, WIDTH), 30.0, None, self.is_live)

    def read(self) -> Frame | None:
        return None

    def close(self) -> None:
        pass


@dataclass(frozen=True)
class FakeCamera:
    id: str
    name: str


class CountingMailbox(Mailbox[Rendered]):
    def __init__(self) -> None:
        super().__init__()
        self.taken = 0

    def get(self, timeout: float | None = None) -> Rendered | None:
        self.taken += 1
        return super().get(timeout)


@dataclass
class FakeSession:
    """Records what is asked of it, and tells the window what a real one would."""

    listener: Listener
    on_picture: Callable[[], None]
    style: ViewStyle
    calls: list[tuple[object, ...]] = field(default_factory=list)
    view: CountingMailbox = field(default_factory=CountingMailbox)
    figures: Stats = field(default_factory=Stats)
    may_stop: threading.Event = field(default_factory=threading.Event)
    late: list[str] = field(default_factory=list)
    marking: MarkingChanged = field(default_factory=lambda: MarkingChanged(False, 1, ()))
    plan: RecordingPlan | None = None

    def __post_init__(self) -> None:
        self.may_stop.set()

    def emit(self, event: Event) -> None:
        self.listener(event)

    def put(self, picture: Rendered) -> None:
        self.view.put(picture)
        self.on_picture()

    def has_painted(self, picture: Rendered) -> bool:
        return any(call[0] == "painted" and call[1] is picture for call in self.calls)

    def names(self) -> list[str]:
        return [str(call[0]) for call in self.calls]

    def last(self, name: str) -> tuple[object, ...]:
        return next(call[1:] for call in reversed(self.calls) if call[0] == name)

    def start(self) -> None:
        self.calls.append(("start",))

    def stop(self, deadline_s: float = 5.0) -> list[str]:
        self.calls.append(("stop", threading.current_thread().name))
        self.may_stop.wait(10)
        if self.plan is not None:
            self.stop_recording()
        return self.late

    def set_target_fps(self, fps: float | None) -> None:
        self.calls.append(("set_target_fps", fps))

    def freeze(self, shown: Segmented) -> None:
        self.calls.append(("freeze", shown))
        self._mark(frozen=True)

    def set_active(self, object_id: int) -> None:
        self.calls.append(("set_active", object_id))
        self._mark(active=object_id)

    def prompt(self, prompt: Prompt) -> None:
        self.calls.append(("prompt", prompt))
        self._mark(touched=(self.marking.active,), undo=self._clicked())

    def correct(self, object_id: int, prompt: Prompt, shown: Segmented) -> None:
        self.calls.append(("correct", object_id, prompt, shown))

    def set_locked(self, object_id: int, locked: bool) -> None:
        self.calls.append(("set_locked", object_id, locked))

    def restyled(self, object_id: int, before: ObjectStyle, after: ObjectStyle) -> None:
        self.calls.append(("restyled", object_id, before, after))

    def remove_prompt(self, object_id: int, prompt: Prompt) -> None:
        self.calls.append(("remove_prompt", object_id, prompt))

    def import_marks(self, paths: tuple[Path, ...]) -> None:
        self.calls.append(("import_marks", paths))
        self._mark(touched=(self.marking.active,), undo=self._clicked())

    def undo(self) -> None:
        self.calls.append(("undo",))
        self._mark(undo=None, redo=self._clicked(), touched=())

    def redo(self) -> None:
        self.calls.append(("redo",))
        self._mark(undo=self._clicked(), redo=None, touched=(self.marking.active,))

    def accept(self) -> None:
        self.calls.append(("accept",))
        self._mark(frozen=False, touched=(), undo=None, redo=None)

    def cancel(self) -> None:
        self.calls.append(("cancel",))
        self._mark(frozen=False, touched=(), undo=None, redo=None)

    def remove_object(self, object_id: int) -> None:
        self.calls.append(("remove_object", object_id))

    def reset(self) -> None:
        self.calls.append(("reset",))

    def save_session(self, path: Path, known: SavedSession, *, is_automatic: bool) -> None:
        self.calls.append(("save_session", path, known, is_automatic))

    def resume(self, session: SavedSession) -> None:
        self.calls.append(("resume", session))

    def set_paused(self, paused: bool) -> None:
        self.calls.append(("set_paused", paused))

    def seek(self, seconds: float) -> None:
        self.calls.append(("seek", seconds))

    def set_loop(self, loop: bool) -> None:
        self.calls.append(("set_loop", loop))

    def set_view(self, style: ViewStyle) -> None:
        self.calls.append(("set_view", style))

    def start_recording(self, plan: RecordingPlan) -> None:
        self.calls.append(("start_recording", plan))
        self.plan = plan
        self.emit(RecordingStarted(next(plan.targets)))

    def pause_recording(self, paused: bool) -> None:
        self.calls.append(("pause_recording", paused))

    def set_replay(self, plan: ReplayPlan | None) -> None:
        self.calls.append(("set_replay", plan))

    def save_replay(
        self, video: Path, *, masks: Path | None = None, coco: Path | None = None
    ) -> None:
        self.calls.append(("save_replay", video, masks, coco))

    def split_recording(self) -> None:
        self.calls.append(("split_recording",))

    def set_virtual_camera(self, plan: VirtualCameraPlan | None) -> None:
        self.calls.append(("set_virtual_camera", plan))

    def stop_recording(self) -> None:
        self.calls.append(("stop_recording",))
        assert self.plan is not None
        plan, self.plan = self.plan, None
        self.emit(RecordingStopped(next(plan.targets), frames=3, dropped=0, seconds=0.1))

    def snapshot(self, path: Path) -> None:
        self.calls.append(("snapshot", path))

    def painted(self, rendered: Rendered) -> None:
        self.calls.append(("painted", rendered))

    def stats(self) -> Stats:
        return self.figures

    def _clicked(self) -> Step:
        return Step(EditKind.CLICK, (self.marking.active,))

    def _mark(self, **changes: object) -> None:
        old = self.marking
        state = {name: changes.get(name, getattr(old, name)) for name in old.__slots__}
        self.marking = MarkingChanged(**state)  # type: ignore[arg-type]
        self.emit(self.marking)


class Workshop:
    """Makes fake sources and sessions, and keeps them."""

    def __init__(self) -> None:
        self.sessions: list[FakeSession] = []
        self.opened: list[str] = []
        self.cameras: list[FakeCamera] = [FakeCamera("cam:0", "Front"), FakeCamera("cam:1", "Desk")]
        self.microphones: list[FakeCamera] = []
        self.screens: list[FakeCamera] = [FakeCamera("screen:0", "Screen 0")]

    def open_source(self, text: str) -> Source:
        self.opened.append(text)
        if "missing" in text:
            raise SourceError(f"There is no file {text}. Check the name.")
        return FakeSource(text, is_live=not text.endswith(".mp4"))

    def make_session(
        self, source: Source, listener: Listener, on_picture: Callable[[], None], style: ViewStyle
    ) -> FakeSession:
        self.sessions.append(FakeSession(listener, on_picture, style))
        return self.sessions[-1]

    @property
    def session(self) -> FakeSession:
        return self.sessions[-1]
