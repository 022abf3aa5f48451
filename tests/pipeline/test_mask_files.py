"""Mask folders, soft masks and COCO files; every growing file after kill -9."""

import json
import signal
import subprocess
import sys
import wave
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from recorder_kit import filled

from app.__main__ import main
from app.errors import RecorderError
from app.pipeline.recording.coco import CocoWriter, assemble
from app.pipeline.recording.mask_folder import MaskFolderWriter
from app.pipeline.recording.record_frame import RecordFrame
from app.pipeline.recording.shot import Shot
from app.pipeline.recording.soft_masks import SoftMaskWriter
from app.pipeline.style import ObjectStyle, ViewStyle
from swem_core.data.masks import read_mask

SIZE = (48, 64)


def shot(index: int, object_id: int = 0, style: ViewStyle | None = None) -> Shot:
    picture = np.zeros((*SIZE, 4), np.uint8)
    result = filled(object_id, SIZE) if object_id else None
    return Shot(RecordFrame(picture, index / 10, index, result, style=style or ViewStyle()))


def test_coco_lines_become_json(tmp_path: Path) -> None:
    cup = ViewStyle().with_object(3, ObjectStyle("cup", (1, 2, 3)))
    mug = ViewStyle().with_object(3, ObjectStyle("mug", (1, 2, 3)))
    writer = CocoWriter(tmp_path / "new" / "a.json")
    for each in (shot(7), shot(8), shot(8, 3, cup), shot(9, 3, mug)):
        assert writer.write(each)
    writer.close()
    writer.close()
    found = json.loads((tmp_path / "new" / "a.json").read_text())
    assert [image["frame"] for image in found["images"]] == [7, 8, 9]
    assert [image["seconds"] for image in found["images"]] == [0.0, 0.1, 0.2]
    assert [(a["image_id"], a["category_id"]) for a in found["annotations"]] == [(9, 3), (10, 3)]
    assert found["annotations"][0]["bbox"] == [0, 0, 64, 48]
    assert found["annotations"][0]["score"] == 0.75
    assert found["categories"] == [{"id": 3, "name": "mug"}]
    assert writer.bytes == (tmp_path / "new" / "a.json").stat().st_size
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a.json"]


def test_coco_never_overwrites(tmp_path: Path) -> None:
    for name in ("a.json", "a (2).json"):
        writer = CocoWriter(tmp_path / "a.json")
        writer.write(shot(1, 5))
        writer.close()
        assert writer.path == tmp_path / name
    assert len(list(tmp_path.iterdir())) == 2
    (tmp_path / "file").touch()
    with pytest.raises(RecorderError, match="not a folder"):
        CocoWriter(tmp_path / "file" / "a.json")


def test_soft_masks(tmp_path: Path) -> None:
    writer = SoftMaskWriter(tmp_path / "soft")
    assert not writer.write(shot(0))
    assert writer.write(shot(1, 12))
    writer.close()
    (path,) = (tmp_path / "soft" / "object 012").iterdir()
    assert path.name == "00001.png"
    assert (cv2.imread(str(path), cv2.IMREAD_UNCHANGED) == np.full(SIZE, 255)).all()
    assert writer.bytes == path.stat().st_size
    with pytest.raises(RecorderError, match="Choose an empty folder"):
        SoftMaskWriter(tmp_path / "soft")


def test_mask_folder(tmp_path: Path) -> None:
    labels = np.arange(12, dtype=np.uint8).reshape(3, 4)
    writer = MaskFolderWriter(tmp_path / "new" / "masks")
    assert writer.write(7, labels) == tmp_path / "new" / "masks" / "00007.png"
    writer.write(123_456, labels)
    files = sorted(path.name for path in (tmp_path / "new" / "masks").iterdir())
    assert files == ["00007.png", "123456.png"]
    assert np.array_equal(read_mask(tmp_path / "new" / "masks" / "00007.png"), labels)
    assert writer.frames == 2
    assert writer.bytes == sum(p.stat().st_size for p in (tmp_path / "new" / "masks").iterdir())


