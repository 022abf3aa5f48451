"""Which screens this computer has, without loading anything that grabs them."""

import json
from dataclasses import dataclass

from app.errors import SourceError
from app.pipeline.sources.screen.grabber import Wanted
from app.pipeline.sources.screen.process import GrabberProcess
from app.pipeline.sources.screen.source import SCREEN, screen_problem


@dataclass(frozen=True, slots=True)
class ScreenDevice:
    """One screen. ``id``: what ``open_source`` takes. ``name``: for people, unique."""

    id: str
    name: str


def list_screens() -> tuple[ScreenDevice, ...]:
    """The screens, in the system's order. Raises SourceError where none can be captured.

    Thread: any, but not the GUI's, for it starts a process.
    """
    problem = screen_problem()
    if problem is not None:
        raise SourceError(problem)
    process = GrabberProcess(Wanted(rate=0))
    try:
        found = json.loads(process.screens())
    finally:
        process.close()
    return tuple(
        ScreenDevice(f"{SCREEN}:{number}", _name(number, each["width"], each["height"]))
        for number, each in enumerate(found)
    )


def _name(number: int, width: int, height: int) -> str:
    return f"Screen {number} ({width} × {height})"
