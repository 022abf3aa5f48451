"""Mean IoU against the number of clicks, as a picture."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image as Pictures
from PIL import ImageDraw, ImageFont

from swem_core.errors import DatasetError

_WIDTH, _HEIGHT = 960, 600
_LEFT, _TOP, _RIGHT, _BOTTOM = 84, 56, 930, 530  # of the axes' rectangle, pixels
# Okabe-Ito: told apart by the colour-blind, too
_COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
_INK, _GRID = "#202020", "#DADADA"


def plot_clicks(path: Path, curves: Mapping[str, Sequence[float]], title: str) -> None:
    """Write a PNG. ``curves``: label -> mean IoU (0..1) after 1, 2, ... clicks.

    Raises DatasetError if it cannot be written.
    """
    picture = Pictures.new("RGB", (_WIDTH, _HEIGHT), "white")
    draw = ImageDraw.Draw(picture)
    longest = max((len(curve) for curve in curves.values()), default=1)
    _axes(draw, longest, title)
    for index, (label, curve) in enumerate(curves.items()):
        color = _COLORS[index % len(_COLORS)]
        points = [(_x(n, longest), _y(iou)) for n, iou in enumerate(curve, start=1)]
        draw.line(points, color, 3, joint="curve")
        for x, y in points:
            draw.ellipse((x - 4, y - 4, x + 4, y + 4), color)
        row = _BOTTOM - 26 * (len(curves) - index) - 6
        draw.line((_RIGHT - 230, row + 9, _RIGHT - 200, row + 9), color, 4)
        draw.text((_RIGHT - 190, row + 9), label, _INK, _font(16), "lm")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        picture.save(path, "PNG")
    except OSError as error:
        raise DatasetError(f"The plot cannot be written to {path} ({error}).") from error


def _axes(draw: ImageDraw.ImageDraw, longest: int, title: str) -> None:
    for tenth in range(0, 11):
        y = _y(tenth / 10)
        draw.line((_LEFT, y, _RIGHT, y), _GRID)
        if tenth % 2 == 0:
            draw.text((_LEFT - 10, y), f"{tenth / 10:.1f}", _INK, _font(16), "rm")
    for clicks in range(1, longest + 1):
        x = _x(clicks, longest)
        draw.line((x, _BOTTOM, x, _BOTTOM + 6), _INK)
        draw.text((x, _BOTTOM + 10), str(clicks), _INK, _font(16), "mt")
    draw.line((_LEFT, _TOP, _LEFT, _BOTTOM, _RIGHT, _BOTTOM), _INK, 2)
    draw.text(((_LEFT + _RIGHT) / 2, _TOP - 20), title, _INK, _font(20), "ms")
    draw.text(((_LEFT + _RIGHT) / 2, _BOTTOM + 56), "clicks", _INK, _font(18), "ms")
    draw.text((18, _TOP - 20), "mean IoU", _INK, _font(18), "ls")


def _x(clicks: int, longest: int) -> float:
    return _LEFT + 20 + (_RIGHT - _LEFT - 40) * (clicks - 1) / max(longest - 1, 1)


def _y(iou: float) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * iou


def _font(size: int) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    return ImageFont.load_default(size)
