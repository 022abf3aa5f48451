"""A sound server of our own, whose only microphone plays what is written into a pipe."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.pipeline.sound.inputs import list_microphones

needs_pulse = pytest.mark.skipif(
    any(shutil.which(name) is None for name in ("pulseaudio", "pactl", "parec")),
    reason="no PulseAudio here (Debian: pulseaudio pulseaudio-utils)",
)


@contextmanager
def sound_server(folder: Path, setenv: Callable[[str, str], None]) -> Iterator[Path]:
    """The pipe: 32 bit stereo at 48 kHz. ``setenv``: says where the server is found."""
    path, runtime = folder / "microphone.pcm", folder / "run"
    runtime.mkdir(mode=0o700)
    setenv("XDG_RUNTIME_DIR", str(runtime))
    setenv("PULSE_SERVER", f"unix:{runtime}/pulse/native")
    source = f"source_name=desk file={path} format=float32le rate=48000 channels=2"
    title = "source_properties=device.description=Tischmikrofon"
    command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1"]
    modules = ["module-native-protocol-unix", f"module-pipe-source {source} {title}"]
    for module in (*modules, "module-null-sink sink_name=out"):
        command += ["-L", module]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 10
        while not list_microphones():
            assert time.monotonic() < deadline and server.poll() is None
            time.sleep(0.05)
        yield path
    finally:
        server.terminate()
        server.wait(10)
