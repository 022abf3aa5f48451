"""One thread of the pipeline: its loop, its end, and what happens when it fails."""

import logging
import threading
from abc import ABC, abstractmethod

from app.pipeline.channels import ChannelClosed
from app.pipeline.events import Listener, StageFailed
from app.pipeline.trace import Tracer
from swem_core.errors import SwemError

_log = logging.getLogger(__name__)

POLL_S = 0.05
"""How long a stage waits at a time before it checks whether to end or to do something else."""


class Stage(threading.Thread, ABC):
    """A daemon thread, so that one stuck in a driver can be abandoned at exit.

    Subclasses loop in ``work`` while ``self.stopping`` is not set, and release what they hold in
    ``finish``, which always runs, on this thread.
    """

    def __init__(self, name: str, listener: Listener) -> None:
        super().__init__(name=name, daemon=True)
        self.stopping = threading.Event()
        self.tell = listener
        self.trace = Tracer()  # off; set another one before the start for a timeline

    @abstractmethod
    def work(self) -> None:
        """The loop. ChannelClosed ends it normally."""

    def finish(self) -> None:
        """Release everything and close the outgoing channel."""
        return

    def stop(self) -> None:
        """Ask the stage to end; returns at once. Thread: any."""
        self.stopping.set()

    def run(self) -> None:
        """Thread: its own. An error is told to the person and ends this stage only."""
        try:
            self.work()
        except ChannelClosed:
            pass
        except Exception as error:
            if not isinstance(error, SwemError):
                _log.exception("The %s stage failed", self.name)
            self.tell(StageFailed(self.name, reason(error)))
        finally:
            self.finish()


def reason(error: Exception) -> str:
    """What a person is told about ``error``: its own words, if it was foreseen."""
    if isinstance(error, SwemError):
        return str(error)
    return (
        f"Something unexpected went wrong ({type(error).__name__}: {error}). The log file has the "
        "details; opening the source again starts afresh."
    )
