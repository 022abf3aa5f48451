"""The tracker for your own programs: the pictures of a source with their masks, one by one.

No window and no Qt. A program that has its pictures already needs only ``swem_core.Engine``.

```python
from app.api import track

for frame, result in track("assets/clips/demo.mp4", "assets/clips/demo.prompts.json"):
    print(f"{frame.seconds:.2f} s", {i: int((result.labels() == i).sum()) for i in result.ids})
```
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np

from app.errors import SourceError
from app.pipeline.capture import CaptureStage
from app.pipeline.channels import Channel, ChannelClosed, channel_for
from app.pipeline.events import Event, StageFailed
from app.pipeline.frames import Frame
from app.pipeline.initial_marks import InitialMarks, marks_from_labels, marks_from_prompts
from app.pipeline.loading import EngineChoice, Loaded
from app.pipeline.sources.base import Source
from app.pipeline.sources.factory import open_source
from app.pipeline.stage import POLL_S
from app.prompts_file import load_prompts
from swem_core.data.masks import read_mask
from swem_core.engine.confidence import Presence
from swem_core.engine.result import StepResult
from swem_core.types import Labels, Mask, ObjectId

__all__ = ["EngineChoice", "FirstMarks", "Frame", "StepResult", "track"]

_STOP_S: Final = 5.0

FirstMarks: TypeAlias = Mapping[ObjectId, Mask] | Labels | Path | str
"""Objects on the first frame: an HxW bool mask each, HxW uint8 ids, or the path of a mask picture
or prompts file (.json)."""


def track(
    source: str | Path | Source,
    marks: FirstMarks,
    choice: EngineChoice | None = None,
) -> Iterator[tuple[Frame, StepResult]]:
    """Yield the frames of ``source`` with the masks of what ``marks`` shows on the first one.

    ``source``: whatever ``swem-live --source`` takes. No frame of a file is left out; of a camera
    or stream the newest frame is always given, and a lost one is reconnected. Pictures are read on
    a thread of their own, which ends with the iterator. The network learns from a frame when the
    next one is asked for. ``choice``: network, device and input size.
    Raises SourceError, MaskError, PromptError, WeightsError or DeviceError. Thread: any one.
    """
    opened = open_source(str(source)) if isinstance(source, str | Path) else source
    initial = _initial(marks)
    return _run(opened, initial, (choice or EngineChoice()).load)


def _initial(marks: FirstMarks) -> InitialMarks:
    if isinstance(marks, Mapping):
        given = dict(marks)
        return lambda frame, loaded: given
    if isinstance(marks, np.ndarray):
        return marks_from_labels(marks)
    path = Path(marks)
    if path.suffix.lower() == ".json":
        return marks_from_prompts(load_prompts(path))
    return marks_from_labels(read_mask(path))


def _run(
    source: Source, initial: InitialMarks, load: Callable[[], Loaded]
) -> Iterator[tuple[Frame, StepResult]]:
    loaded = load()
    failures: list[str] = []

    def hear(event: Event) -> None:
        if isinstance(event, StageFailed):
            failures.append(event.text)

    frames: Channel[Frame] = channel_for(live=source.is_live)
    capture = CaptureStage(source, frames, hear, paced=False, close_at_end=True)
    capture.start()
    try:
        yield from _segment(frames, initial, loaded)
        if failures:
            raise SourceError(failures[0])
    finally:
        capture.stop()
        frames.close()
        capture.join(_STOP_S)


def _segment(
    frames: Channel[Frame], initial: InitialMarks, loaded: Loaded
) -> Iterator[tuple[Frame, StepResult]]:
    engine, presence, first = loaded.engine, Presence(), True
    while True:
        try:
            frame = frames.get(POLL_S)  # a bounded wait, so that Ctrl-C gets through on Windows
        except ChannelClosed:
            return
        if frame is None:
            continue
        result = engine.segment(frame.image, anchors=initial(frame, loaded) if first else None)
        first = False
        presence.observe(result)
        if loaded.threads is not None:
            work = (result.ids, result.inference_size)
            loaded.threads.after_step(sum(result.timings_ms.values()), work)
        yield frame, result
        engine.memorise(hold=presence.unsure)
