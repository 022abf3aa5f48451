"""Everything that takes the frames the compositor has drawn."""

from dataclasses import dataclass

from app.pipeline.recorder import Recorder
from app.pipeline.recording import RecordFrame
from app.pipeline.replay import Replay


@dataclass(frozen=True, slots=True)
class Sinks:
    """Recorder and replay buffer as one. Thread: the compositor's."""

    recorder: Recorder
    replay: Replay

    @property
    def active(self) -> bool:
        """Whether anyone takes frames."""
        return self.recorder.active or self.replay.active

    @property
    def wants_image(self) -> bool:
        """Whether frames need the source's picture."""
        return self.recorder.wants_image

    def offer(self, frame: RecordFrame) -> None:
        """Hand a frame to all that take frames."""
        self.recorder.offer(frame)
        self.replay.offer(frame)
