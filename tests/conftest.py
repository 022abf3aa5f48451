"""Shared by all tests: an isolated home, and nothing left behind: see leaks."""

import os
import signal
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from leaks import nothing_left, open_files, programs, threads, windows

from app.qt_environment import guard_qt

guard_qt()

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # run by a script, with &
    signal.signal(signal.SIGINT, signal.default_int_handler)
if os.name != "nt" and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:  # run by nohup
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.fixture(autouse=True)
def isolated_home(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Logs and settings of tests never mix with the user's."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))


@pytest.fixture(autouse=True)
def nothing_left_behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Every test closes its files and connections, and ends its threads, programs and windows."""
    folder = tmp_path_factory.getbasetemp()
    with (
        nothing_left("windows", windows),
        nothing_left("programs still run", programs),
        nothing_left("files are open", lambda: open_files(folder)),
        nothing_left("threads still run", threads),
    ):
        yield
