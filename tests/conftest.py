"""Shared by all tests: an isolated home, and no thread of the pipeline left behind."""

import os
import signal
import threading
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.qt_environment import guard_qt

guard_qt()

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # run by a script, with &
    signal.signal(signal.SIGINT, signal.default_int_handler)
if os.name != "nt" and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:  # run by nohup
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

PIPELINE_THREADS = {"capture", "engine", "engine-loader", "compositor", "recorder"}


@pytest.fixture(autouse=True)
def isolated_home(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Logs and settings of tests never mix with the user's."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))


@pytest.fixture(autouse=True)
def no_thread_left_behind() -> Iterator[None]:
    """Every test ends the pipeline it started; one that fails does not fail those after it."""
    before = set(threading.enumerate())
    yield
    ours = [t for t in threading.enumerate() if t.name in PIPELINE_THREADS and t not in before]
    for thread in ours:
        thread.join(5)
    left = [thread.name for thread in ours if thread.is_alive()]
    assert not left, f"threads still running: {left}"
