"""Icons drawn as one-colour SVG files, tinted to whatever colour is needed."""

from functools import cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

_OVER_PICTURE = "#eef0f3"
_SIZES = (16, 20, 24, 32, 48, 64, 96)


def icon(name: str, *, accent: bool = False, quiet: bool = False) -> QIcon:
    """The icon in the palette's text colour, or for a button in the accent colour.

    ``quiet``: for a button that is only tinted, not filled, while it is checked.
    """
    palette = QGuiApplication.palette()
    role = QPalette.ColorRole.HighlightedText if accent else QPalette.ColorRole.ButtonText
    faint = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
    on_role = QPalette.ColorRole.Link if quiet else QPalette.ColorRole.HighlightedText
    checked = palette.color(on_role)
    return tinted(name, palette.color(role).name(), faint.name(), checked.name())


def icon_over_picture(name: str) -> QIcon:
    """The icon for what lies over the picture, which is dark in every theme."""
    return tinted(name, _OVER_PICTURE, _OVER_PICTURE, _OVER_PICTURE)


@cache
def tinted(name: str, normal: str, disabled: str, checked: str) -> QIcon:
    """``name`` is a file of assets/icons without its suffix; colours are like ``#rrggbb``."""
    made = QIcon()
    svg = _svg(name)
    for size in _SIZES:
        made.addPixmap(_draw(svg, normal, size), QIcon.Mode.Normal, QIcon.State.Off)
        made.addPixmap(_draw(svg, disabled, size), QIcon.Mode.Disabled, QIcon.State.Off)
        made.addPixmap(_draw(svg, checked, size), QIcon.Mode.Normal, QIcon.State.On)
        made.addPixmap(_draw(svg, disabled, size), QIcon.Mode.Disabled, QIcon.State.On)
    return made


def pixmap(name: str, color: QColor, size: int) -> QPixmap:
    """One picture of an icon, ``size`` pixels wide and high."""
    return _draw(_svg(name), color.name(), size)


@cache
def _svg(name: str) -> str:
    return files("assets").joinpath("icons", f"{name}.svg").read_text(encoding="utf-8")


def _draw(svg: str, color: str, size: int) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", color).encode()))
    drawn = QPixmap(size, size)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return drawn
