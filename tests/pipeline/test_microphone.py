"""A microphone's sound in recordings: a real sound server, or a pipe in a microphone's place."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import av
import ffprobe
import numpy as np
import pytest
from ffprobe import needs_ffmpeg
from recorder_kit import PATIENCE_S, Events, MakeRecorder
from room import FRAME_RATE, Room, pipe
from sound_server import needs_pulse, sound_server

from app.errors import RecorderError
from app.pipeline.events import Notice, RecordingStopped
from app.pipeline.recording.plan import RecordingPlan
from app.pipeline.recording.recorder import Recorder
from app.pipeline.sound import opening
from app.pipeline.sound.arrival import ArrivalClock
from app.pipeline.sound.base import SAMPLE_RATE, Microphone
from app.pipeline.sound.device_input import DeviceInput, device_microphones
from app.pipeline.sound.inputs import find_microphone, list_microphones, open_input
from app.pipeline.sound.microphone_sound import MicrophoneSound
from app.pipeline.sound.pulse_input import parse_sources

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
CLAPS = (6, 20, 44)
OFFSET_S = 0.02  # half a frame; buffers of 20 ms are between the room and the file


@pytest.fixture
def recorder(make_recorder: MakeRecorder) -> Recorder:
    return make_recorder(block=False)


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """Heard through PyAV, as a device would be."""
    path = pipe(tmp_path / "room.pcm")

    def open_pipe(microphone: Microphone) -> DeviceInput:
        options = {"sample_rate": str(SAMPLE_RATE), "ch_layout": "stereo"}
        container = av.open(str(path), format="f32le", options=options)
        return DeviceInput(container, microphone.name, "Plug it in.")

    monkeypatch.setattr(
        opening,
        "MicrophoneSound",
        lambda plan, listener: MicrophoneSound(plan, listener, open_pipe),
    )
    with Room(path, CLAPS) as made:
        yield made


@pytest.fixture
def pulse_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with sound_server(tmp_path, monkeypatch.setenv) as path:
        yield path


def record(recorder: Recorder, events: Events, room: Room, plan: RecordingPlan) -> None:
    recorder.start(plan)
    for frame in room.frames(60):
        assert recorder.offer(frame)
    assert recorder.close(PATIENCE_S)
    while not isinstance(event := events.next(), RecordingStopped):
        assert not isinstance(event, Notice), event
    assert event.error is None


def assert_in_step(path: Path, claps: tuple[float, ...]) -> None:
    white = ffprobe.pictures(path, (64, 64))[..., :3].mean(axis=(1, 2, 3)) > 200
    seen = np.array([float(t) for t in ffprobe.times(path)])[white]
    np.testing.assert_allclose(seen, np.array(claps) / FRAME_RATE, atol=0.002)
    heard = ffprobe.bursts(ffprobe.sound(path))
    np.testing.assert_allclose(heard, seen, atol=OFFSET_S)


@needs_ffmpeg
@pytest.mark.parametrize("name", ["a.mkv", "a.mp4"])
def test_claps_are_heard_when_they_are_seen(
    recorder: Recorder, events: Events, room: Room, tmp_path: Path, name: str
) -> None:
    plan = RecordingPlan(tmp_path / name, sound=Microphone("test:room", "Room"))
    record(recorder, events, room, plan)
    assert_in_step(tmp_path / name, CLAPS)


@needs_ffmpeg
def test_a_pause_and_a_new_file_cut_the_sound_too(
    recorder: Recorder, events: Events, room: Room, tmp_path: Path
) -> None:
    plan = RecordingPlan(tmp_path / "a.mkv", sound=Microphone("test:room", "Room"))
    recorder.start(plan)
    for frame in room.frames(60):
        recorder.set_paused(15 <= frame.index < 30)  # with the second clap
        if frame.index == 35:
            recorder.split()
        recorder.offer(frame)
    assert recorder.close(PATIENCE_S)
    assert_in_step(tmp_path / "a.mkv", CLAPS[:1])
    assert_in_step(tmp_path / "a part2.mkv", (CLAPS[2] - 35,))


@needs_ffmpeg
@needs_pulse
def test_a_microphone_of_the_sound_server(
    recorder: Recorder, events: Events, pulse_pipe: Path, tmp_path: Path
) -> None:
    first, last = list_microphones()
    assert first == Microphone("pulse:desk", "Tischmikrofon")
    assert last.id == "pulse:out.monitor"
    assert find_microphone("tisch") == find_microphone("") == first
    with pytest.raises(RecorderError, match="Tischmikrofon"):
        find_microphone("headset")
    with Room(pulse_pipe, CLAPS) as room:
        record(recorder, events, room, RecordingPlan(tmp_path / "a.mkv", sound=first))
    assert_in_step(tmp_path / "a.mkv", CLAPS)


@needs_pulse
def test_an_input_that_is_not_there_ends_the_recording_with_the_reason(
    recorder: Recorder, events: Events, pulse_pipe: Path, tmp_path: Path
) -> None:
    plan = RecordingPlan(tmp_path / "a.mkv", sound=Microphone("pulse:headset", "Headset"))
    recorder.start(plan)
    stopped = events.stopped()
    assert stopped.frames == 0 and "Headset" in (stopped.error or "")
    assert "No such entity" in (stopped.error or "")


def test_a_microphone_that_is_lost_is_told_and_taken_up_again(tmp_path: Path) -> None:
    class Quarter:
        latency_s = 0.0

        def __init__(self) -> None:
            self.left = 25

        def read(self) -> np.ndarray:
            if self.left == 0:
                raise RecorderError("Headset was lost.")
            self.left -= 1
            time.sleep(0.01)
            return np.full((2, 480), 0.5, np.float32)

        def close(self) -> None:
            return

    opened: list[Quarter] = []

    def opener(microphone: Microphone) -> Quarter:
        opened.append(Quarter())
        return opened[-1]

    told: list[object] = []
    sound = MicrophoneSound(Microphone("test:headset", "Headset"), told.append, opener)
    deadline = time.monotonic() + 10
    while len(opened) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    sound.close()
    (notice,) = told
    assert isinstance(notice, Notice) and "without sound" in notice.text
    assert len(opened) == 2


@pytest.mark.parametrize("drift", [-200e-6, 0.0, 200e-6])
def test_a_clock_that_runs_differently_is_followed(drift: float) -> None:
    """200 ppm would be 0.7 s in an hour; chunks come up to 30 ms late, as on a busy machine."""
    rng = np.random.default_rng(3)
    clock, rate, heard_s = ArrivalClock(0.02), SAMPLE_RATE * (1 + drift), 100.0
    errors = []
    count = 960
    for _ in range(6000):  # two minutes
        begin_s, heard_s = heard_s, heard_s + count / rate
        arrived = heard_s + 0.02 + 0.03 * rng.random() ** 3
        start, samples = clock.place(np.zeros((2, count), np.float32), arrived)
        assert abs(samples.shape[1] - count) <= 1
        errors.append(start / SAMPLE_RATE - begin_s)
    assert np.abs(errors[100:]).max() < 0.006


def test_stretched_samples_keep_their_sound() -> None:
    """A sine of 1 kHz stays one, in amplitude and pitch."""
    clock, count = ArrivalClock(0.0), 960
    pieces = []
    for number in range(500):
        at = (number * count + np.arange(count)) / SAMPLE_RATE
        wave = np.sin(2 * np.pi * 1000 * at).astype(np.float32)
        arrived = 5.0 + (number + 1) * count / SAMPLE_RATE * 1.0005
        pieces.append(clock.place(np.stack((wave, wave)), arrived)[1][0])
    heard = np.concatenate(pieces)
    assert len(heard) > 500 * count
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard))))
    peak = int(spectrum.argmax())
    assert abs(peak * SAMPLE_RATE / len(heard) - 1000) < 2
    assert 0.99 < np.abs(heard).max() <= 1.0


def test_names_of_inputs_are_read_in_every_language_and_version(tmp_path: Path) -> None:
    listing = """Source #1
\tState: SUSPENDED
\tName: alsa_input.usb-Röde
\tDescription: Röde NT-USB: Stereo
\tDriver: PipeWire
\tProperties:
\t\tdevice.description = "x"
Source #2
\tName: odd
\tDescription:
"""
    assert parse_sources(listing)[0] == ("alsa_input.usb-Röde", "Röde NT-USB: Stereo")
    (tmp_path / "pcm").write_text(
        "00-00: ALC257 Analog : ALC257 Analog : playback 1 : capture 1\n"
        "00-03: HDMI 0 : HDMI 0 : playback 1\n"
        "01-00: USB Audio : USB Audio : capture 1\n"
    )
    assert device_microphones("linux", tmp_path) == [
        ("alsa", "plughw:0,0", "ALC257 Analog"),
        ("alsa", "plughw:1,0", "USB Audio"),
    ]
    assert device_microphones("linux", tmp_path / "none") == []


def test_a_sound_card_that_cannot_be_opened_is_explained() -> None:
    with pytest.raises(RecorderError, match="Speaker cannot be opened"):
        open_input(Microphone("alsa:plughw:31,0", "Speaker"))
    os.environ.pop("ALSA_CONFIG_PATH", None)