def test_mask_folder_that_is_in_use(tmp_path: Path) -> None:
    MaskFolderWriter(tmp_path).write(0, np.zeros((2, 2), np.uint8))
    with pytest.raises(RecorderError, match="Choose an empty folder"):
        MaskFolderWriter(tmp_path)
    MaskFolderWriter(tmp_path, resume=True).write(0, np.ones((2, 2), np.uint8))
    assert read_mask(tmp_path / "00000.png").all()


def test_mask_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RecorderError, match="Choose another"):
        MaskFolderWriter(tmp_path / "file")
    writer = MaskFolderWriter(tmp_path / "masks")
    (tmp_path / "masks").rmdir()
    with pytest.raises(RecorderError, match="cannot be written"):
        writer.write(0, np.zeros((2, 2), np.uint8))


KILLED = """
import sys
from pathlib import Path
import numpy as np
from app.pipeline.recording.recorder import Recorder
from app.pipeline.recording.record_frame import RecordFrame
from app.pipeline.recording.plan import RecordingPlan
from app.pipeline.recording.formats import video_format
from app.pipeline.sound.base import FileSoundPlan
from swem_core.engine.result import StepResult
folder = Path(sys.argv[1])
recorder = Recorder(lambda event: None, block=True)
alpha = video_format(sys.argv[2])
recorder.start(RecordingPlan(folder / "v.mkv", folder / "masks", folder / ("a" + alpha.recorded),
    folder / "c.json", folder / "soft", FileSoundPlan(folder / "sound.wav"), alpha))
noise = np.random.default_rng(0)
for index in range(200):
    picture = noise.integers(0, 255, (96, 128, 4), np.uint8)
    mask = np.zeros((96, 128), bool)
    mask[10:60, index % 60 : 40 + index % 60] = True
    result = StepResult((1,), np.zeros((1, 24, 32), np.float32), (96, 128), (96, 128), {1: 0.9},
        {1: mask})
    picture.setflags(write=False)
    recorder.offer(RecordFrame(picture, index / 30, index, result, picture[..., :3].copy(),
        file_s=index / 30))
while recorder.frames < 200:
    pass
print("written", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
@pytest.mark.parametrize("alpha", ["qtrle", "ffv1"])
def test_a_killed_program_leaves_every_file_readable(
    tmp_path: Path, alpha: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with wave.open(str(tmp_path / "sound.wav"), "wb") as sound:
        sound.setparams((1, 2, 48_000, 0, "NONE", ""))
        sound.writeframes(np.full(400_000, 9000, np.int16).tobytes())
    command = [sys.executable, "-c", KILLED, str(tmp_path), alpha]
    root = Path(__file__).parents[2]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=root, text=True, **pipes) as program:  # type: ignore[call-overload]
        assert program.stdout is not None
        assert program.stdout.readline() == "written\n"
        program.kill()
    for path in (tmp_path / "v.mkv", *tmp_path.glob("a.*")):
        with av.open(str(path)) as container:
            pictures = sum(1 for _ in container.decode(video=0))
        with av.open(str(path)) as container:
            heard = sum(f.samples / f.sample_rate for f in container.decode(audio=0))
        assert pictures >= 160, path
        assert heard >= 5.0, path
    assert len(list((tmp_path / "masks").glob("*.png"))) == 200
    assert len(list((tmp_path / "soft" / "object 001").glob("*.png"))) == 200
    with (tmp_path / "c.jsonl").open("a") as file:
        file.write('{"image": {"id"')  # as a crash of the whole computer may cut it
    assert main(["repair", str(tmp_path / "c.jsonl")]) == 0
    assert str(tmp_path / "c.json") in capsys.readouterr().out
    assert len(json.loads((tmp_path / "c.json").read_text())["annotations"]) == 200
    assert main(["repair", str(tmp_path / "v.mkv")]) == 1


def test_what_a_crash_left_is_completed_by_the_next_recording(tmp_path: Path) -> None:
    first = CocoWriter(tmp_path / "a.json")
    first.write(shot(1, 5))
    first._file.close()  # the program is gone
    second = CocoWriter(tmp_path / "a.json")
    second.write(shot(2, 6))
    second.close()
    assert json.loads((tmp_path / "a.json").read_text())["images"][0]["frame"] == 1
    assert json.loads((tmp_path / "a (2).json").read_text())["images"][0]["frame"] == 2
    with pytest.raises(RecorderError):
        assemble(tmp_path / "none.jsonl")
