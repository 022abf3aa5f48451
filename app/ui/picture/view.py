"""The live picture as a place to mark: turns mouse, pen and keys into prompts."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPointingDevice,
    QRegion,
    QTabletEvent,
    QWheelEvent,
)

from app.pipeline.frames import Rendered, Segmented
from app.pipeline.palettes import Color
from app.ui.picture import overlay
from app.ui.picture.arrows import arrow_step
from app.ui.picture.ink_layer import Ground
from app.ui.picture.marks_sheet import MarksSheet
from app.ui.picture.picture_view import WHEEL_NOTCH, PictureView
from app.ui.picture.pointer import Pointer
from app.ui.picture.tools import Stroke, Tool, ToolBox, pressure_of
from app.ui.picture.viewport import XY
from app.ui.state.asked_marks import Mark
from app.ui.state.marking import MarksShown
from swem_core.types import ObjectId

_SLIP = 4.0  # widget pixels that a hand trembles in a click
_MARK_BUTTONS = (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)


class VideoView(PictureView):
    """Lives in the GUI thread. A gesture repaints only what it changes.

    ``color_of`` and ``opacity`` (0..1) say how marks are drawn, ``marks`` which ones a picture has.
    """

    marking_started = Signal()
    """A tool was set to the picture: it should freeze as it is shown now."""
    prompted = Signal(object)
    """A finished ``Prompt``, in source pixels."""
    removal_wanted = Signal(object)
    """A ``Mark`` to take back."""

    def __init__(
        self,
        tools: ToolBox,
        color_of: Callable[[ObjectId], Color],
        opacity: Callable[[], float],
        marks: Callable[[Segmented], MarksShown],
        on_painted: Callable[[Rendered], None],
    ) -> None:
        super().__init__(on_painted)
        self._tools, self._opacity, self._marks = tools, opacity, marks
        self._sheet, self._pointer = MarksSheet(color_of), Pointer()
        self._choice = self._sheet.choice
        self._stroke: Stroke | None = None
        self._pressure: float | None = None  # of the pen whose event is being handled
        self._stroke_button = Qt.MouseButton.NoButton  # of a stroke by keyboard, too
        self._cursor_at: QPointF | None = None
        self._crosshair: XY | None = None
        self._has_loupe = False
        self._ribbon = ""
        self._active: ObjectId = 1
        tools.changed.connect(self._tool_changed)
        self.drag_ended()

    def clear(self) -> None:
        """Show nothing, for another source."""
        self._stroke = self._crosshair = None
        self._sheet.clear()
        super().clear()

    def set_marking(self, ribbon: str, active: ObjectId) -> None:
        """``ribbon``: the sentence along the upper edge, "" for none."""
        if ribbon != self._ribbon:
            self.update(0, 0, self.width(), overlay.RIBBON_HEIGHT)
        self._ribbon, self._active = ribbon, active
        self._refresh()

    def set_loupe(self, wanted: bool) -> None:
        """Show what is under the cursor enlarged, while a picture is frozen."""
        self._has_loupe = wanted
        self._refresh()

    def pick_mark(self, way: int) -> None:
        """Choose the next (1) or the previous (-1) mark by keyboard."""
        self._choice.step(len(self._shown_marks()), way)
        self._refresh()

    def remove_picked(self) -> bool:
        """Take the mark under the mouse or chosen by keyboard back; whether there is one."""
        marks = self._shown_marks()
        chosen = self._choice.index(len(marks))
        if chosen is not None:
            self._hover(None)
            self._choice.clear()
            self.removal_wanted.emit(marks[chosen])
        return chosen is not None

    def mark_crosshair(self, positive: bool) -> None:
        """The tool in hand at the keyboard's crosshair. A box or lasso begins and ends with it."""
        if self._rendered is None:
            return
        if self._crosshair is None:
            self._move_crosshair(0, 0)
        assert self._crosshair is not None
        if self._stroke is None:
            self._begin_stroke(self._crosshair, Qt.MouseButton.NoButton, takes_away=not positive)
        stroke = self._stroke
        if stroke is not None and (len(stroke.points) > 1 or not stroke.tool.surrounds):
            self._finish_stroke()

    # --- painting -----------------------------------------------------------------------------

    def draw_over(self, painter: QPainter, exposed: QRegion) -> None:
        """Marks, the stroke under way, cursors, loupe and ribbon."""
        beyond = self._lay().subtracted(exposed)
        if not beyond.isEmpty():
            self.update(beyond)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._sheet.draw(painter, exposed)
        self._pointer.draw(painter, self._viewport, self._image)
        strip = QRectF(0, 0, self.width(), overlay.RIBBON_HEIGHT)
        if self._ribbon and exposed.intersects(strip.toRect()):
            overlay.draw_ribbon(painter, strip, self._ribbon, self.palette().highlight().color())

    def _refresh(self) -> None:
        """Repaint what is different by now."""
        self.update(self._lay())

    def _lay(self) -> QRegion:
        """Bring marks and pointer up to date; returns what is to be repainted."""
        shown, changed = self._rendered, QRegion()
        if shown is not None:
            bare = None if shown.is_private else shown.segmented.frame
            ground = Ground(
                self.size(), self.devicePixelRatioF(), self._viewport, self._opacity(), bare
            )
            stroke = (self._active, self._stroke) if self._stroke is not None else None
            metrics = QFontMetricsF(self.font())
            changed = self._sheet.lay(ground, self._marks(shown.segmented), stroke, metrics)
        before, self._pointer = self._pointer, self._pointer_now()
        if before != self._pointer:
            changed = changed + before.region + self._pointer.region
        return changed

    def _pointer_now(self) -> Pointer:
        at, ring, cross, loupe = self._cursor_at, None, None, None
        if at is not None and self._tools.tool.has_size:
            share = self._stroke.width_share if self._stroke is not None else 1.0
            ring = share * self._tools.radius * self._viewport.scale
        if self._crosshair is not None:
            cross = QPointF(*self._viewport.to_widget(self._crosshair))
        if at is not None and self._has_loupe and self._ribbon:
            loupe = overlay.loupe_place(at, QRectF(self.rect()))
        return Pointer(at, ring, cross, loupe)

    def _shown_marks(self) -> tuple[Mark, ...]:
        return self._marks(self.shown).all if self.shown is not None else ()

    # --- mouse and pen ------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start to move the picture, take a mark back, or set the tool to the picture."""
        super().mousePressEvent(event)
        if self._pan_from is None:
            self._press(event, erases=False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on moving the picture or drawing; the brush ring follows."""
        super().mouseMoveEvent(event)
        self._move(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End it."""
        super().mouseReleaseEvent(event)
        self._release(event.button())

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen is a mouse, but pressure makes a brush wide, and its other end takes away."""
        erases = event.pointerType() == QPointingDevice.PointerType.Eraser
        self._pressure = pressure_of(event)
        match event.type():
            case QEvent.Type.TabletPress:
                self._press(event, erases=erases)
            case QEvent.Type.TabletMove:
                self._move(event.position())
            case QEvent.Type.TabletRelease:
                self._release(event.button())
        self._pressure = None
        event.accept()  # or Qt would make mouse events of it, too

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With a brush in hand, and without Ctrl: its size."""
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if self._tools.tool.has_size and not ctrl:
            self._tools.resize(event.angleDelta().y() / WHEEL_NOTCH)
        else:
            super().wheelEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The brush ring leaves with the mouse."""
        self._cursor_at = self._choice.hovered = None
        self._refresh()

    def _press(self, event: QMouseEvent | QTabletEvent, *, erases: bool) -> None:
        button, at = event.button(), event.position()
        self._cursor_at, self._crosshair = at, None
        hit = self._sheet.marker_at(at)
        if hit is not None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._choice.hovered = hit
            self.remove_picked()
        elif button in _MARK_BUTTONS and self._stroke is None and self._rendered is not None:
            point = self._viewport.to_source((at.x(), at.y()))
            takes_away = button == Qt.MouseButton.RightButton
            if self._viewport.contains(point):
                self._begin_stroke(point, button, takes_away=takes_away, erases=erases)

    def _move(self, at: QPointF) -> None:
        self._cursor_at = at
        if self._stroke is not None:
            self._extend_stroke(self._viewport.to_source((at.x(), at.y())))
        else:
            self._hover(self._sheet.marker_at(at))
        self._refresh()

    def _release(self, button: Qt.MouseButton) -> None:
        if self._stroke is not None and button == self._stroke_button:
            self._finish_stroke()

    def _hover(self, marker: int | None) -> None:
        if marker != self._choice.hovered:
            self._choice.hovered = marker
            tip = self.tr("Delete or Shift-click removes this mark.")
            self.setToolTip(tip if marker is not None else "")
            self.drag_ended()

    # --- strokes ------------------------------------------------------------------------------

    def _begin_stroke(
        self, point: XY, button: Qt.MouseButton, *, takes_away: bool, erases: bool = False
    ) -> None:
        slip, point = _SLIP / self._viewport.scale, self._viewport.clamped(point)
        self._stroke = self._tools.begin(
            point, takes_away=takes_away, erases=erases, slip=slip, pressure=self._pressure
        )
        self._stroke_button = button
        self.stand_still()
        self.marking_started.emit()
        if self._stroke.tool is Tool.CLICK:  # a click is finished when the button goes down
            self._finish_stroke()
        self._refresh()

    def _extend_stroke(self, point: XY) -> None:
        assert self._stroke is not None
        step = min(1.0, 1.5 / self._viewport.scale)  # fine work is done zoomed in
        point = self._viewport.clamped(point)
        self._stroke = self._stroke.extended(point, step, self._pressure)

    def _finish_stroke(self) -> None:
        stroke, self._stroke = self._stroke, None
        if stroke is not None:
            self.prompted.emit(stroke.prompt())
        self.go_on()
        self._refresh()

    # --- keyboard, cursor ---------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the crosshair."""
        step = arrow_step(event)
        if step is None or self._rendered is None:
            super().keyPressEvent(event)
        else:
            self._move_crosshair(*step)

    def drag_ended(self) -> None:
        """See :class:`PictureView`."""
        shape = Qt.CursorShape.CrossCursor
        if self._choice.hovered is not None:
            shape = Qt.CursorShape.PointingHandCursor
        elif self._tools.tool.has_size:
            shape = Qt.CursorShape.BlankCursor
        self.setCursor(shape)

    def _move_crosshair(self, dx: float, dy: float) -> None:
        height, width = self._rendered.segmented.frame.image.shape[:2] if self._rendered else (0, 0)
        start = self._crosshair or (width // 2, height // 2)
        self._crosshair = self._viewport.moved(start, dx, dy)
        if self._stroke is not None and self._stroke_button == Qt.MouseButton.NoButton:
            self._extend_stroke(self._crosshair)
        self._refresh()

    def _tool_changed(self) -> None:
        if self._stroke_button == Qt.MouseButton.NoButton:
            self._stroke = None  # one begun by keyboard has no button that would end it
            self.go_on()
        self.drag_ended()
        self._refresh()
