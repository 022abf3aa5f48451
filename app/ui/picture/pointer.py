"""What follows the mouse or the keyboard's crosshair: ring of the brush, cross, loupe."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QImage, QPainter, QRegion

from app.ui.picture import overlay
from app.ui.picture.viewport import Viewport

_MARGIN = 4  # widget pixels that pens reach beyond


@dataclass(frozen=True, slots=True)
class Pointer:
    """Positions in widget pixels. ``ring``: the brush's radius at ``at``; ``loupe``: where the
    enlarged picture of ``at`` lies; ``cross``: the crosshair. None for what is not shown."""

    at: QPointF | None = None
    ring: float | None = None
    cross: QPointF | None = None
    loupe: QRectF | None = None

    @property
    def region(self) -> QRegion:
        """All that it covers."""
        region = QRegion()
        if self.at is not None and self.ring is not None:
            region += _square(self.at, self.ring)
        if self.cross is not None:
            region += _square(self.cross, overlay.CROSS_REACH)
        if self.loupe is not None:
            region += self.loupe.toAlignedRect().adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
        return region

    def draw(self, painter: QPainter, viewport: Viewport, picture: QImage) -> None:
        """``picture``: what the loupe enlarges."""
        if self.at is not None and self.ring is not None:
            overlay.draw_brush_cursor(painter, self.at, self.ring)
        if self.cross is not None:
            overlay.draw_crosshair(painter, self.cross)
        if self.at is not None and self.loupe is not None:
            overlay.draw_loupe(painter, viewport, picture, self.at, self.loupe)


def _square(middle: QPointF, reach: float) -> QRect:
    corner = QPointF(reach + _MARGIN, reach + _MARGIN)
    return QRectF(middle - corner, middle + corner).toAlignedRect()
