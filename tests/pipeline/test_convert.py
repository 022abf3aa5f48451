"""Conversions after a recording: cancelled or failed ones lose nothing."""

import queue
from pathlib import Path

import av
import numpy as np
import pytest

from app.errors import RecorderError
from app.pipeline.events import ConversionEnded, ConversionProgress, Event
from app.pipeline.recording.convert import convert
from app.pipeline.recording.converter import Converter
from app.pipeline.recording.formats import Codec, Conversion, Recipe
from app.pipeline.recording.video_writer import VideoWriter

PATIENCE_S = 30.0
TIMES = [0.0, 0.041, 0.08, 0.2, 0.233, 0.3, 0.9, 1.0]


@pytest.fixture
def conversion(tmp_path: Path) -> Conversion:
    """A recording whose alpha rises from frame to frame, at uneven times."""
    with VideoWriter(tmp_path / "a recorded.mov", Codec.QTRLE) as writer:
        for index, seconds in enumerate(TIMES):
            picture = np.full((48, 65, 4), 90, np.uint8)
            picture[..., 3] = 30 * index
            writer.write(picture, seconds)
    return Conversion(tmp_path / "a recorded.mov", tmp_path / "a.webm", Recipe.VP9)


def test_times_survive_and_the_recording_gives_way(conversion: Conversion) -> None:
    told: list[float] = []
    assert convert(conversion, told.append)
    assert [path.name for path in conversion.target.parent.iterdir()] == ["a.webm"]
    with av.open(str(conversion.target)) as container:
        assert [round(f.time, 3) for f in container.decode(video=0)] == TIMES
    assert told == sorted(told) and told[-1] == 1.0 and 0 < told[1] < 1


def test_cancelling_keeps_the_recording(conversion: Conversion) -> None:
    told: list[float] = []
    assert not convert(conversion, told.append, lambda: len(told) == 3)
    assert [path.name for path in conversion.source.parent.iterdir()] == ["a recorded.mov"]
    with av.open(str(conversion.source)) as container:
        assert len(list(container.decode(video=0))) == len(TIMES)


def test_failing_keeps_the_recording(conversion: Conversion) -> None:
    conversion.source.write_bytes(conversion.source.read_bytes()[:100])
    with pytest.raises(RecorderError, match=r"kept as a recorded\.mov"):
        convert(conversion, lambda _: None)
    assert conversion.source.exists() and not conversion.target.exists()


def test_the_converter_takes_one_after_the_other(conversion: Conversion, tmp_path: Path) -> None:
    heard: queue.Queue[Event] = queue.Queue()
    converter = Converter(heard.put)
    copy = tmp_path / "b recorded.mov"
    copy.write_bytes(conversion.source.read_bytes())
    converter.add(conversion)
    converter.add(Conversion(copy, tmp_path / "b.mov", Recipe.PRORES))
    converter.add(Conversion(tmp_path / "none.mov", tmp_path / "c.mov", Recipe.PRORES))
    ended: list[ConversionEnded] = []
    while len(ended) < 3:
        event = heard.get(timeout=PATIENCE_S)
        if isinstance(event, ConversionEnded):
            ended.append(event)
        else:
            assert isinstance(event, ConversionProgress) and 0 <= event.done <= 1
    assert [event.path.name for event in ended] == ["a.webm", "b.mov", "none.mov"]
    assert [event.error is None for event in ended] == [True, True, False]
    assert converter.close(PATIENCE_S)


def test_closing_gives_up_and_keeps_the_recording(conversion: Conversion) -> None:
    heard: queue.Queue[Event] = queue.Queue()
    converter = Converter(lambda event: (heard.put(event), converter.cancel())[0])
    converter.add(conversion)
    while not isinstance(event := heard.get(timeout=PATIENCE_S), ConversionEnded):
        pass
    assert event == ConversionEnded(conversion.source)
    converter.add(conversion)
    assert converter.close(PATIENCE_S)
    assert conversion.source.exists() and not conversion.target.exists()
    assert Converter(heard.put).close(0)
