"""A drill, which inflicts one fault, and its finding."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias


class DrillFailedError(Exception):
    """Something was lost that must not be; the text says what."""


class NotHereError(Exception):
    """This system cannot do that to a program; the text says why."""


Act: TypeAlias = Callable[[Path], str]
"""Inflicts the fault in an empty folder and returns what was measured.

Raises DrillFailedError if something was lost, NotHereError if this system cannot do it."""


@dataclass(frozen=True, slots=True)
class Drill:
    """``fault``: what is done to the program, for people."""

    fault: str
    act: Act


@dataclass(frozen=True, slots=True)
class Finding:
    """``survived``: None if it could not be tried here. ``measured``: figures, loss or reason."""

    fault: str
    survived: bool | None
    measured: str


def carry_out(drill: Drill, folder: Path) -> Finding:
    """Run a drill in ``folder``, which is created. Never raises: an error is a finding, too."""
    folder.mkdir()
    try:
        return Finding(drill.fault, True, drill.act(folder))
    except NotHereError as reason:
        return Finding(drill.fault, None, str(reason))
    except DrillFailedError as loss:
        return Finding(drill.fault, False, str(loss))
    except Exception as error:
        return Finding(drill.fault, False, f"{type(error).__name__}: {error}")


def must(condition: bool, loss: str) -> None:
    """Raise DrillFailedError unless ``condition`` holds."""
    if not condition:
        raise DrillFailedError(loss)
