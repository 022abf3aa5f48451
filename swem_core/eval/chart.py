"""Line charts as PNG files, drawn with Pillow alone."""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image as Pictures
from PIL import ImageDraw, ImageFont

from swem_core.eval.outputs import write_output

# Okabe and Ito's palette, which the colour-blind can tell apart
_COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#F0E442")
_INK, _GRID = "#202020", "#DADADA"
_WIDTH, _AXES_HEIGHT = 760, 430
_LEFT, _TOP, _RIGHT, _BOTTOM = 72, 56, 730, 362  # of the axes' rectangle, pixels
_ROW = 24  # of the legend
_MOST_TICKS = 8


@dataclass(frozen=True, slots=True)
class Line:
    """Points ``(x, y)`` in order of x. ``dots``: also mark every point."""

    label: str
    points: tuple[tuple[float, float], ...]
    dots: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """One pair of axes. ``y_range``: None: from 0 to slightly above the largest value."""

    title: str
    x_label: str
    y_label: str
    lines: tuple[Line, ...]
    y_range: tuple[float, float] | None = None


def save_panels(path: Path, panels: Sequence[Panel], columns: int = 2) -> None:
    """Write at least one panel as a PNG, ``columns`` per row. Raises OutputError."""
    pictures = [_drawn(panel) for panel in panels]
    across = min(columns, len(pictures))
    height = max(picture.height for picture in pictures)
    rows = math.ceil(len(pictures) / across)
    sheet = Pictures.new("RGB", (_WIDTH * across, height * rows), "white")
    for index, picture in enumerate(pictures):
        sheet.paste(picture, (_WIDTH * (index % across), height * (index // across)))
    encoded = io.BytesIO()
    sheet.save(encoded, "PNG")
    write_output(path, encoded.getvalue())


class _Scale:
    """A linear scale from values to pixels, with ticks at round numbers."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        high = high if high > low else low + 1
        self._low, self._high, self._start, self._end = low, high, start, end
        rough = (high - low) / _MOST_TICKS
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(power * m for m in (1, 2, 5, 10) if power * m >= rough * 0.999)
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        self.ticks = [round(number * step, 10) for number in range(first, last + 1)]

    def __call__(self, value: float) -> float:
        share = (value - self._low) / (self._high - self._low)
        return self._start + (self._end - self._start) * share


def _drawn(panel: Panel) -> Pictures.Image:
    rows = _legend_rows(panel.lines)
    picture = Pictures.new("RGB", (_WIDTH, _AXES_HEIGHT + _ROW * len(rows)), "white")
    draw = ImageDraw.Draw(picture)
    xs = [x for line in panel.lines for x, _ in line.points] or [0.0]
    ys = [y for line in panel.lines for _, y in line.points] or [0.0]
    low, high = panel.y_range or (0.0, 1.08 * max(ys))
    x_scale = _Scale(min(xs), max(xs), _LEFT + 16, _RIGHT - 16)
    y_scale = _Scale(low, high, _BOTTOM, _TOP)
    _axes(draw, panel, x_scale, y_scale)
    for index, line in enumerate(panel.lines):
        color = _COLORS[index % len(_COLORS)]
        places = [(x_scale(x), y_scale(y)) for x, y in line.points]
        if len(places) > 1:
            draw.line(places, color, 3, joint="curve")
        if line.dots or len(places) == 1:
            for x, y in places:
                draw.ellipse((x - 4, y - 4, x + 4, y + 4), color)
    _legend(draw, rows)
    return picture


def _axes(draw: ImageDraw.ImageDraw, panel: Panel, x_scale: _Scale, y_scale: _Scale) -> None:
    for value in y_scale.ticks:
        y = y_scale(value)
        draw.line((_LEFT, y, _RIGHT, y), _GRID)
        draw.text((_LEFT - 8, y), f"{value:g}", _INK, _font(14), "rm")
    for value in x_scale.ticks:
        x = x_scale(value)
        draw.line((x, _BOTTOM, x, _BOTTOM + 5), _INK)
        draw.text((x, _BOTTOM + 9), f"{value:g}", _INK, _font(14), "mt")
    draw.line((_LEFT, _TOP, _LEFT, _BOTTOM, _RIGHT, _BOTTOM), _INK, 2)
    draw.text(((_LEFT + _RIGHT) / 2, 20), panel.title, _INK, _font(18), "mm")
    draw.text(((_LEFT + _RIGHT) / 2, _BOTTOM + 46), panel.x_label, _INK, _font(15), "mm")
    draw.text((12, _TOP - 10), panel.y_label, _INK, _font(15), "ls")


def _legend_rows(lines: Sequence[Line]) -> list[list[tuple[float, int, str]]]:
    """(x, index of the line, label) of the legend's entries, row by row."""
    if len(lines) < 2:
        return []
    rows: list[list[tuple[float, int, str]]] = [[]]
    x = float(_LEFT)
    for index, line in enumerate(lines):
        width = 56 + _font(14).getlength(line.label)
        if rows[-1] and x + width > _WIDTH:
            rows.append([])
            x = _LEFT
        rows[-1].append((x, index, line.label))
        x += width
    return rows


def _legend(draw: ImageDraw.ImageDraw, rows: Sequence[Sequence[tuple[float, int, str]]]) -> None:
    for number, row in enumerate(rows):
        y = _AXES_HEIGHT + _ROW * number + 2
        for x, index, label in row:
            draw.line((x, y, x + 24, y), _COLORS[index % len(_COLORS)], 4)
            draw.text((x + 32, y), label, _INK, _font(14), "lm")


def _font(size: int) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    return ImageFont.load_default(size)
