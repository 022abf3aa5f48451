"""The replay buffer: keeps the last seconds, so that they can be saved after the event.

Pictures are kept as encoded packets, masks as run-length codes: half a minute takes tens of
megabytes, however long the session is.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.errors import RecorderError
from app.pipeline.events import Level, Listener, Notice, ReplaySaved
from app.pipeline.recording.record_frame import RecordFrame
from app.pipeline.recording.record_queue import RecordQueue
from app.pipeline.recording.replay_encoder import ReplayEncoder, save_masks
from app.pipeline.recording.replay_ring import MAX_BYTES, ReplayRing
from app.pipeline.recording.shot import Shot
from app.pipeline.sound.base import Sound, SoundPlan
from app.pipeline.sound.opening import open_sound

REPLAY_S: Final = 30.0
_QUEUE_FRAMES: Final = 16
_QUEUE_BYTES: Final = 96 * 1024**2

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReplayPlan:
    """Keep the last ``seconds``, in at most ``max_bytes``, with ``sound`` if there is any."""

    seconds: float = REPLAY_S
    max_bytes: int = MAX_BYTES
    sound: SoundPlan | None = None


class Replay:
    """Keeps the last seconds while it is on.

    ``start``, ``stop``, ``save`` and ``close`` belong to one thread, ``offer`` to the compositor's;
    all but ``close`` return at once. Frames that come faster than they can be encoded are left out.
    """

    def __init__(self, listener: Listener) -> None:
        self._tell = listener
        self._queue: RecordQueue | None = None
        self._buffer: _Buffer | None = None
        self._threads: list[threading.Thread] = []

    @property
    def active(self) -> bool:
        """Whether frames are kept."""
        queue = self._queue
        return queue is not None and not queue.closed

    @property
    def seconds(self) -> float:
        """Seconds that could be saved now."""
        return self._buffer.seconds if self._buffer is not None else 0.0

    @property
    def bytes(self) -> int:
        """Bytes that are kept in memory."""
        return self._buffer.bytes if self._buffer is not None else 0

    def start(self, plan: ReplayPlan) -> None:
        """Start keeping frames; what was kept before is dropped."""
        self.stop()
        self._queue = RecordQueue(_QUEUE_FRAMES, _QUEUE_BYTES)
        self._buffer = _Buffer(plan, self._queue, self._tell)
        self._run(self._buffer.run, "replay")

    def stop(self) -> None:
        """Stop keeping frames and drop those that were kept."""
        if self._queue is not None:
            self._queue.discard()
        self._queue = self._buffer = None

    def offer(self, frame: RecordFrame) -> bool:
        """Hand over one frame; False if the buffer is off or too slow. Returns at once."""
        queue = self._queue
        return queue is not None and queue.put(frame)

    def save(self, video: Path, *, masks: Path | None = None, coco: Path | None = None) -> None:
        """Save what is kept; ReplaySaved follows, or a Notice. Frames are still kept meanwhile."""
        buffer = self._buffer
        if buffer is None:
            text = "The replay buffer is off. Switch it on first; from then on it can be saved."
            self._tell(Notice(Level.WARNING, text))
            return
        self._run(lambda: self._write(buffer, video, masks, coco), "replay-save")

    def close(self, deadline_s: float) -> bool:
        """Stop, and wait at most ``deadline_s`` for what is being saved; whether it is done."""
        self.stop()
        end = time.monotonic() + deadline_s
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _run(self, target: Callable[[], None], name: str) -> None:
        thread = threading.Thread(target=target, name=name, daemon=True)
        self._threads = [each for each in self._threads if each.is_alive()] + [thread]
        thread.start()

    def _write(self, buffer: "_Buffer", video: Path, masks: Path | None, coco: Path | None) -> None:
        try:
            files = buffer.save(video, masks, coco)
        except RecorderError as error:
            self._tell(Notice(Level.ERROR, str(error)))
        except Exception as error:
            _log.exception("The replay cannot be saved")
            self._tell(Notice(Level.ERROR, f"The replay cannot be saved: {error}"))
        else:
            self._tell(ReplaySaved(video, files))


class _Buffer:
    """One encoder and its ring. Thread: ``run`` the replay's own; the rest any."""

    def __init__(self, plan: ReplayPlan, queue: RecordQueue, listener: Listener) -> None:
        self._plan = plan
        self._queue = queue
        self._tell = listener
        self._ring = ReplayRing(plan.seconds, plan.max_bytes)
        self._lock = threading.Lock()  # of the ring and the encoder
        self._encoder: ReplayEncoder | None = None
        self.seconds = 0.0
        self.bytes = 0

    def run(self) -> None:
        """Encode until the queue is closed."""
        sound: Sound | None = None
        try:
            sound = open_sound(self._plan.sound, self._tell)
            while (frame := self._queue.get()) is not None:
                self._add(frame, sound)
        except Exception as error:  # whatever it is, somebody relies on what is kept here
            _log.exception("The replay buffer failed")
            self._queue.discard()
            self._tell(Notice(Level.ERROR, f"The replay buffer ended: {error}"))
        finally:
            if self._encoder is not None:
                self._encoder.close()
            if sound is not None:
                sound.close()

    def save(self, video: Path, masks: Path | None, coco: Path | None) -> tuple[Path, ...]:
        """Write what is kept now and return the files. Raises RecorderError."""
        with self._lock:
            encoder, kept = self._encoder, self._ring.kept()
        if encoder is None or not kept.pictures:
            raise RecorderError("There is nothing to save yet: no picture has come.")
        encoder.save(kept, video)
        return (video, *save_masks(kept, masks, coco))

    def _add(self, frame: RecordFrame, sound: Sound | None) -> None:
        shot = Shot(frame)
        with self._lock:
            if self._encoder is not None and not self._encoder.fits(shot):
                self._encoder.close()
                self._encoder = None
            if self._encoder is None:
                self._ring = ReplayRing(self._plan.seconds, self._plan.max_bytes)
                self._encoder = ReplayEncoder(shot, self._ring, sound)
            self._encoder.add(shot)
            self.seconds, self.bytes = self._ring.seconds, self._ring.bytes
