"""Opens the sound that was asked for."""

from app.pipeline.events import Listener
from app.pipeline.sound.base import FileSoundPlan, Microphone, Sound, SoundPlan, SourceSound
from app.pipeline.sound.file import FileSound
from app.pipeline.sound.microphone_sound import MicrophoneSound
from app.pipeline.sources.base import Source
from app.pipeline.sources.file import FileSource


def resolve(plan: SoundPlan | None, source: Source) -> SoundPlan | None:
    """Replace "the source's own sound" by the file of ``source``, None if it is not a file."""
    if not isinstance(plan, SourceSound):
        return plan
    return FileSoundPlan(source.path) if isinstance(source, FileSource) else None


def open_sound(plan: SoundPlan | None, listener: Listener) -> Sound | None:
    """The sound, or None where there is none. Raises RecorderError. Thread: the recorder's.

    ``listener``: is told if a microphone is lost later.
    """
    if isinstance(plan, Microphone):
        return MicrophoneSound(plan, listener)
    return FileSound.open(plan.path) if isinstance(plan, FileSoundPlan) else None
