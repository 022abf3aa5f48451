"""The rendering thread: draws masks over frames for the view and the recorder."""

import queue
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from app.pipeline.channels import Channel, Mailbox
from app.pipeline.compose import Composer, placement_of
from app.pipeline.effects.picture import Picture
from app.pipeline.events import Listener
from app.pipeline.frames import Rendered, Segmented
from app.pipeline.placement import Placement
from app.pipeline.recording.record_frame import RecordFrame
from app.pipeline.recording.snapshot import Moment, SnapshotWriter
from app.pipeline.sinks import Sinks
from app.pipeline.stage import POLL_S, Stage
from app.pipeline.stats import LatencyMeter, RateMeter
from app.pipeline.style import ViewStyle


@dataclass(frozen=True, slots=True)
class _SnapshotOrder:
    path: Path
    not_before: int


class CompositorStage(Stage):
    """``segmented`` -> ``view`` and the recorder. ``on_picture`` is called after every picture.

    Drafts and redrawn pictures are only shown; every other frame is recorded once.
    """

    def __init__(
        self,
        segmented: Channel[Segmented],
        view: Mailbox[Rendered],
        recorder: Sinks,
        listener: Listener,
        on_picture: Callable[[], None],
        style: ViewStyle,
    ) -> None:
        super().__init__("compositor", listener)
        self._segmented = segmented
        self._view = view
        self._recorder = recorder
        self._on_picture = on_picture
        self._style = style
        self._composer = Composer()
        self._restyled = False
        self._last: Segmented | None = None
        self._orders: queue.SimpleQueue[_SnapshotOrder] = queue.SimpleQueue()
        self._pending: _SnapshotOrder | None = None
        self._snapshots = SnapshotWriter(listener)
        self.rate = RateMeter()
        self.compose_ms = LatencyMeter()

    def set_style(self, style: ViewStyle) -> None:
        """Draw like this from now on, a still picture too. Thread: any."""
        self._style = style  # one reference, replaced whole: readers see the old or the new one
        self._restyled = True

    def snapshot(self, path: Path, not_before: int = 0) -> None:
        """Write the next picture (of frame ``not_before`` or later) as PNG. Thread: any."""
        self._orders.put(_SnapshotOrder(path, not_before))

    def work(self) -> None:
        """See :class:`Stage`."""
        while not self.stopping.is_set():
            segmented = self._segmented.get(POLL_S)
            if segmented is not None:
                self._render(segmented, record=segmented.draft is None)
                self.rate.tick()
            elif self._last is not None and (self._restyled or not self._orders.empty()):
                self._render(self._last, record=False)

    def finish(self) -> None:
        """See :class:`Stage`."""
        self._segmented.close()
        self._view.close()
        self._snapshots.finish()

    def _render(self, segmented: Segmented, *, record: bool) -> None:
        self._restyled = False
        start = time.perf_counter()
        style, is_recording = self._style, record and self._recorder.active
        with self.trace.span("compose"):
            picture = self._composer.screen(segmented, style)
        if is_recording:
            self._record(segmented, self._composer.recorded(segmented, style, picture), style)
        self.compose_ms.add(1e3 * (time.perf_counter() - start))
        self._last = segmented
        self._view.put(Rendered(picture, segmented, _placement(segmented, style), style.private))
        self._on_picture()
        if self._is_ordered():
            self._take_snapshot(self._moment(segmented, style, picture))

    def _moment(self, segmented: Segmented, style: ViewStyle, screen: Picture) -> Moment:
        still = self._composer.still(segmented, style, screen)
        frame = replace(segmented.frame, image=self._composer.released(segmented, style))
        return Moment(still, replace(segmented, frame=frame), style)

    def _record(self, segmented: Segmented, picture: Picture, style: ViewStyle) -> None:
        frame, image = segmented.frame, None
        if self._recorder.wants_image:
            image = self._composer.released(segmented, style)
        self._recorder.offer(
            RecordFrame(
                picture,
                frame.seconds,
                frame.index,
                segmented.result,
                image,
                style,
                frame.file_s,
                frame.captured_ns,
            )
        )

    def _is_ordered(self) -> bool:
        return self._pending is not None or not self._orders.empty()

    def _take_snapshot(self, moment: Moment) -> None:
        if self._pending is None and not self._orders.empty():
            self._pending = self._orders.get()
        order = self._pending
        if order is None or moment.segmented.frame.index < order.not_before:
            return
        self._pending = None
        self._snapshots.write(order.path, moment)


def _placement(segmented: Segmented, style: ViewStyle) -> Placement:
    height, width = segmented.frame.image.shape[:2]
    return placement_of((height, width), style)
