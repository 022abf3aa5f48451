"""The dialog of the virtual camera: what is missing is said, the switch works, it stays on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from ui_fakes import FakeSession, Workshop
from window_kit import WindowMaker, banners, press, show

from app.pipeline.events import StageFailed
from app.pipeline.outlets.virtual_camera import VirtualCameraPlan
from app.pipeline.outlets.virtual_camera_check import CameraCheck
from app.ui.dialogs.virtual_camera import VirtualCameraDialog
from app.ui.window.main_window import MainWindow


def texts(dialog: VirtualCameraDialog) -> list[str]:
    rows = (dialog.findings.itemAt(row).widget() for row in range(dialog.findings.count()))
    return [label.text() for label in rows if isinstance(label, QLabel)]


def test_what_is_missing_is_said_until_it_is_there(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    dialog = window.dialogs.virtual_camera
    answers = [
        (CameraCheck("pyvirtualcam", True), CameraCheck("v4l2loopback", False, "Install it.")),
        (CameraCheck("pyvirtualcam", True), CameraCheck("v4l2loopback", True)),
    ]
    dialog._check = lambda: answers.pop(0)
    press(window, Qt.Key.Key_V, shift=True)
    qtbot.waitUntil(lambda: texts(dialog)[1:] == ["✗  v4l2loopback", "Install it."])
    assert not dialog.switch.isEnabled()
    dialog.again.click()
    qtbot.waitUntil(dialog.switch.isEnabled)
    assert texts(dialog) == ["✓  pyvirtualcam", "✓  v4l2loopback"]
    dialog.size_box.setCurrentIndex(1)
    dialog.switch.click()
    assert session.last("set_virtual_camera") == (VirtualCameraPlan((1080, 1920)),)
    dialog.switch.click()
    assert session.last("set_virtual_camera") == (None,)


def test_it_stays_on_with_another_source_and_is_off_after_an_error(
    make_window: WindowMaker, workshop: Workshop, qtbot: QtBot
) -> None:
    window = make_window()
    plan = VirtualCameraPlan()
    window.dialogs.virtual_camera.begin(plan)  # as the command line does
    for name in ("first", "second"):
        window.open(name)
        qtbot.waitUntil(lambda n=name: workshop.sessions and n in window.windowTitle())  # type: ignore
        show(window, workshop.session, qtbot)
        assert workshop.session.last("set_virtual_camera") == (plan,)
    workshop.session.emit(StageFailed("virtual camera", "No device was found."))
    qtbot.waitUntil(lambda: banners(window) == ["No device was found."])
    assert not window.dialogs.virtual_camera.is_on
