"""What the mouse means: tools, strokes under way, and the prompts they become."""

from dataclasses import dataclass, replace
from enum import Enum

from PySide6.QtCore import QObject, Signal

from app.ui.viewport import XY
from swem_core.segment.prompts import Brush, Click, Prompt, Scribble

MIN_RADIUS, MAX_RADIUS, DEFAULT_RADIUS = 1.0, 200.0, 14.0
_RADIUS_STEP = 1.15


class Tool(Enum):
    """How an object is marked."""

    CLICK = "click"
    SCRIBBLE = "scribble"
    BRUSH = "brush"
    ERASER = "eraser"

    @property
    def has_size(self) -> bool:
        """Whether it paints with a brush of adjustable size."""
        return self in (Tool.BRUSH, Tool.ERASER)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A stroke while the button is down. ``points`` and ``radius`` in source pixels."""

    tool: Tool
    positive: bool
    radius: float
    points: tuple[XY, ...]

    def extended(self, point: XY, min_step: float) -> "Stroke":
        """With one more point, unless it is nearer than ``min_step`` to the last one."""
        x, y = self.points[-1]
        if max(abs(point[0] - x), abs(point[1] - y)) < min_step:
            return self
        return replace(self, points=(*self.points, point))

    def prompt(self) -> Prompt:
        """What it says about the object."""
        if self.tool is Tool.CLICK:
            return Click(*self.points[0], positive=self.positive)
        if self.tool is Tool.SCRIBBLE:
            return Scribble(self.points, self.positive)
        return Brush(self.points, self.radius, add=self.positive)


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

    def begin(self, point: XY, *, secondary: bool) -> Stroke:
        """A stroke that starts here; ``secondary``: with the button that takes away."""
        adds = not secondary and self._tool is not Tool.ERASER
        return Stroke(self._tool, adds, self._radius, (point,))
