"""The data that flows through the pipeline: capture -> engine -> compositor -> view / recorder.

All are immutable and write-once: a frame and its masks always travel together, and no array is
changed after its holder has been put into a channel.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.pipeline.placement import Placement
from swem_core.engine.result import StepResult
from swem_core.segment.prompts import Prompt
from swem_core.types import Alpha, Image, ObjectId


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture from a source.

    ``index``: frames read from this source before it. ``seconds``: source time since the source's
    first frame (from the stream's own timestamps for files, arrival time for live sources).
    ``captured_ns``: ``time.monotonic_ns()`` when the picture arrived here. ``file_s``: where in its
    file the picture is, on the file's own clock (that of its sound); None for anything else.
    ``jumps``: how many seeks of the source came before it.
    """

    index: int
    image: Image
    seconds: float
    captured_ns: int
    file_s: float | None = None
    jumps: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being marked on a frozen frame and is not accepted yet.

    ``alphas``: HxW uint8 per touched object. ``active``: the object prompts go to.
    ``prompts``: in the order given, with the object each belongs to, for the numbered markers.
    """

    active: ObjectId
    alphas: Mapping[ObjectId, Alpha] = field(default_factory=dict)
    prompts: tuple[tuple[ObjectId, Prompt], ...] = ()


@dataclass(frozen=True, slots=True)
class Segmented:
    """A frame with all that is known about it. ``result`` is None before any object is tracked.

    ``corrections``: how many had been carried out when it was shown: its masks know of these.
    """

    frame: Frame
    result: StepResult | None = None
    draft: Draft | None = None
    corrections: int = 0


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished picture for the view.

    ``picture``: HxWx4 uint8 BGRA (alpha 255), C-contiguous, so that Qt shows it as Format_RGB32
    without a copy. ``segmented``: what it was drawn from; give its frame back when freezing, so
    that prompts land on exactly what the person sees. ``placement``: where the frame's pixels lie
    in the picture; None if it shows them as they are. ``is_private``: the frame as it came must
    not be drawn over it.
    """

    picture: NDArray[np.uint8]
    segmented: Segmented
    placement: Placement | None = None
    is_private: bool = False
