"""How a session plays its source."""

from dataclasses import dataclass

from app.pipeline.initial_marks import InitialMarks
from app.pipeline.outlets.virtual_camera import VirtualCameraPlan
from app.pipeline.outlets.zeromq import PublishPlan
from app.pipeline.trace import Tracer


@dataclass(frozen=True, slots=True)
class SessionOptions:
    """Chosen once, before the session starts.

    ``paced``: files run at their own speed, not as fast as possible. ``initial``: what to track
    from the first frame on. ``hold_first``: freeze a file's first frame for marking.
    ``close_at_end``: all stages end when a file does (headless). ``lossless_recording``: a slow
    recorder slows the pipeline down instead of losing frames (files). ``target_fps``: masks per
    second that the governor keeps, above 0; None: it is off. ``trace``: records what every thread
    does. ``publish``: send results to other programs. ``camera``: be a camera for them.
    """

    paced: bool = True
    initial: InitialMarks | None = None
    hold_first: bool = False
    close_at_end: bool = False
    lossless_recording: bool = False
    target_fps: float | None = None
    trace: Tracer | None = None
    publish: PublishPlan | None = None
    camera: VirtualCameraPlan | None = None
