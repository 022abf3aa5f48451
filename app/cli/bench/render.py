"""``swem-live bench --render``: milliseconds of one core that drawing takes, effect by effect."""

import argparse
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from itertools import cycle

import cv2
import numpy as np
from rich.console import Console
from rich.table import Table

from app.cli import demo
from app.cli.arguments import engine_choice
from app.cli.results import write_json
from app.pipeline.compose import Composer
from app.pipeline.effects.table import EFFECTS
from app.pipeline.frames import Frame, Segmented
from app.pipeline.initial_marks import marks_from_prompts
from app.pipeline.loading import EngineChoice
from app.pipeline.sources.file import FileSource
from app.pipeline.style import Backdrop, ViewStyle
from app.prompts_file import load_prompts
from swem_core.engine.result import StepResult
from swem_core.resources import asset
from swem_core.types import Image, Size

SIZES: tuple[Size, ...] = ((720, 1280), (1080, 1920))
OBJECT_COUNTS = (1, 3, 5)
_CLIP_FRAMES = 40
_WARM_UP = 3
_APART = 0.2  # of the picture's width: how far further objects are moved


@dataclass(frozen=True, slots=True)
class RenderRow:
    """Median milliseconds per picture. ``size``: (height, width) of the frame."""

    view: str
    size: Size
    objects: int
    milliseconds: float


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0 once everything is measured."""
    console = Console(highlight=False)
    cv2.setNumThreads(1)
    clip = _segmented_clip(engine_choice(arguments))
    seconds = arguments.seconds / 8  # there are many more measurements than in `bench`
    rows = [
        RenderRow(name, size, count, _measure(frames, style, seconds))
        for size in SIZES
        for count in OBJECT_COUNTS
        for frames in (_prepared(clip, size, count),)
        for name, style in _styles(clip[0].frame.image)
    ]
    console.print(_table(rows))
    console.print("Further objects are the clip's own masks, moved: all effects draw every pixel.")
    if arguments.json is not None:
        write_json(arguments.json, [asdict(row) for row in rows])
    return 0


def _styles(backdrop: Image) -> Iterable[tuple[str, ViewStyle]]:
    usual = ViewStyle(backdrop=Backdrop("the first frame", backdrop))
    for spec in EFFECTS:
        yield spec.effect.value, replace(usual, effect=spec.effect)
    yield "overlay, mirrored", replace(usual, mirrored=True)
    yield "overlay, turned", replace(usual, turns=1)


def _segmented_clip(choice: EngineChoice) -> list[Segmented]:
    """The first frames of the clip that ships, with the masks the engine finds."""
    loaded = choice.load()
    marks = marks_from_prompts(load_prompts(asset(demo.PROMPTS)))
    source = FileSource(asset(demo.CLIP))
    source.open()
    clip: list[Segmented] = []
    try:
        while len(clip) < _CLIP_FRAMES and (frame := source.read()) is not None:
            anchors = None if clip else marks(frame, loaded)
            clip.append(Segmented(frame, loaded.engine.step(frame.image, anchors=anchors)))
    finally:
        source.close()
    return clip[1:]


def _prepared(clip: list[Segmented], size: Size, objects: int) -> list[Segmented]:
    """The frames enlarged to ``size``, with that many objects."""
    prepared = []
    for segmented in clip:
        frame = segmented.frame
        image = frame.image
        if image.shape[:2] != size:
            image = np.asarray(cv2.resize(image, size[::-1]), np.uint8)
        assert segmented.result is not None
        result = _with_objects(segmented.result, size, objects)
        prepared.append(Segmented(Frame(frame.index, image, frame.seconds, 0), result))
    return prepared


def _with_objects(result: StepResult, size: Size, count: int) -> StepResult:
    """The first objects of a result, and as many more as are asked for: the last one, moved."""
    logits, step = result.logits, round(_APART * result.logits.shape[2])
    moved = [np.roll(logits[-1], step * (1 + n), axis=1) for n in range(count - len(logits))]
    ids = tuple(range(1, count + 1))
    planes = np.stack([*logits, *moved][:count])
    scores = dict.fromkeys(ids, 1.0)
    return replace(result, ids=ids, logits=planes, source_size=size, scores=scores)


def _measure(frames: list[Segmented], style: ViewStyle, seconds: float) -> float:
    composer, durations = Composer(), []
    end = time.perf_counter() + seconds
    for number, segmented in enumerate(cycle(frames)):
        begin = time.perf_counter()
        composer.screen(segmented, style)
        now = time.perf_counter()
        if number >= _WARM_UP:
            durations.append(1e3 * (now - begin))
        if now > end and durations:
            break
    return float(np.median(durations))


def _table(rows: list[RenderRow]) -> Table:
    table = Table(title="Drawing one picture on one core, ms")
    table.add_column("view")
    columns = [(size, count) for size in SIZES for count in OBJECT_COUNTS]
    for size, count in columns:
        table.add_column(f"{size[0]}p, {count} obj.", justify="right")
    for view in dict.fromkeys(row.view for row in rows):
        found = {(row.size, row.objects): row.milliseconds for row in rows if row.view == view}
        table.add_row(view, *(f"{found[column]:.1f}" for column in columns))
    return table
