"""Which sound a recording gets: none, that of the file, or a microphone's."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from app.pipeline.sound.base import Microphone, SoundPlan, SourceSound
from app.ui.session.bridge import Background
from app.ui.session.interfaces import DeviceLike, ListDevices
from app.ui.state.window_settings import WindowSettings

_NONE: Final = "none"
_SOURCE: Final = "source"


class SoundChoice(QComboBox):
    """Lists the microphones when it is made and whenever it opens, on a helper thread.

    ``chosen``: what was chosen last time; a microphone that is not there now stays in the list.
    Lives in the GUI thread.
    """

    def __init__(self, chosen: SoundPlan | None, list_microphones: ListDevices) -> None:
        super().__init__()
        self._list = list_microphones
        self._background = Background(self)
        self._is_looking = False
        self.setAccessibleName(self.tr("Sound of recordings"))
        self.setToolTip(self.tr("Sound of recordings, in sync with the picture"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.addItem(self.tr("None"), None)
        self.addItem(self.tr("From the file"), SourceSound())
        self._fixed = self.count()
        if isinstance(chosen, Microphone):
            self.addItem(chosen.name, chosen)
        self.choose(chosen)
        self.look()

    @property
    def plan(self) -> SoundPlan | None:
        """What is chosen now."""
        plan: SoundPlan | None = self.currentData()
        return plan

    def choose(self, plan: SoundPlan | None) -> None:
        """Choose one of the list."""
        plans = [self.itemData(row) for row in range(self.count())]
        self.setCurrentIndex(plans.index(plan) if plan in plans else 0)

    def look(self) -> None:
        """Ask the system for microphones; the list changes when it has answered."""
        if not self._is_looking:
            self._is_looking = True
            self._background.run(self._list, self._found, self._not_found, "microphones")

    def showPopup(self) -> None:
        """Look what was plugged in meanwhile."""
        self.look()
        super().showPopup()

    def _found(self, devices: Sequence[DeviceLike]) -> None:
        self._is_looking = False
        chosen = self.plan
        found = [Microphone(each.id, each.name) for each in devices]
        if isinstance(chosen, Microphone) and chosen not in found:
            found.append(chosen)
        listed = [self.itemData(row) for row in range(self._fixed, self.count())]
        if found == listed:
            return
        while self.count() > self._fixed:
            self.removeItem(self._fixed)
        for microphone in found:
            self.addItem(microphone.name, microphone)
        self.choose(chosen)

    def _not_found(self, error: Exception) -> None:
        del error  # the list stays as it is
        self._is_looking = False


def stored_sound(window_settings: WindowSettings) -> SoundPlan | None:
    """What was chosen when the program ended last; the sound of files at first."""
    kind = window_settings.text("record/sound_from", "")
    if not kind:  # as earlier versions kept it
        kind = _SOURCE if window_settings.flag("record/sound", default=True) else _NONE
    name = window_settings.text("record/microphone", "")
    if kind in (_NONE, _SOURCE) or not name:
        return SourceSound() if kind == _SOURCE else None
    return Microphone(kind, name)


def sound_to_store(plan: SoundPlan | None) -> dict[str, object]:
    """What ``WindowSettings.store`` takes."""
    if isinstance(plan, Microphone):
        return {"record__sound_from": plan.id, "record__microphone": plan.name}
    return {"record__sound_from": _NONE if plan is None else _SOURCE}
