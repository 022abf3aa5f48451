"""One thread of the pipeline: its loop, its end, and what happens when it fails."""

import logging
import threading
from abc import ABC, abstractmethod

from app.pipeline.channels import ChannelClosed
from app.pipeline.events import Listener, StageFailed
from app.pipeline.trace import Tracer
from swem_core.errors import SwemError

log = logging.getLogger(__name__)

POLL_S = 0.05
"""How long a stage waits at most before it looks whether it should end or do something else."""


class Stage(threading.Thread, ABC):
    """A daemon thread, so that one stuck in a driver can be left behind at exit.

    Subclasses loop in ``work`` while ``self.stopping`` is not set, and release what they hold in
    ``finish``, which always runs, on this thread.
    """

    def __init__(self, name: str, listener: Listener) -> None:
        super().__init__(name=name, daemon=True)
        self.stopping = threading.Event()
        self.tell = listener
        self.trace = Tracer()  # off; whoever wants a timeline sets one before the start

    @abstractmethod
    def work(self) -> None:
        """The loop. ChannelClosed ends it normally."""

    def finish(self) -> None:
        """Release everything and close the outgoing channel."""
        return

    def stop(self) -> None:
        """Ask it to end; returns at once. Thread: any."""
        self.stopping.set()

    def run(self) -> None:
        """Thread: its own. An error is shown to the person and ends this stage only."""
        try:
            self.work()
        except ChannelClosed:
            pass
        except SwemError as error:
            self.tell(StageFailed(self.name, str(error)))
        except Exception as error:
            log.exception("The %s stage failed", self.name)
            self.tell(StageFailed(self.name, unexpected(error)))
        finally:
            self.finish()


def unexpected(error: Exception) -> str:
    """What a person is told about an error nobody foresaw."""
    return (
        f"Something unexpected went wrong ({type(error).__name__}: {error}). The log file has the "
        "details; opening the source again starts afresh."
    )
