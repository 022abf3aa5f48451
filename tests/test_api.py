"""Programs of one's own: the example that the documentation shows, and what it promises."""

import re
import shutil
import threading
from pathlib import Path

import av
import numpy as np
import pytest
from cat_clip import GINGER, WHITE, cats, iou

import app.api
from app.api import track
from app.errors import SourceError
from swem_core.errors import MaskError
from swem_core.resources import asset

ROOT = Path(__file__).parent.parent


def examples() -> list[str]:
    """Everything the README and the module itself show of the module, each once."""
    texts = (ROOT / "README.md").read_text("utf-8"), app.api.__doc__ or ""
    blocks = [b for text in texts for b in re.findall(r"```python\n(.*?)```", text, re.DOTALL)]
    return sorted({block for block in blocks if "app.api" in block})


def shorten(clip: Path, target: Path, count: int) -> None:
    with av.open(str(clip)) as whole, av.open(str(target), "w") as part:
        video = whole.streams.video[0]
        copy = part.add_stream_from_template(video)
        for _, packet in zip(range(count), whole.demux(video), strict=False):
            packet.stream = copy
            part.mux(packet)


@pytest.mark.parametrize("example", examples())
def test_the_documented_example_runs(
    example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    clips = tmp_path / "assets" / "clips"
    clips.mkdir(parents=True)
    shorten(asset("clips/demo.mp4"), clips / "demo.mp4", 8)
    shutil.copy(asset("clips/demo.prompts.json"), clips)
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "README.md", "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) >= 5  # of 8 packets, those whose references are not among the cut-off ones
    dog, woman = map(int, re.findall(r"[12]: ([0-9]+)", lines[-1]))
    assert min(dog, woman) > 5000


def test_cats_are_followed_frame_by_frame(tmp_path: Path) -> None:
    clip = cats(6)
    masks = {i: clip.labels[0] == i for i in (GINGER, WHITE)}
    seen = []
    for frame, result in track(clip.write(tmp_path / "cats.mkv"), masks):
        seen.append(frame.index)
        labels = result.labels()
        for cat in masks:
            true = clip.labels[frame.index] == cat
            assert iou(labels == cat, true) > 0.75
    assert seen == list(range(6))


def test_leaving_the_loop_ends_the_reading(tmp_path: Path) -> None:
    clip = cats(30)
    results = track(clip.write(tmp_path / "cats.mkv"), clip.labels[0])
    frame, _ = next(iter(results))
    assert frame.index == 0
    results.close()  # type: ignore[attr-defined] - what "break" comes to
    assert "capture" not in {thread.name for thread in threading.enumerate()}


def test_what_is_wrong_is_raised(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no file"):
        track(tmp_path / "missing.mp4", np.ones((4, 4), np.uint8))
    (tmp_path / "broken.mp4").write_bytes(b"no video")
    with pytest.raises(SourceError, match="not a video"):
        list(track(tmp_path / "broken.mp4", np.ones((4, 4), np.uint8)))
    path = cats(3).write(tmp_path / "cats.mkv")
    with pytest.raises(MaskError, match=r"size|large"):
        list(track(path, np.ones((4, 4), np.uint8)))
