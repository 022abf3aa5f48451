"""A live picture that can be zoomed and moved. What is done on it is up to the subclass."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QImage,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from app.pipeline.frames import Rendered, Segmented
from app.ui.picture.viewport import Viewport

WHEEL_NOTCH = 120.0
_ZOOM_PER_NOTCH = 1.2
_COARSE_ABOVE = 4_000_000  # device pixels: to scale more of them smoothly takes over 10 ms
_SETTLED_MS = 150


class PictureView(QWidget):
    """Shows the newest picture. Lives in the GUI thread and never copies a picture.

    ``on_painted`` is called once for each picture that reached the screen.
    """

    def __init__(self, on_painted: Callable[[Rendered], None]) -> None:
        super().__init__()
        self._on_painted = on_painted
        self._viewport = Viewport()
        self._rendered: Rendered | None = None
        self._image = QImage()
        self._is_new = False
        self._is_still = False
        self._waiting: Rendered | None = None
        self._pan_from: QPointF | None = None
        self._in_motion = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._in_motion.timeout.connect(self.update)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(320, 180)
        self.setAccessibleName(self.tr("Video picture"))
        self.grabGesture(Qt.GestureType.PinchGesture)

    @property
    def shown(self) -> Segmented | None:
        """What the picture on the screen was drawn from."""
        return self._rendered.segmented if self._rendered else None

    @property
    def viewport(self) -> Viewport:
        """Where the picture lies in the widget."""
        return self._viewport

    def show_picture(self, rendered: Rendered) -> None:
        """Show this one from the next repaint on, or once the running picture may go on."""
        if self._is_still and rendered.segmented.draft is None:
            self._waiting = rendered
            return
        height, width = rendered.picture.shape[:2]
        stride, form = rendered.picture.strides[0], QImage.Format.Format_RGB32
        # The image shares the array's memory; keeping ``rendered`` keeps that memory.
        self._image = QImage(rendered.picture.data, width, height, stride, form)
        self._rendered, self._is_new = rendered, True
        self._viewport = self._viewport.showing(width, height, rendered.placement)
        self.update()

    def stand_still(self) -> None:
        """Hold the running picture under a stroke; drafts are shown all the same."""
        self._is_still = True

    def go_on(self) -> None:
        """Let the newest picture through again."""
        waiting, self._waiting, self._is_still = self._waiting, None, False
        if waiting is not None:
            self.show_picture(waiting)

    def clear(self) -> None:
        """Show nothing, for another source."""
        self._waiting, self._is_still = None, False
        self._rendered, self._image, self._is_new = None, QImage(), False
        self.update()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Closer by ``factor`` around ``at`` (default: the middle)."""
        at = at or QPointF(self.width() / 2, self.height() / 2)
        self._move_to(self._viewport.zoomed(factor, (at.x(), at.y())))

    def fit(self) -> None:
        """Show the whole picture."""
        self._move_to(self._viewport.fitted())

    def draw_over(self, painter: QPainter, exposed: QRegion) -> None:
        """Draw what lies over the picture, in widget pixels. Only what is exposed is seen."""

    def drag_ended(self) -> None:
        """The picture is no longer being moved: give the cursor its shape back."""

    # --- painting -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, then what is drawn over it."""
        painter = QPainter(self)
        place = self._picture_place() if self._rendered is not None else QRectF()
        covered = place.toAlignedRect().adjusted(1, 1, -1, -1)  # of the outermost pixels a part
        bars = event.region().subtracted(covered)
        if not bars.isEmpty():
            painter.setClipRegion(bars)
            painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Dark))
            painter.setClipping(False)
        if self._rendered is not None:
            self._paint_picture(painter, place)
            self.draw_over(painter, event.region())
        painter.end()
        if self._is_new and self._rendered is not None:
            self._is_new = False
            self._on_painted(self._rendered)

    def _picture_place(self) -> QRectF:
        (left, top), scale = self._viewport.offset, self._viewport.scale
        width, height = self._viewport.source
        return QRectF(left, top, width * scale, height * scale)

    def _paint_picture(self, painter: QPainter, place: QRectF) -> None:
        # Far in, single source pixels are what the person wants to see.
        is_far_in = self._viewport.scale * self.devicePixelRatioF() >= 4
        smooth = not (is_far_in or self._in_motion.isActive())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(place, self._image)

    # --- mouse, wheel, touch ------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Middle, or left with Alt: start to move the picture."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        button = event.button()
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if button == Qt.MouseButton.MiddleButton or (alt and button == Qt.MouseButton.LeftButton):
            self._pan_from = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on moving the picture."""
        if self._pan_from is not None:
            moved, self._pan_from = event.position() - self._pan_from, event.position()
            self._move_to(self._viewport.panned(moved.x(), moved.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End it."""
        if self._pan_from is not None:
            self._pan_from = None
            self.drag_ended()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Middle: fit. Otherwise simply the second of two quick clicks."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self.fit()
        else:
            self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel zooms around the cursor; two fingers on a touchpad move the picture."""
        moved = event.pixelDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or moved.isNull():
            notches = event.angleDelta().y() / WHEEL_NOTCH
            self.zoom(_ZOOM_PER_NOTCH**notches, event.position())
        else:
            self._move_to(self._viewport.panned(moved.x(), moved.y()))

    def event(self, event: QEvent) -> bool:
        """Pinching zooms, on a touchpad and on a touch screen; two taps fit the picture."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom(1.0 + event.value(), event.position())
                return True
            if event.gestureType() == Qt.NativeGestureType.SmartZoomNativeGesture:
                self.fit()
                return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self._pinched(pinch)
                return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The same part of the picture in the new size."""
        self._viewport = self._viewport.resized(self.width(), self.height())

    def _pinched(self, pinch: QPinchGesture) -> None:
        at = pinch.centerPoint()
        self.zoom(pinch.scaleFactor(), QPointF(self.mapFromGlobal(at.toPoint())))
        moved = at - pinch.lastCenterPoint()
        self._move_to(self._viewport.panned(moved.x(), moved.y()))

    def _move_to(self, viewport: Viewport) -> None:
        self._viewport = viewport
        if self.width() * self.height() * self.devicePixelRatioF() ** 2 > _COARSE_ABOVE:
            self._in_motion.start()
        self.update()
