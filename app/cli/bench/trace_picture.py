"""Draws a stretch of a timeline: one lane per thread, one box per span."""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from app.pipeline.trace import Span

_WIDTH, _LANE, _BAR, _LEFT, _TOP, _RIGHT = 1500, 92, 34, 130, 44, 24
_PAPER, _INK, _GRID = "#ffffff", "#22262c", "#dfe3e8"
_COLOURS = (
    *("#4e79a7", "#f28e2b", "#59a14f", "#e15759", "#76b7b2", "#b07aa1"),
    *("#d7a520", "#9c755f", "#d37295", "#499894", "#6b8e23", "#79706e", "#2f6f4f", "#7a5195"),
)
_STEP_MS = 10


def draw(spans: Sequence[Span], path: Path) -> None:
    """Write a PNG of all ``spans``, at least one; stages are drawn below what they are part of."""
    begin, end = min(s.begin_ns for s in spans), max(s.end_ns for s in spans)
    lanes = {name: lane for lane, name in enumerate(dict.fromkeys(s.thread for s in spans))}
    names = list(dict.fromkeys(s.name for s in spans))
    picture = Image.new("RGB", (_WIDTH, _TOP + _LANE * len(lanes) + 12), _PAPER)
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(15)
    scale = (_WIDTH - _LEFT - _RIGHT) / max(1, end - begin)
    _draw_grid(pen, font, begin, end, scale, picture.height)
    for thread, lane in lanes.items():
        top = _TOP + lane * _LANE
        pen.text((12, top + _BAR / 2 - 8), thread, _INK, font)
        pen.line((0, top - 8, _WIDTH, top - 8), _GRID)
    for span in spans:
        left = _LEFT + (span.begin_ns - begin) * scale
        right = max(left + 2, _LEFT + (span.end_ns - begin) * scale)
        top = _TOP + lanes[span.thread] * _LANE + span.depth * (_BAR + 4)
        colour = _COLOURS[names.index(span.name) % len(_COLOURS)]
        pen.rectangle((left, top, max(left, right - 2), top + _BAR), colour)  # rounding
        text = _fitting(span, right - left - 8, font)
        pen.text((left + 4, top + _BAR / 2 - 9), text, _PAPER, font)
    picture.quantize(64).save(path, optimize=True)


def _draw_grid(
    pen: ImageDraw.ImageDraw,
    font: ImageFont.ImageFont | ImageFont.FreeTypeFont,
    begin: int,
    end: int,
    scale: float,
    height: int,
) -> None:
    for milliseconds in range(0, int((end - begin) / 1e6) + 1, _STEP_MS):
        x = _LEFT + milliseconds * 1e6 * scale
        pen.line((x, 26, x, height), _GRID)
        pen.text((x - 6, 6), f"{milliseconds}", _INK, font)
    pen.text((12, 6), "milliseconds", _INK, font)


def _fitting(span: Span, width: float, font: ImageFont.ImageFont | ImageFont.FreeTypeFont) -> str:
    """The span's name with its duration, or as much of it as fits."""
    spent = f"{(span.end_ns - span.begin_ns) / 1e6:.1f}"
    for text in (f"{span.name} {spent}", span.name, spent):
        if font.getlength(text) <= width:
            return text
    return ""
