"""How the overlay is drawn: opacity and outline."""

from PySide6.QtCore import QCoreApplication

from app.ui.looks import MAX_OUTLINE, Looks
from app.ui.widgets import IconButton, LabelledSlider, Section


class ViewPanel(Section):
    """Sliders for the overlay's looks, and the switch that hides it."""

    def __init__(self, looks: Looks) -> None:
        super().__init__(QCoreApplication.translate("ViewPanel", "Overlay"))
        style = looks.chosen
        self.hide_button = IconButton(
            "eye", self.tr("Show or hide the overlay (H)"), checked_icon="eye-off"
        )
        self.header.addWidget(self.hide_button)
        self.opacity = LabelledSlider(
            self.tr("Opacity"), (0, 100), round(style.opacity * 100), lambda value: f"{value} %"
        )
        self.outline = LabelledSlider(
            self.tr("Outline"), (0, MAX_OUTLINE), style.outline, self._outline_text
        )
        self.opacity.slider.valueChanged.connect(lambda value: looks.set_opacity(value / 100))
        self.outline.slider.valueChanged.connect(looks.set_outline)
        self.body.addWidget(self.opacity)
        self.body.addWidget(self.outline)

    def _outline_text(self, width: int) -> str:
        return f"{width} px" if width else self.tr("none")
