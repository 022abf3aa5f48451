"""The view: which effect, and what can be adjusted about it."""

from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLabel, QWidget

from app.pipeline.effect import Effect
from app.pipeline.effects.table import EFFECTS, Control, spec_of
from app.pipeline.style import ViewStyle
from app.ui.actions.action_set import translated
from app.ui.panels.view_controls import BackdropRow, ColorRow, EdgeSliders, StyleSlider, sliders
from app.ui.state.looks import Looks
from app.ui.widgets.controls import IconButton, flat_row, muted
from app.ui.widgets.section import Section

_NOTE_WIDTH = 250
_EFFECT_WIDTH = 29  # all of them in one row


class ViewPanel(Section):
    """Icons for the effects, below them only the controls that matter for the chosen one."""

    chosen = Signal(object)
    """An ``Effect`` the person clicked."""
    failed = Signal(str)
    """Why a picture could not be loaded."""

    def __init__(self, looks: Looks) -> None:
        super().__init__(QCoreApplication.translate("ViewPanel", "View"), key="view")
        self.compare = IconButton("compare", self.tr("Compare with the original"))
        self.side_by_side = IconButton(
            "side-by-side", self.tr("Side by side"), checked_icon="side-by-side"
        )
        self.mirror = IconButton("mirror", self.tr("Mirror"), checked_icon="mirror")
        self.turn = IconButton("turn", self.tr("Turn by 90°"))
        self.hide_button = IconButton("eye", self.tr("Hide overlay"), checked_icon="eye-off")
        for button in (self.compare, self.side_by_side, self.mirror, self.turn, self.hide_button):
            self.header.addWidget(button)
        self.effect_buttons = self._add_effects()
        self._name = QLabel()
        self._note = muted()
        self._note.setWordWrap(True)
        self.body.addWidget(self._name)
        self.body.addWidget(self._note)
        self._controls = self._add_controls(looks)
        self.show_style(looks.chosen, is_hidden=False)

    def show_style(self, style: ViewStyle, *, is_hidden: bool) -> None:
        """Bring everything into line with ``style``."""
        spec = spec_of(style.effect)
        for effect, button in self.effect_buttons.items():
            button.setChecked(effect is style.effect)
        self._name.setText(translated(spec.title))
        self._note.setVisible(bool(spec.note))
        if spec.note:
            self._note.setText(translated(spec.note))
            self._note.setFixedHeight(self._note.heightForWidth(_NOTE_WIDTH))  # or it is cut off
        for control, widget in self._controls.items():
            widget.setVisible(control in spec.controls)
        self.hide_button.setChecked(is_hidden)
        self.mirror.setChecked(style.mirrored)
        self.side_by_side.setChecked(style.side_by_side and not style.private)
        for button in (self.compare, self.side_by_side, self.hide_button):
            button.setEnabled(not style.private)

    def _add_effects(self) -> dict[Effect, IconButton]:
        row = flat_row(spacing=0)
        buttons = {}
        for spec in EFFECTS:
            button = IconButton(spec.icon, translated(spec.title), checked_icon=spec.icon)
            button.setFixedWidth(_EFFECT_WIDTH)
            button.clicked.connect(partial(self._choose, spec.effect))
            row.addWidget(button)
            buttons[spec.effect] = button
        self.body.addLayout(row)
        return buttons

    def _choose(self, effect: Effect, checked: bool = True) -> None:
        del checked
        self.chosen.emit(effect)

    def _add_controls(self, looks: Looks) -> dict[Control, QWidget]:
        made: dict[Control, StyleSlider] = sliders(looks)
        self.opacity, self.outline = made[Control.OPACITY], made[Control.OUTLINE]
        self.backdrop = backdrop = BackdropRow(looks)
        backdrop.failed.connect(self.failed)
        controls: dict[Control, QWidget] = {
            **made,
            Control.COLOR: ColorRow(looks),
            Control.BACKDROP: backdrop,
            Control.EDGE: EdgeSliders(looks),
        }
        for widget in controls.values():
            self.body.addWidget(widget)
        return controls
