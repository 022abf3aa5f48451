"""Everything that takes the frames the compositor has drawn."""

from dataclasses import dataclass

from app.pipeline.outlets.camera_outlet import CameraOutlet
from app.pipeline.recording.record_frame import RecordFrame
from app.pipeline.recording.recorder import Recorder
from app.pipeline.recording.replay import Replay


@dataclass(frozen=True, slots=True)
class Sinks:
    """Recorder, replay buffer and virtual camera as one. Thread: the compositor's."""

    recorder: Recorder
    replay: Replay
    camera: CameraOutlet

    @property
    def active(self) -> bool:
        """Whether anyone takes frames."""
        return self.recorder.active or self.replay.active or self.camera.active

    @property
    def wants_image(self) -> bool:
        """Whether frames need the source's picture."""
        return self.recorder.wants_image

    def offer(self, frame: RecordFrame) -> None:
        """Hand a frame to each of them."""
        self.recorder.offer(frame)
        self.replay.offer(frame)
        self.camera.offer(frame)
