"""The live picture: paints it, zooms it, and turns the mouse into prompts."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.pipeline.frames import Rendered, Segmented
from app.pipeline.style import Color
from app.ui import overlay
from app.ui.tools import Stroke, Tool, ToolBox
from app.ui.viewport import XY, Viewport
from swem_core.segment.prompts import Click, Prompt
from swem_core.types import ObjectId

_WHEEL_NOTCH = 120.0
_ZOOM_PER_NOTCH = 1.2
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class VideoView(QWidget):
    """Shows the newest picture. Lives in the GUI thread and never copies a picture.

    ``on_painted`` is called once for each picture that reached the screen. ``color_of`` and
    ``pending`` say how to draw marks and which ones no picture shows yet.
    """

    marking_started = Signal()
    """A tool was set to the picture: it should freeze as it is shown now."""
    prompted = Signal(object)
    """A finished ``Prompt``, in source pixels."""

    def __init__(
        self,
        tools: ToolBox,
        color_of: Callable[[ObjectId], Color],
        pending: Callable[[], tuple[tuple[ObjectId, Prompt], ...]],
        on_painted: Callable[[Rendered], None],
    ) -> None:
        super().__init__()
        self._tools, self._color_of, self._pending = tools, color_of, pending
        self._on_painted = on_painted
        self._viewport = Viewport()
        self._rendered: Rendered | None = None
        self._image = QImage()
        self._is_new = False
        self._stroke: Stroke | None = None
        self._waiting: Rendered | None = None
        self._stroke_button = Qt.MouseButton.NoButton
        self._pan_from: QPointF | None = None
        self._cursor_at: QPointF | None = None
        self._crosshair: XY | None = None
        self._ribbon = ""
        self._active: ObjectId = 1
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(320, 180)
        self.setAccessibleName(self.tr("Video picture"))
        tools.changed.connect(self._tool_changed)
        self._tool_changed()

    @property
    def shown(self) -> Segmented | None:
        """What the picture on the screen was drawn from."""
        return self._rendered.segmented if self._rendered else None

    @property
    def viewport(self) -> Viewport:
        """Where the picture lies in the widget."""
        return self._viewport

    def show_picture(self, rendered: Rendered) -> None:
        """Show this one from the next repaint on; while a stroke is drawn on the running picture,
        that stands still under it."""
        if self._stroke is not None and rendered.segmented.draft is None:
            self._waiting = rendered
            return
        height, width = rendered.picture.shape[:2]
        stride, form = rendered.picture.strides[0], QImage.Format.Format_RGB32
        # The image shares the array's memory; keeping ``rendered`` keeps that memory.
        self._image = QImage(rendered.picture.data, width, height, stride, form)
        self._rendered, self._is_new = rendered, True
        self._viewport = self._viewport.showing(width, height)
        self.update()

    def clear(self) -> None:
        """Show nothing, for another source."""
        self._rendered, self._image, self._is_new = None, QImage(), False
        self._stroke = self._crosshair = self._waiting = None
        self.update()

    def set_marking(self, ribbon: str, active: ObjectId) -> None:
        """``ribbon``: the sentence along the upper edge, "" for none."""
        self._ribbon, self._active = ribbon, active
        self.update()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Closer by ``factor`` around ``at`` (default: the middle)."""
        at = at or QPointF(self.width() / 2, self.height() / 2)
        self._move_to(self._viewport.zoomed(factor, (at.x(), at.y())))

    def fit(self) -> None:
        """Show the whole picture."""
        self._move_to(self._viewport.fitted())

    def mark_crosshair(self, positive: bool) -> None:
        """A click at the keyboard's crosshair."""
        if self._rendered is None:
            return
        if self._crosshair is None:
            self._move_crosshair(0, 0)
        assert self._crosshair is not None
        self.marking_started.emit()
        self.prompted.emit(Click(*self._crosshair, positive=positive))

    # --- painting -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, then what is drawn over it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Dark))
        if self._rendered is not None:
            self._paint_picture(painter)
            self._paint_marks(painter, self._rendered.segmented)
        painter.end()
        if self._is_new and self._rendered is not None:
            self._is_new = False
            self._on_painted(self._rendered)

    def _paint_picture(self, painter: QPainter) -> None:
        (left, top), scale = self._viewport.offset, self._viewport.scale
        width, height = self._viewport.source
        # Far in, single source pixels are what the person wants to see.
        smooth = scale * self.devicePixelRatioF() < 4
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(QRectF(left, top, width * scale, height * scale), self._image)

    def _paint_marks(self, painter: QPainter, segmented: Segmented) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        given = segmented.draft.prompts if segmented.draft else ()
        overlay.draw_prompts(
            painter,
            self._viewport,
            [(self._color_of(object_id), prompt) for object_id, prompt in given],
            [(self._color_of(object_id), prompt) for object_id, prompt in self._pending()],
        )
        if self._stroke is not None:
            color = self._color_of(self._active)
            overlay.draw_stroke(painter, self._viewport, color, self._stroke)
        if self._cursor_at is not None and self._tools.tool.has_size:
            radius = self._tools.radius * self._viewport.scale
            overlay.draw_brush_cursor(painter, self._cursor_at, radius)
        if self._crosshair is not None:
            at = QPointF(*self._viewport.to_widget(self._crosshair))
            overlay.draw_crosshair(painter, at)
        if self._ribbon:
            accent = QColor(self.palette().color(QPalette.ColorRole.Highlight))
            overlay.draw_ribbon(painter, self.width(), self._ribbon, accent)

    # --- mouse --------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start to pan, or set the tool to the picture."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._crosshair = None
        button, at = event.button(), event.position()
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if button == Qt.MouseButton.MiddleButton or (alt and button == Qt.MouseButton.LeftButton):
            self._pan_from = at
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self._begin_stroke(button, self._viewport.to_source((at.x(), at.y())))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on panning or drawing; the brush ring follows."""
        at = event.position()
        self._cursor_at = at
        if self._pan_from is not None:
            moved, self._pan_from = at - self._pan_from, at
            self._move_to(self._viewport.panned(moved.x(), moved.y()))
        elif self._stroke is not None:
            point = self._viewport.clamped(self._viewport.to_source((at.x(), at.y())))
            self._stroke = self._stroke.extended(point, min_step=1.0)
        if self._stroke is not None or self._tools.tool.has_size:
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the panning or the stroke."""
        if self._pan_from is not None:
            self._pan_from = None
            self._tool_changed()
        elif self._stroke is not None and event.button() == self._stroke_button:
            stroke, self._stroke = self._stroke, None
            self.prompted.emit(stroke.prompt())
            if self._waiting is not None:
                waiting, self._waiting = self._waiting, None
                self.show_picture(waiting)
            self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Middle: fit. Otherwise simply the second of two quick clicks."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self.fit()
        else:
            self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl: zoom around the cursor. With a brush in hand: its size."""
        notches = event.angleDelta().y() / _WHEEL_NOTCH
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(_ZOOM_PER_NOTCH**notches, event.position())
        elif self._tools.tool.has_size:
            self._tools.resize(notches)
        else:
            event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        """The brush ring leaves with the mouse."""
        self._cursor_at = None
        self.update()

    def _begin_stroke(self, button: Qt.MouseButton, point: XY) -> None:
        if self._rendered is None or self._stroke is not None:
            return
        if not self._viewport.contains(point):
            return
        secondary = button == Qt.MouseButton.RightButton
        stroke = self._tools.begin(self._viewport.clamped(point), secondary=secondary)
        self.marking_started.emit()
        if stroke.tool is Tool.CLICK:  # a click is finished when the button goes down
            self.prompted.emit(stroke.prompt())
        else:
            self._stroke, self._stroke_button = stroke, button
        self.update()

    # --- keyboard, gestures, size -------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the crosshair by ten source pixels, with Shift by one."""
        way = _ARROWS.get(Qt.Key(event.key()))
        if way is None or self._rendered is None:
            super().keyPressEvent(event)
            return
        step = 1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 10
        self._move_crosshair(way[0] * step, way[1] * step)

    def event(self, event: QEvent) -> bool:
        """Pinching on a touchpad zooms."""
        pinch = Qt.NativeGestureType.ZoomNativeGesture
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == pinch:
            self.zoom(1.0 + event.value(), event.position())
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The same part of the picture in the new size."""
        self._viewport = self._viewport.resized(self.width(), self.height())

    def _move_crosshair(self, dx: float, dy: float) -> None:
        width, height = self._viewport.source
        x, y = self._crosshair or (width // 2, height // 2)
        self._crosshair = self._viewport.clamped((x + dx, y + dy))
        self.update()

    def _move_to(self, viewport: Viewport) -> None:
        self._viewport = viewport
        self.update()

    def _tool_changed(self) -> None:
        shape = (
            Qt.CursorShape.BlankCursor if self._tools.tool.has_size else Qt.CursorShape.CrossCursor
        )
        self.setCursor(shape)
        self.update()
