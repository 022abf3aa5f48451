"""The person's language: texts, decimal points, and what Qt's own dialogs say."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from swem_core.resources import asset

SYSTEM, ENGLISH = "system", "en"
SHIPPED = (ENGLISH, "de")


def language_names() -> dict[str, str]:
    """What can be chosen, each in its own language."""
    system = QCoreApplication.translate("Language", "Same as system")
    return {SYSTEM: system, ENGLISH: "English", "de": "Deutsch"}


def language_of(choice: str, wanted: list[str]) -> str:
    """The one of ``SHIPPED`` to speak. ``wanted``: what the system asks for, best first ("de-AT");
    English where nothing of it ships."""
    if choice != SYSTEM:
        return choice
    spoken = (each.replace("_", "-").split("-")[0].lower() for each in wanted)
    return next((each for each in spoken if each in SHIPPED), ENGLISH)


def speak(application: QCoreApplication, choice: str) -> None:
    """Make and find texts in this language from now on; widgets that exist keep theirs.

    ``choice``: one of ``app.settings.LANGUAGES``. Thread: the GUI's.
    """
    for old in application.findChildren(QTranslator):
        application.removeTranslator(old)
        old.setParent(None)
    language = language_of(choice, QLocale.system().uiLanguages())
    locale = QLocale(language)
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    QLocale.setDefault(locale)
    if language == ENGLISH:
        return
    qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for file in (qt / f"qtbase_{language}.qm", asset(f"translations/swem-live_{language}.qm")):
        translator = QTranslator(application)
        if translator.load(str(file)):
            application.installTranslator(translator)
