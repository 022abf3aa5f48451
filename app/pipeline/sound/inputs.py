"""Finds and opens the microphones of this computer."""

import sys
from typing import Final, Protocol

from app.errors import RecorderError
from app.pipeline.sound.base import Microphone, Samples
from app.pipeline.sound.device_input import device_microphones, open_device
from app.pipeline.sound.pulse_input import PulseInput, pulse_microphones

_PULSE: Final = "pulse"
_HELP: Final = {
    "linux": (
        "Check that it is plugged in and not muted in the sound settings; where a container or "
        "another user runs this program, it may not reach the sound server."
    ),
    "darwin": (
        "Check that this program (or the terminal it was started from) is ticked under System "
        "Settings > Privacy & Security > Microphone."
    ),
    "win32": (
        "Check that it is plugged in, and that Settings > Privacy & security > Microphone lets "
        "desktop apps use it."
    ),
}


class SoundInput(Protocol):
    """An open device. Thread: one."""

    @property
    def latency_s(self) -> float:
        """Least time in seconds from hearing a sample until it can be read."""
        ...

    def read(self) -> Samples:
        """Wait for samples and return them. Raises RecorderError if the device is lost."""
        ...

    def close(self) -> None:
        """Release it."""
        ...


def microphone_help(platform: str = sys.platform) -> str:
    """What to check on this system when a microphone is missing or silent."""
    return _HELP.get(platform, _HELP["linux"])


def list_microphones() -> tuple[Microphone, ...]:
    """Real inputs first, what this computer itself plays last; () if there are none.

    Never raises, never starts one. Thread: any but the GUI's, for it may take a second.
    """
    if sys.platform.startswith("linux"):
        found = pulse_microphones()
        if found:
            return tuple(Microphone(f"{_PULSE}:{name}", title) for name, title in found)
    return tuple(
        Microphone(f"{kind}:{address}", name) for kind, address, name in device_microphones()
    )


def find_microphone(wanted: str) -> Microphone:
    """Find by id, name or part of it; "" is the first. Raises RecorderError that lists them all."""
    known = list_microphones()
    text = wanted.casefold()
    for microphone in known:
        if text in (microphone.id.casefold(), microphone.name.casefold(), ""):
            return microphone
    matches = [each for each in known if text in each.name.casefold()]
    if len(matches) == 1:
        return matches[0]
    if not known:
        raise RecorderError(f"No microphone was found. {microphone_help()}")
    names = "; ".join(each.name for each in known)
    raise RecorderError(f"No one microphone is called '{wanted}'. Choose one of these: {names}.")


def open_input(microphone: Microphone) -> SoundInput:
    """Open it. Raises RecorderError, with what to do."""
    kind, _, address = microphone.id.partition(":")
    if kind == _PULSE:
        return PulseInput(address, microphone.name, microphone_help())
    return open_device(kind, address, microphone.name, microphone_help())
