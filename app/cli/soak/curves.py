"""Draws the curves of a long run, one below the other, each from zero."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from app.cli.soak.rows import SoakRow
from app.cli.soak.slopes import level_text, warm_up
from swem_core.eval.outputs import write_output

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _GAP = 1000, 150, 70, 24, 34, 30
_PAPER, _INK, _QUIET, _GRID, _WARMING = "#ffffff", "#22262c", "#6b7280", "#dfe3e8", "#f1f3f5"
_COLOURS = ("#4e79a7", "#e15759", "#59a14f", "#b07aa1", "#f28e2b")


def draw(rows: Sequence[SoakRow], path: Path) -> None:
    """Write a PNG: memory, time per frame, open files, threads; grey while it warms up.

    Raises OutputError if it cannot be written.
    """
    used = [row.used_mib for row in rows if row.used_mib is not None]
    curves = (
        (f"resident memory, MiB ({level_text(rows)})", [row.memory_mib for row in rows]),
        *([("memory in use, MiB", used)] if len(used) == len(rows) else []),
        ("engine, milliseconds per frame", [row.step_ms for row in rows]),
        ("open files", [float(row.files) for row in rows]),
        ("threads", [float(row.threads) for row in rows]),
    )
    picture = Image.new("RGB", (_WIDTH, len(curves) * (_TOP + _HEIGHT) + _GAP), _PAPER)
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(15)
    minutes = [row.minutes for row in rows]
    for number, ((title, values), colour) in enumerate(zip(curves, _COLOURS, strict=False)):
        top = number * (_TOP + _HEIGHT) + _TOP
        _shade(pen, top, minutes, warm_up(rows) or 0)
        pen.text((_LEFT, top - 24), title, _INK, font)
        _draw_curve(pen, font, top, minutes, values, colour)
    bottom = picture.height - _GAP + 6
    pen.text((_LEFT, bottom), "0", _QUIET, font)
    end = f"{minutes[-1]:.3g} minutes"
    pen.text((_WIDTH - _RIGHT - pen.textlength(end, font), bottom), end, _QUIET, font)
    data = BytesIO()
    picture.save(data, "PNG", optimize=True)
    write_output(path, data.getvalue())


def _shade(pen: ImageDraw.ImageDraw, top: int, minutes: Sequence[float], rows: int) -> None:
    if rows:
        end = _LEFT + (_WIDTH - _RIGHT - _LEFT) * minutes[rows - 1] / minutes[-1]
        pen.rectangle((_LEFT, top, end, top + _HEIGHT - 12), _WARMING)


def _draw_curve(
    pen: ImageDraw.ImageDraw,
    font: ImageFont.ImageFont | ImageFont.FreeTypeFont,
    top: int,
    minutes: Sequence[float],
    values: Sequence[float],
    colour: str,
) -> None:
    highest = max(*values, 1e-9)
    bottom, room = top + _HEIGHT - 12, _HEIGHT - 24
    for share, text in ((0.0, "0"), (1.0, f"{highest:.4g}")):
        y = bottom - share * room
        pen.line((_LEFT, y, _WIDTH - _RIGHT, y), _GRID)
        pen.text((_LEFT - 10 - pen.textlength(text, font), y - 9), text, _QUIET, font)
    across = (_WIDTH - _LEFT - _RIGHT) / minutes[-1]
    points = [
        (_LEFT + minute * across, bottom - value / highest * room)
        for minute, value in zip(minutes, values, strict=True)
    ]
    pen.line(points, colour, 3)
