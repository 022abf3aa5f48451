"""What the pipeline's stages and channels are called for a person."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from app.translation import N

STAGES: Final = (
    N("Stages", "motion"),
    N("Stages", "flow"),
    N("Stages", "preprocess"),
    N("Stages", "encode key"),
    N("Stages", "read memory"),
    N("Stages", "decode"),
    N("Stages", "fetch"),
    N("Stages", "masks"),
    N("Stages", "encode value"),
    N("Stages", "memorise"),
    N("Stages", "compose"),
)
CHANNELS: Final = (
    N("Stages", "capture"),
    N("Stages", "engine"),
    N("Stages", "view"),
    N("Stages", "record"),
)


def stage_text(name: str) -> str:
    """A stage or channel in the person's language, as it is where nobody translated it."""
    return QCoreApplication.translate("Stages", name)
