"""What the mouse means: tools, strokes under way, and the prompts they become."""

from dataclasses import dataclass, replace
from enum import Enum

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QInputDevice, QTabletEvent

from app.ui.picture.viewport import XY
from swem_core.segment.prompts import Box, Brush, Click, Lasso, Prompt, Scribble

MIN_RADIUS, MAX_RADIUS, DEFAULT_RADIUS = 1.0, 200.0, 14.0
_RADIUS_STEP = 1.15
_THINNEST = 0.1  # share of the brush size at no pressure


class Tool(Enum):
    """How an object is marked."""

    CLICK = "click"
    BOX = "box"
    LASSO = "lasso"
    SCRIBBLE = "scribble"
    BRUSH = "brush"
    ERASER = "eraser"

    @property
    def has_size(self) -> bool:
        """Whether it paints with a brush of adjustable size."""
        return self in (Tool.BRUSH, Tool.ERASER)

    @property
    def surrounds(self) -> bool:
        """Whether it draws around the object rather than on it."""
        return self in (Tool.BOX, Tool.LASSO)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A stroke while the button is down. ``points`` and ``radius`` in source pixels.

    ``pressures``: of a pen, in 0..1, one per point; empty for what feels none.
    ``slip``: source pixels up to which a box or lasso is taken for a shaky click.
    """

    tool: Tool
    positive: bool
    radius: float
    points: tuple[XY, ...]
    slip: float = 2.0
    pressures: tuple[float, ...] = ()

    def extended(self, point: XY, min_step: float, pressure: float | None = None) -> "Stroke":
        """With one more point, unless it is nearer than ``min_step`` to the last one."""
        x, y = self.points[-1]
        if max(abs(point[0] - x), abs(point[1] - y)) < min_step:
            return self
        kept = self.points[:1] if self.tool is Tool.BOX else self.points
        felt = self.pressures
        if felt:  # a pen does not lose its sense on the way
            felt = (*felt, felt[-1] if pressure is None else pressure)
        return replace(self, points=(*kept, point), pressures=felt)

    @property
    def width_share(self) -> float:
        """Of the brush's size, as the pen is pressed now."""
        return _share(self.pressures[-1]) if self.pressures else 1.0

    def prompt(self) -> Prompt:
        """What it says about the object."""
        match self.tool:
            case Tool.SCRIBBLE:
                return Scribble(self.points, self.positive)
            case Tool.BRUSH | Tool.ERASER:
                shares = tuple(_share(pressure) for pressure in self.pressures)
                return Brush(self.points, self.radius, self.positive, shares)
            case Tool.BOX if self._extent > self.slip:
                xs, ys = zip(*self.points, strict=True)
                return Box(min(xs), min(ys), max(xs), max(ys), self.positive)
            case Tool.LASSO if self._extent > self.slip and len(self.points) > 2:
                return Lasso(self.points, self.positive)
        return Click(*self.points[0], positive=self.positive)

    @property
    def _extent(self) -> float:
        """The shorter side of what it spans: a line surrounds nothing."""
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return min(max(xs) - min(xs), max(ys) - min(ys))


class ToolBox(QObject):
    """The tool in hand and the brush size. Lives in the GUI thread."""

    changed = Signal()

    def __init__(self, radius: float = DEFAULT_RADIUS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tool = Tool.CLICK
        self._radius = radius

    @property
    def tool(self) -> Tool:
        """The tool in hand."""
        return self._tool

    @property
    def radius(self) -> float:
        """Brush radius in source pixels."""
        return self._radius

    def select(self, tool: Tool) -> None:
        """Take ``tool`` in hand."""
        self._tool = tool
        self.changed.emit()

    def resize(self, steps: float) -> None:
        """A larger (positive ``steps``) or smaller brush."""
        wanted = self._radius * _RADIUS_STEP**steps
        self._radius = min(max(wanted, MIN_RADIUS), MAX_RADIUS)
        self.changed.emit()

    def begin(
        self, point: XY, *, takes_away: bool, erases: bool, slip: float, pressure: float | None
    ) -> Stroke:
        """A stroke that starts here. ``takes_away``: with the button for that. ``erases``: with a
        pen's other end, which rubs out with a brush, too. ``slip``: see :class:`Stroke`.
        ``pressure``: of a pen, 0..1; None for what feels none."""
        tool = Tool.ERASER if erases and self._tool.has_size else self._tool
        adds = not (takes_away or erases or tool is Tool.ERASER)
        felt = () if pressure is None or not tool.has_size else (pressure,)
        return Stroke(tool, adds, self._radius, (point,), slip, felt)


def _share(pressure: float) -> float:
    """Of the brush's size: a pen that only just touches still draws."""
    return _THINNEST + (1 - _THINNEST) * min(max(pressure, 0.0), 1.0)


def pressure_of(event: QTabletEvent) -> float | None:
    """How hard a pen is pressed, 0..1; None if it does not feel that."""
    feels = event.pointingDevice().hasCapability(QInputDevice.Capability.Pressure)
    return event.pressure() if feels else None
