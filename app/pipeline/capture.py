"""The capture thread: reads a source at its own pace and hands its frames on."""

import itertools
import queue
import time
from dataclasses import dataclass, replace

from app.errors import SourceError
from app.pipeline.channels import Channel
from app.pipeline.events import Level, Listener, Notice, SourceEnded, SourceLost, SourceOpened
from app.pipeline.frames import Frame
from app.pipeline.sources.base import Seekable, Source, SourceInfo
from app.pipeline.stage import POLL_S, Stage
from app.pipeline.stats import RateMeter

FIRST_RETRY_S = 0.5
LAST_RETRY_S = 8.0


@dataclass(frozen=True, slots=True)
class _Jump:
    number: int
    seconds: float


class CaptureStage(Stage):
    """Source -> ``out``. A live source that fails is opened again; a file ends.

    ``paced``: a file's frames are handed on at the rate they were taken (window), not as fast as
    possible (headless). ``close_at_end``: the end of a file also ends the stages behind this one;
    in a window they stay, so that the last frame can still be marked. The source is opened, read
    and closed on this thread only.
    """

    def __init__(
        self,
        source: Source,
        out: Channel[Frame],
        listener: Listener,
        *,
        paced: bool,
        close_at_end: bool,
    ) -> None:
        super().__init__("capture", listener)
        self._close_at_end = close_at_end
        self._source = source
        self._out = out
        self._paced = paced and not source.is_live
        self._index = 0
        self._due_ns = 0
        self._offset_s = 0.0
        self._last: Frame | None = None
        self._jumps = itertools.count(1)
        self._wanted: queue.SimpleQueue[_Jump] = queue.SimpleQueue()
        self._jump = _Jump(0, 0.0)
        self.rate = RateMeter()
        self.info: SourceInfo | None = None
        self.last_arrival_ns = time.monotonic_ns()

    def seek(self, seconds: float) -> int:
        """Continue from ``seconds``, if the source can, even after its end; the last call wins.

        Returns the least :attr:`Frame.jumps` of the frames from there. Thread: any one.
        """
        jump = _Jump(next(self._jumps), seconds)
        self._wanted.put(jump)
        return jump.number

    def work(self) -> None:
        """See :class:`Stage`."""
        retry_s = FIRST_RETRY_S
        while not self.stopping.is_set():
            before = self._index
            try:
                self._open()
                self._read_all()
                while self._goes_on():
                    self._read_all()
                return
            except SourceError as error:
                self._source.close()
                if not self._may_retry():
                    raise
                retry_s = FIRST_RETRY_S if self._index > before else min(2 * retry_s, LAST_RETRY_S)
                self.tell(SourceLost(str(error), retry_s))
                self.stopping.wait(retry_s)

    def finish(self) -> None:
        """See :class:`Stage`."""
        self._source.close()
        self._out.close()

    def _goes_on(self) -> bool:
        """At the end: wait for a seek; whether one came."""
        self.tell(SourceEnded(self._index))
        while not self._close_at_end and not self.stopping.wait(POLL_S):
            if not self._wanted.empty() and self.info is not None:
                self.tell(SourceOpened(self.info))
                return True
        return False

    def _may_retry(self) -> bool:
        """A live source that has worked is worth waiting for; one that never did is not."""
        return self._source.is_live and self.info is not None

    def _open(self) -> None:
        self.info = self._source.open()
        if self._last is not None:
            # Source time starts at 0 again, but recordings need it to continue.
            gap_s = (time.monotonic_ns() - self._last.captured_ns) / 1e9
            self._offset_s = self._last.seconds + gap_s
            self.tell(Notice(Level.INFO, f"{self._source.name} is back."))
        self.tell(SourceOpened(self.info))

    def _read_all(self) -> None:
        while not self.stopping.is_set():
            self._leap()
            with self.trace.span("decode video"):
                frame = self._source.read()
            if frame is None:
                return
            seconds = frame.seconds + self._offset_s
            number = self._jump.number
            frame = replace(frame, index=self._index, seconds=seconds, jumps=number)
            if self._paced:
                frame = self._wait_until_due(frame)
            self._index += 1
            self._last = frame
            self.last_arrival_ns = frame.captured_ns
            self.rate.tick(frame.captured_ns)
            while self._wanted.empty() and not self.stopping.is_set():
                if self._out.put(frame, POLL_S):
                    break

    def _leap(self) -> None:
        """Go where the source was last asked to go."""
        wanted: _Jump | None = None
        while not self._wanted.empty():
            wanted = self._wanted.get()
        if wanted is None or not isinstance(self._source, Seekable):
            return
        self._jump = wanted
        try:
            self._source.seek(wanted.seconds)
        except SourceError as error:
            self.tell(Notice(Level.WARNING, str(error)))

    def _wait_until_due(self, frame: Frame) -> Frame:
        """Sleep until a file's frame is due. A late frame does not hurry the next."""
        now = time.monotonic_ns()
        step_ns = 0 if self._last is None else int(1e9 * (frame.seconds - self._last.seconds))
        self._due_ns = max(self._due_ns + step_ns, now)
        if self._last is not None and self._last.jumps == frame.jumps:
            self.stopping.wait((self._due_ns - now) / 1e9)
        return replace(frame, captured_ns=time.monotonic_ns())
