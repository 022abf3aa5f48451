"""Every text of the window can be translated, and German is complete."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QMenu,
    QWidget,
)
from pytestqt.qtbot import QtBot
from ui_fakes import FakeSession, Workshop
from window_kit import WindowMaker, press

import app
import app.pipeline.events as ev
from app.ui.text.figures import long_duration_text, size_text
from app.ui.text.language import language_of, speak
from app.ui.window.main_window import MainWindow
from swem_core.resources import asset

ROOT = Path(app.__file__).parents[1]
TS = asset("translations/swem-live_de.ts")
QM = TS.with_suffix(".qm")
UPDATE = (
    *("lupdate", "-tr-function-alias", "QT_TRANSLATE_NOOP+=N,translate+=_tr"),
    *("-locations", "none", "-no-obsolete"),
)
HOW = f"run: pyside6-{' '.join(UPDATE)} FILES -ts {TS.name}, translate, pyside6-lrelease {TS.name}"


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    speak(qapp, "de")
    yield
    speak(qapp, "en")


class Marked(QTranslator):
    """A language in which every text stands in brackets."""

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return f"⟦{text}⟧"

    def isEmpty(self) -> bool:
        return False


@pytest.fixture
def marked(qapp: QApplication) -> Iterator[None]:
    translator = Marked(qapp)
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def messages(path: Path = TS) -> dict[tuple[str, str], str | None]:
    """German by context and English; None where it is missing or unfinished."""
    found: dict[tuple[str, str], str | None] = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            text = message.find("translation")
            done = text is not None and text.get("type") is None
            found[name, message.findtext("source", "")] = (
                text.text if text is not None and done else None
            )
    return found


def tool(name: str, *arguments: object) -> None:
    command = [str(Path(sys.executable).with_name(f"pyside6-{name}")), *map(str, arguments)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)


def sources() -> list[Path]:
    wanted = re.compile(r"\btr\(|\btranslate\(|\bN\(|\b_tr\(")
    files = sorted((ROOT / "app").rglob("*.py"))
    return [path for path in files if wanted.search(path.read_text("utf-8"))]


def test_german_lacks_no_text_of_the_program(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh_de.ts"
    tool(*UPDATE, *sources(), "-ts", fresh)
    known = messages()
    assert len(known) > 400
    assert [key for key in messages(fresh) if known.get(key) is None] == [], HOW
    assert set(known) == set(messages(fresh)), HOW


def test_placeholders_and_spaces_agree() -> None:
    for (context, english), text in messages().items():
        assert text, (context, english)
        for pattern in (r"%\d", r"\n", r"^\s|\s$", r"\*[.\w)]+", r"…$"):
            assert sorted(re.findall(pattern, english)) == sorted(re.findall(pattern, text)), text
        if context != "Hud":  # whose parts of sentences end with ordinals
            ends = [re.search(r"[.?]$", each) is not None for each in (english, text)]
            assert ends[0] == ends[1] or "%1" in text, text


def test_german_addresses_nobody_as_du_and_has_its_own_signs() -> None:
    for text in messages().values():
        assert text and not re.search(r"\b([Dd]u|[Dd]ein\w*|[Dd]ich|[Dd]ir)\b", text), text
        assert not re.search(r"\w…|[“”][^„]*”|\bCtrl\b|\bShift\b|Eingabetaste", text), text


def test_what_is_shipped_was_made_from_what_is_written(tmp_path: Path) -> None:
    tool("lrelease", TS, "-qm", tmp_path / "fresh.qm")
    assert (tmp_path / "fresh.qm").read_bytes() == QM.read_bytes(), HOW


@pytest.mark.parametrize(
    ("choice", "wanted", "spoken"),
    [
        ("system", ["de-AT", "de"], "de"),
        ("system", ["de_DE"], "de"),
        ("system", ["en-GB", "de"], "en"),
        ("system", ["pl-PL", "de-DE"], "de"),
        ("system", ["ja-JP"], "en"),
        ("system", [], "en"),
        ("en", ["de"], "en"),
        ("de", ["en"], "de"),
    ],
)
def test_the_system_is_followed_where_it_can_be(
    choice: str, wanted: list[str], spoken: str
) -> None:
    assert language_of(choice, wanted) == spoken


def test_figures_are_written_as_in_german(german: None) -> None:
    assert size_text(1_234_567) == "1,2 MB"
    assert long_duration_text(10 * 86400) == "10 Tage"


def test_a_window_in_german_and_back(
    german: None, qapp: QApplication, make_window: WindowMaker
) -> None:
    made = make_window()
    assert made.parts.source_panel.camera.text() == "Kamera"
    assert QCoreApplication.translate("QPlatformTheme", "Close") == "Schließen", "Qt's own too"
    speak(qapp, "en")
    assert made.tr("Tools") == "Tools" and QLocale().decimalPoint() == "."
    assert size_text(1_234_567) == "1.2 MB"


def busy(window: MainWindow, session: FakeSession, qtbot: QtBot) -> None:
    """As much of the window as there is."""
    session.emit(ev.EngineReady("lite", "CPU"))
    session.emit(ev.ObjectsChanged((1, 2)))
    qtbot.waitUntil(lambda: window.parts.objects_panel.ids == (1, 2))
    session.emit(ev.LostChanged(frozenset({1})))
    press(window, Qt.Key.Key_R)
    window.sync.poll()
    window.dialogs.preferences.show()
    window.dialogs.shortcuts.show()
    window.dialogs.help.show()


def texts(window: QWidget) -> Iterator[str]:
    """All that a person could read or hear."""
    for widget in (window, *window.findChildren(QWidget)):
        yield from (widget.toolTip(), widget.accessibleName())
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(row) for row in range(widget.count()))
        elif isinstance(widget, QMenu):
            yield widget.title()
        elif isinstance(widget, QDialog):
            yield widget.windowTitle()
    for action in window.findChildren(QAction):
        yield from (action.text(), action.toolTip(), action.statusTip(), action.iconText())


def own_words(text: str) -> str:
    """Without what is translated, and without figures, keys, names and units."""
    text, count = re.sub(r"<[^>]*>", "", text), 1
    while count:  # from within: a key's name stands in a sentence
        text, count = re.subn(r"⟦[^⟦⟧]*⟧", "", text)
    keys = r"Ctrl|Shift|Alt|Space|Enter|Return|Esc|Del|Backspace|Home|Media \w+|Toggle [\w /]+|F\d+"
    names = r"swem-live|English|Deutsch|cuda|lite|CPU|PNG|COCO|fp32|bf16|fp16|camera\w*|Cat|REC"
    text = re.sub(rf"\b({keys}|{names}|fps|px|ms|[kMG]?B|GB|s|[A-Z])\b", "", text)
    return " ".join(re.findall(r"[A-Za-z]{2,}", text))


def test_no_text_of_the_window_is_forgotten(
    marked: None, make_window: WindowMaker, qtbot: QtBot, workshop: Workshop
) -> None:
    window = make_window(demo="demo")
    window.open("camera")
    busy(window, workshop.session, qtbot)
    shown = set(texts(window))
    assert sum("⟦" in text for text in shown) > 300
    assert {text for text in shown if own_words(text)} == set()
    QLabel("Forgotten here", window)
    assert {text for text in texts(window) if own_words(text)} == {"Forgotten here"}
