"""Shared by all tests: an isolated home, and no thread of the pipeline or file left behind."""

import gc
import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest
from open_files import open_files

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.qt_environment import guard_qt

guard_qt()

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # run by a script, with &
    signal.signal(signal.SIGINT, signal.default_int_handler)
if os.name != "nt" and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:  # run by nohup
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

PIPELINE_THREADS = {"capture", "engine", "engine-loader", "compositor", "recorder"}
CLOSES_ALL = {"pipeline", "ui"}  # folders of tests that are held to it
_GRACE_S = 2.0  # for what other threads and processes are about to close


@pytest.fixture(autouse=True)
def isolated_home(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Logs and settings of tests never mix with the user's."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))


@pytest.fixture(autouse=True)
def no_file_left_open(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Every test closes its files and connections, where the system can tell; see open_files."""
    if request.path.parent.name not in CLOSES_ALL:
        yield
        return
    folder = tmp_path_factory.getbasetemp()
    before = open_files(folder)
    yield
    end = time.monotonic() + _GRACE_S
    while left := open_files(folder) - before:
        gc.collect()
        if time.monotonic() > end:
            break
        time.sleep(0.05)
    assert not left, f"still open: {sorted(left)}"


@pytest.fixture(autouse=True)
def no_thread_left_behind(no_file_left_open: None) -> Iterator[None]:
    """Every test ends the pipeline it started; one that fails does not fail those after it."""
    before = set(threading.enumerate())
    yield
    ours = [t for t in threading.enumerate() if t.name in PIPELINE_THREADS and t not in before]
    for thread in ours:
        thread.join(5)
    left = [thread.name for thread in ours if thread.is_alive()]
    assert not left, f"threads still running: {left}"
