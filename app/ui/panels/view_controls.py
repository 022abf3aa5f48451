"""Controls for the parameters of the view. Each shows and changes its own part of the style."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QFileDialog, QVBoxLayout, QWidget

from app.pipeline.backdrop_file import load_backdrop
from app.pipeline.effects.table import Control
from app.pipeline.style import Backdrop, Edge, ViewStyle
from app.ui.session.bridge import Background
from app.ui.state.looks import MAX_OUTLINE, Looks
from app.ui.widgets.controls import Button, LabelledSlider, flat_row, muted

MAX_GROW, MAX_FEATHER = 20, 20
_tr = QCoreApplication.translate


class StyleSlider(LabelledSlider):
    """A slider for one number of the style.

    ``read`` takes the number out of a style, ``write`` puts it into a copy.
    """

    def __init__(
        self,
        looks: Looks,
        name: str,
        limits: tuple[int, int],
        read: Callable[[ViewStyle], int],
        write: Callable[[ViewStyle, int], ViewStyle],
        show: Callable[[int], str],
    ) -> None:
        super().__init__(name, limits, read(looks.chosen), show)
        self.slider.valueChanged.connect(lambda value: looks.change(write(looks.chosen, value)))
        looks.changed.connect(lambda: self._follow(read(looks.chosen)))

    def _follow(self, value: int) -> None:
        if not self.slider.isSliderDown():
            self.slider.setValue(value)


class EdgeSliders(QWidget):
    """How the masks are finished."""

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for slider in (
            StyleSlider(
                looks, self.tr("Grow"), (-MAX_GROW, MAX_GROW), lambda style: style.edge.grow,
                lambda style, value: _with_edge(style, replace(style.edge, grow=value)), _signed,
            ),
            StyleSlider(
                looks, self.tr("Feather"), (0, MAX_FEATHER), lambda style: style.edge.feather,
                lambda style, value: _with_edge(style, replace(style.edge, feather=value)), _pixels,
            ),
            StyleSlider(
                looks, self.tr("Smooth"), (0, 90), lambda style: round(100 * style.edge.smooth),
                lambda style, value: _with_edge(style, replace(style.edge, smooth=value / 100)),
                _percent,
            ),
        ):  # fmt: skip
            column.addWidget(slider)


class ColorRow(QWidget):
    """The colour behind the objects."""

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self._looks = looks
        self._button = Button(self.tr("Colour…"))
        self._button.setProperty("compact", True)
        self._button.clicked.connect(self._ask)
        self._swatch = muted()
        self._swatch.setFixedHeight(24)
        row = flat_row(self)
        row.addWidget(self._swatch, 1)
        row.addWidget(self._button)
        looks.changed.connect(self._show)
        self._show()

    def _ask(self) -> None:
        dialog = QColorDialog(QColor(*self._looks.chosen.color), self)
        dialog.currentColorChanged.connect(self._take)
        dialog.open()

    def _take(self, color: QColor) -> None:
        rgb = color.red(), color.green(), color.blue()
        self._looks.change(replace(self._looks.chosen, color=rgb))

    def _show(self) -> None:
        name = QColor(*self._looks.chosen.color).name()
        self._swatch.setStyleSheet(f"background: {name}; border-radius: 4px;")


class BackdropRow(QWidget):
    """The picture behind the objects, read on a helper thread."""

    failed = Signal(str)

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self._looks = looks
        self._background = Background(self)
        self._name = muted()
        self._button = Button(self.tr("Picture…"))
        self._button.setProperty("compact", True)
        self._button.clicked.connect(self._ask)
        row = flat_row(self)
        row.addWidget(self._name, 1)
        row.addWidget(self._button)
        looks.changed.connect(self._show)
        self._show()

    def load(self, path: str) -> None:
        """Put this file behind the objects as soon as it is read."""
        self._background.run(
            lambda: load_backdrop(Path(path)),
            self._take,
            lambda error: self.failed.emit(str(error)),
            name="backdrop",
        )

    def _ask(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a picture"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Pictures (*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff)"))
        dialog.fileSelected.connect(self.load)
        dialog.open()

    def _take(self, backdrop: Backdrop) -> None:
        self._looks.change(replace(self._looks.chosen, backdrop=backdrop))

    def _show(self) -> None:
        backdrop = self._looks.chosen.backdrop
        self._name.setText(backdrop.name if backdrop else self.tr("No picture chosen"))


def sliders(looks: Looks) -> dict[Control, StyleSlider]:
    """The parameters that are one number each."""
    return {
        Control.OPACITY: StyleSlider(
            looks, _tr("ViewPanel", "Opacity"), (0, 100), lambda style: round(100 * style.opacity),
            lambda style, value: replace(style, opacity=value / 100), _percent,
        ),
        Control.OUTLINE: StyleSlider(
            looks, _tr("ViewPanel", "Outline"), (0, MAX_OUTLINE), lambda style: style.outline,
            lambda style, value: replace(style, outline=value), _pixels,
        ),
        Control.BLUR: StyleSlider(
            looks, _tr("ViewPanel", "Blur"), (3, 60), lambda style: round(1000 * style.blur),
            lambda style, value: replace(style, blur=value / 1000), _per_mille,
        ),
        Control.BLOCKS: StyleSlider(
            looks, _tr("ViewPanel", "Blocks"), (20, 120), lambda style: round(1000 * style.blocks),
            lambda style, value: replace(style, blocks=value / 1000), _per_mille,
        ),
    }  # fmt: skip


def _with_edge(style: ViewStyle, edge: Edge) -> ViewStyle:
    return replace(style, edge=edge)


def _percent(value: int) -> str:
    return f"{value} %"


def _per_mille(value: int) -> str:
    return f"{value / 10:g} %"


def _pixels(value: int) -> str:
    return f"{value} px" if value else _tr("ViewPanel", "none")


def _signed(value: int) -> str:
    return f"{value:+d} px" if value else _tr("ViewPanel", "none")
