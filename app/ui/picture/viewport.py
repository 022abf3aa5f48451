"""Where source pixels lie in the widget. Pure arithmetic, no Qt."""

from dataclasses import dataclass, replace
from typing import TypeAlias

from app.pipeline.placement import Placement

XY: TypeAlias = tuple[float, float]

MAX_ZOOM = 32.0


@dataclass(frozen=True, slots=True)
class Viewport:
    """Maps between widget points (logical pixels) and source points (source pixels).

    As in OpenCV and in prompts, source pixel (0, 0) has its *middle* at point (0, 0), so it covers
    -0.5 to 0.5. ``widget`` and ``source`` are (width, height); ``source`` that of the picture, in
    which ``placement`` says where the frame's pixels lie (None: as they are). ``zoom`` 1 fits the
    picture into the widget with bars at two sides. ``center``: what lies in the middle of the
    widget, in picture pixels from the picture's corner, kept so that no part of the widget is empty
    that the picture could fill.
    """

    widget: XY = (1.0, 1.0)
    source: XY = (1.0, 1.0)
    zoom: float = 1.0
    center: XY = (0.5, 0.5)
    placement: Placement | None = None

    @property
    def scale(self) -> float:
        """Widget pixels per source pixel."""
        return self.zoom * min(self.widget[0] / self.source[0], self.widget[1] / self.source[1])

    @property
    def offset(self) -> XY:
        """Widget point of the picture's top left corner."""
        scale = self.scale
        return (
            self.widget[0] / 2 - self.center[0] * scale,
            self.widget[1] / 2 - self.center[1] * scale,
        )

    def to_source(self, point: XY) -> XY:
        """The source point under a widget point; may lie outside the picture."""
        picture = self.to_picture(point)
        return self.placement.to_source(picture) if self.placement else picture

    def to_picture(self, point: XY) -> XY:
        """The picture point under a widget point, turned and mirrored as it is shown."""
        (left, top), scale = self.offset, self.scale
        return (point[0] - left) / scale - 0.5, (point[1] - top) / scale - 0.5

    def to_widget(self, point: XY) -> XY:
        """The widget point a source point is drawn at."""
        x, y = self.placement.to_picture(point) if self.placement else point
        (left, top), scale = self.offset, self.scale
        return (x + 0.5) * scale + left, (y + 0.5) * scale + top

    def contains(self, point: XY) -> bool:
        """Whether a source point lies on the picture."""
        x, y = point[0] + 0.5, point[1] + 0.5
        width, height = self._frame
        return 0 <= x < width and 0 <= y < height

    def clamped(self, point: XY) -> XY:
        """The nearest source point between the middles of the outermost pixels."""
        width, height = self._frame
        return min(max(point[0], 0.0), width - 1), min(max(point[1], 0.0), height - 1)

    def resized(self, width: float, height: float) -> "Viewport":
        """The same part of the picture in a widget of another size."""
        return replace(self, widget=(max(width, 1.0), max(height, 1.0)))._settled()

    def showing(self, width: int, height: int, placement: Placement | None = None) -> "Viewport":
        """For a picture of this size; a new size starts fitted."""
        same = self if placement == self.placement else replace(self, placement=placement)
        if (width, height) == self.source:
            return same
        return replace(same, source=(float(width), float(height))).fitted()

    def moved(self, point: XY, dx: float, dy: float) -> XY:
        """A source point moved by this many pixels as the picture shows them, kept on it."""
        if self.placement is None:
            return self.clamped((point[0] + dx, point[1] + dy))
        pane = replace(self.placement, panes=1)
        x, y = pane.to_picture(point)
        return self.clamped(pane.to_source((x + dx, y + dy)))

    def fitted(self) -> "Viewport":
        """The whole picture, as large as it fits."""
        return replace(self, zoom=1.0)._settled()

    def zoomed(self, factor: float, at: XY) -> "Viewport":
        """Closer by ``factor``; what is under the widget point ``at`` stays there."""
        dx, dy = at[0] - self.widget[0] / 2, at[1] - self.widget[1] / 2
        closer = replace(self, zoom=min(max(self.zoom * factor, 1.0), MAX_ZOOM))
        moved = 1 / self.scale - 1 / closer.scale
        center = (self.center[0] + dx * moved, self.center[1] + dy * moved)
        return replace(closer, center=center)._settled()

    def panned(self, dx: float, dy: float) -> "Viewport":
        """The picture moved by this many widget pixels, as far as it goes."""
        center = (self.center[0] - dx / self.scale, self.center[1] - dy / self.scale)
        return replace(self, center=center)._settled()

    @property
    def _frame(self) -> XY:
        if self.placement is None:
            return self.source
        height, width = self.placement.source
        return width, height

    def _settled(self) -> "Viewport":
        x = _settle(self.center[0], self.widget[0] / self.scale, self.source[0])
        y = _settle(self.center[1], self.widget[1] / self.scale, self.source[1])
        return replace(self, center=(x, y))


def _settle(center: float, visible: float, extent: float) -> float:
    if visible >= extent:
        return extent / 2
    return min(max(center, visible / 2), extent - visible / 2)
