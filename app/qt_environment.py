"""Keeps the Qt inside opencv-python's wheels apart from ours."""

import os


def guard_qt() -> None:
    """Undo what importing OpenCV does to Qt's environment on Linux.

    Its wheel bundles Qt 5 and points Qt's plug-in and font paths there, with which PySide6 fails
    to start. Call once, before the first QApplication.
    """
    import cv2  # so that it has set the variables by now, and will not set them again

    bundled = os.path.dirname(cv2.__file__)  # noqa: PTH120 - compared as text with the variables
    for name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
        if os.environ.get(name, "").startswith(bundled):
            os.environ.pop(name)
