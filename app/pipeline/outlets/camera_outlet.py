"""Switches the virtual camera on and off while a session runs."""

import time
from collections.abc import Callable

from app.pipeline.outlets.virtual_camera import VirtualCameraPlan, VirtualCameraStage
from app.pipeline.recording.record_frame import RecordFrame

MakeStage = Callable[[VirtualCameraPlan], VirtualCameraStage]


class CameraOutlet:
    """At most one camera at a time. Thread: ``offer`` the compositor's, the rest one other."""

    def __init__(self, make_stage: MakeStage) -> None:
        self._make = make_stage
        self._stage: VirtualCameraStage | None = None

    @property
    def active(self) -> bool:
        """Whether frames are wanted. Thread: any."""
        stage = self._stage
        return stage is not None and stage.active

    def offer(self, frame: RecordFrame) -> None:
        """Show this picture from now on."""
        stage = self._stage
        if stage is not None:
            stage.offer(frame)

    def set_plan(self, plan: VirtualCameraPlan | None) -> None:
        """Switch to this camera, or (None) switch it off. Returns at once."""
        before = self._stage
        if before is not None:
            before.stop()
        self._stage = self._make(plan) if plan is not None else None
        if self._stage is not None:
            self._stage.after = before
            self._stage.start()

    def close(self, end_s: float) -> bool:
        """End the camera by ``end_s`` on ``time.monotonic``; whether it has ended."""
        stage = self._stage
        if stage is None:
            return True
        stage.stop()
        stage.join(max(0.0, end_s - time.monotonic()))
        return not stage.is_alive()
