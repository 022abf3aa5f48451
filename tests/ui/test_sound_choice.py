"""Choosing the sound of recordings."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from ui_fakes import FakeCamera, Workshop
from window_kit import WindowMaker, press, show

from app.pipeline.recording.plan import RecordingPlan
from app.pipeline.sound.base import Microphone, SourceSound
from app.pipeline.stats import Stats
from app.ui.panels.sound_choice import SoundChoice

DESK, HEADSET = Microphone("pulse:desk", "Desk"), Microphone("pulse:headset", "Headset")


def texts(box: SoundChoice) -> list[str]:
    return [box.itemText(row) for row in range(box.count())]


def test_a_microphone_is_listed_recorded_and_its_level_shown(
    make_window: WindowMaker, workshop: Workshop, qtbot: QtBot
) -> None:
    workshop.microphones = [FakeCamera(DESK.id, DESK.name)]
    window = make_window()
    window.open("camera")
    show(window, workshop.session, qtbot)
    panel = window.parts.record_panel
    box = panel.options.sound
    qtbot.waitUntil(lambda: texts(box) == ["None", "From the file", "Desk"])
    assert box.plan == SourceSound()
    box.setCurrentText("Desk")
    workshop.microphones.append(FakeCamera(HEADSET.id, HEADSET.name))
    box.showPopup()
    qtbot.waitUntil(lambda: texts(box)[2:] == ["Desk", "Headset"])
    box.hidePopup()
    assert box.plan == DESK
    assert not panel.meter.isVisible()
    press(window, Qt.Key.Key_R)
    plan = workshop.session.last("start_recording")[0]
    assert isinstance(plan, RecordingPlan) and plan.sound == DESK
    workshop.session.figures = Stats(sound_level=0.1)
    qtbot.waitUntil(panel.meter.isVisible)
    qtbot.waitUntil(lambda: panel.meter.value() == 67)  # -20 dB of 60
    press(window, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: not panel.meter.isVisible())


def test_a_microphone_is_remembered_even_while_it_is_unplugged(
    make_window: WindowMaker, workshop: Workshop, qtbot: QtBot
) -> None:
    workshop.microphones = [FakeCamera(DESK.id, DESK.name)]
    first = make_window()
    box = first.parts.record_panel.options.sound
    qtbot.waitUntil(lambda: box.count() == 3)
    box.choose(DESK)
    first.close()
    workshop.microphones = [FakeCamera(HEADSET.id, HEADSET.name)]
    again = make_window().parts.record_panel.options.sound
    assert again.plan == DESK
    qtbot.waitUntil(lambda: texts(again)[2:] == ["Headset", "Desk"])
    assert again.plan == DESK
