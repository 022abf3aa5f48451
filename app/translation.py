"""Marking texts for translators in modules that know no Qt."""


def N(context: str, text: str) -> str:
    """Mark ``text`` for translators: pyside6-lupdate -tr-function-alias QT_TRANSLATE_NOOP+=N."""
    del context
    return text
