"""The screen as a source: a real X server, grabbed by the real process."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from cat_clip import SIZE, cats
from virtual_screen import (
    VirtualScreen,
    add_mode,
    needs_xrandr,
    needs_xvfb,
    switch_off,
    virtual_screen,
    xrandr,
)

from app.errors import SourceError
from app.pipeline.sources.factory import open_source
from app.pipeline.sources.screen.grabber import Wanted
from app.pipeline.sources.screen.listing import list_screens
from app.pipeline.sources.screen.source import ScreenSource, parse_screen, screen_problem

DESKTOP = (400, 700)


@pytest.fixture
def screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[VirtualScreen]:
    with virtual_screen(tmp_path, DESKTOP) as made:
        monkeypatch.setenv("DISPLAY", made.name)
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        monkeypatch.delenv("XDG_SESSION_TYPE", raising=False)
        yield made


@pytest.fixture
def source() -> Iterator[ScreenSource]:
    made = ScreenSource(Wanted(rate=50))
    yield made
    made.close()


def grabbers() -> list[psutil.Process]:
    children = psutil.Process().children()
    return [child for child in children if any("grabber.py" in part for part in child.cmdline())]


@needs_xvfb
@pytest.mark.parametrize(
    ("text", "left", "top", "size"),
    [
        ("screen", 0, 0, DESKTOP),
        ("Screen:0", 0, 0, DESKTOP),
        ("screen:20,10,101x57", 20, 10, (57, 101)),
    ],
)
def test_what_is_on_the_screen_arrives_as_it_is(
    screen: VirtualScreen, text: str, left: int, top: int, size: tuple[int, int]
) -> None:
    desktop = np.zeros((*DESKTOP, 3), np.uint8)
    desktop[: SIZE[0], : SIZE[1]] = cats().frames[0]
    screen.paint(desktop)
    opened = open_source(text, rate=50)
    assert opened.is_live
    info = opened.open()
    assert info.size == size and info.rate == 50 and info.is_live
    frames = [opened.read() for _ in range(4)]
    opened.close()
    for index, frame in enumerate(frames):
        assert frame is not None and frame.index == index
        expected = desktop[top : top + size[0], left : left + size[1]]
        # The pointer is on it, too, in the middle of the desktop.
        assert (frame.image != expected).any(2).sum() < 400
        assert frame.image.flags["C_CONTIGUOUS"]
    times = [frame.seconds for frame in frames if frame is not None]
    assert times[0] == 0 and times == sorted(set(times))


@needs_xvfb
def test_a_change_is_seen_at_once_and_dated_when_it_was_taken(
    screen: VirtualScreen, source: ScreenSource
) -> None:
    source.open()
    assert source.read().image[0, 0, 0] == 0
    painted_ns = time.monotonic_ns()
    screen.paint(np.full((10, 10, 3), 200, np.uint8))
    frame = source.read()
    while frame.image[0, 0, 0] == 0:
        assert frame.captured_ns < painted_ns + 1e9
        frame = source.read()
    assert painted_ns <= frame.captured_ns <= time.monotonic_ns()


@needs_xvfb
def test_a_grabber_that_dies_is_reported_and_started_again(
    screen: VirtualScreen, source: ScreenSource
) -> None:
    source.open()
    (grabber,) = grabbers()
    grabber.kill()
    with pytest.raises(SourceError, match="has ended"):
        for _ in range(20):
            source.read()
    assert not grabbers()
    source.open()
    assert source.read().image.shape == (*DESKTOP, 3)
    source.close()
    assert not grabbers()


@needs_xvfb
def test_a_lost_x_server_is_an_error_not_the_end(
    screen: VirtualScreen, source: ScreenSource
) -> None:
    source.open()
    screen.kill()
    with pytest.raises(SourceError, match="screen"):
        for _ in range(20):
            source.read()
    with pytest.raises(SourceError, match="DISPLAY"):
        source.open()


@needs_xvfb
@needs_xrandr
def test_a_screen_that_is_set_to_another_size_is_followed_there_and_back(
    screen: VirtualScreen, source: ScreenSource
) -> None:
    add_mode("small", 640, 300)
    assert source.open().size == DESKTOP
    for mode, size in (("small", (300, 640)), ("700x400", DESKTOP)):
        xrandr("--output", "screen", "--mode", mode)
        end = time.monotonic() + 30
        while source.read().image.shape[:2] != size:
            assert time.monotonic() < end


@needs_xvfb
@needs_xrandr
def test_a_screen_that_is_unplugged_is_said_and_comes_back(
    screen: VirtualScreen, source: ScreenSource
) -> None:
    source.open()
    switch_off()
    with pytest.raises(SourceError, match="there is no screen 0"):
        for _ in range(500):
            source.read()
    with pytest.raises(SourceError, match="there is no screen 0"):
        source.open()
    xrandr("--output", "screen", "--mode", "700x400")
    assert source.open().size == DESKTOP


@needs_xvfb
def test_a_grabber_does_not_outlive_its_parent(screen: VirtualScreen) -> None:
    script = (
        "from app.pipeline.sources.factory import open_source as o; import os, time\n"
        "s = o('screen'); s.open(); s.read(); print(s._process._process.pid, flush=True)\n"
        "time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    grabber = psutil.Process(int(parent.stdout.readline()))
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait(10)
    parent.stdout.close()
    psutil.wait_procs([grabber], 10)
    assert not grabber.is_running() or grabber.status() == psutil.STATUS_ZOMBIE


@needs_xvfb
@pytest.mark.parametrize(
    ("text", "reason"),
    [("screen:7", "no screen 7"), ("screen:690,0,64x48", "does not lie on the desktop")],
)
def test_what_is_not_there_is_explained(screen: VirtualScreen, text: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        open_source(text).open()


@needs_xvfb
def test_the_screens_are_listed(screen: VirtualScreen) -> None:
    assert [(each.id, each.name) for each in list_screens()] == [
        ("screen:0", "Screen 0 (700 × 400)")
    ]


@pytest.mark.parametrize("text", ["0x48", "64x48", "1,2,0x48", "wide", "-1", "1,2,3"])
def test_no_part_of_a_screen(text: str) -> None:
    with pytest.raises(SourceError, match="no part of a screen"):
        parse_screen(text)


def test_sessions_without_a_screen_to_capture_are_explained() -> None:
    wayland = {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}
    assert "Xorg" in (screen_problem("linux", wayland) or "")
    assert "DISPLAY" in (screen_problem("linux", {}) or "")
    assert screen_problem("linux", {"DISPLAY": ":0"}) is None
    assert screen_problem("win32", {}) is None
