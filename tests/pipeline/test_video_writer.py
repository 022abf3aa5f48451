"""Video files, encoded and decoded for real."""

import signal
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from app.errors import RecorderError
from app.pipeline.disk import free_path
from app.pipeline.recording.video_writer import VideoWriter

MIB = 1024**2
FULL_DISK = Path("/dev/full")
needs_full_disk = pytest.mark.skipif(not FULL_DISK.exists(), reason="needs /dev/full")


def picture(height: int = 48, width: int = 64, shade: int = 0) -> NDArray[np.uint8]:
    """BGRA: left half of one colour, right half of another, read-only as in the pipeline."""
    image = np.full((height, width, 4), 255, np.uint8)
    image[:, : width // 2, :3] = (40, shade % 200 + 20, 200)
    image[:, width // 2 :, :3] = (220, 90, 30)
    image.setflags(write=False)
    return image


def decoded(path: Path) -> list[tuple[int, NDArray[np.uint8]]]:
    """(milliseconds, HxWx3 BGR) per frame that can be read."""
    found = []
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            assert frame.pts is not None
            assert frame.time_base is not None
            milliseconds = frame.pts * frame.time_base * 1000
            assert milliseconds.denominator == 1
            image = frame.to_ndarray(format="bgr24").astype(np.uint8, copy=False)
            found.append((int(milliseconds), image))
    return found


@pytest.mark.parametrize("name", ["a.mkv", "a.mp4", "A B:ü%03d.MKV"])
def test_uneven_times_come_back_exactly(tmp_path: Path, name: str) -> None:
    steps = np.random.default_rng(1).integers(1, 120, 100)
    times = [1234.5678 + int(t) / 1000 for t in np.cumsum(steps)]
    with VideoWriter(tmp_path / "new" / name) as writer:
        assert all(writer.write(picture(shade=i), t) for i, t in enumerate(times))
        assert writer.frames == 100
        assert writer.seconds == pytest.approx(times[-1] - times[0])
    frames = decoded(tmp_path / "new" / name)
    assert [time for time, _ in frames] == [round(1000 * (t - times[0])) for t in times]


def test_colours_come_back(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "a.mkv") as writer:
        for index in range(5):
            writer.write(picture(shade=100), index / 30)
    (_, image), *_ = decoded(tmp_path / "a.mkv")
    assert np.abs(image[24, 16].astype(int) - (40, 120, 200)).max() <= 6
    assert np.abs(image[24, 48].astype(int) - (220, 90, 30)).max() <= 6
    with av.open(str(tmp_path / "a.mkv")) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.name == "h264"
        assert stream.codec_context.pix_fmt == "yuv420p"
        assert not stream.codec_context.has_b_frames


def test_times_that_do_not_rise_are_skipped_and_counted(tmp_path: Path) -> None:
    times = [10.0, 10.04, 10.04, 10.0402, 10.01, 9.0, 10.041, 11.0]
    with VideoWriter(tmp_path / "a.mkv") as writer:
        taken = [writer.write(picture(), t) for t in times]
        assert taken == [True, True, False, False, False, False, True, True]
        assert (writer.frames, writer.skipped) == (4, 4)
    assert [time for time, _ in decoded(tmp_path / "a.mkv")] == [0, 40, 41, 1000]


@pytest.mark.parametrize("size", [(47, 63), (48, 63), (1, 1), (2, 2)])
def test_odd_sizes_are_padded_from_the_edge(tmp_path: Path, size: tuple[int, int]) -> None:
    image = np.full((*size, 4), 255, np.uint8)
    image[:, -1, :3] = (0, 0, 255)
    with VideoWriter(tmp_path / "a.mkv", crf=1) as writer:
        for index in range(3):
            writer.write(image, index / 10)
        assert writer.size == size
    for _, frame in decoded(tmp_path / "a.mkv"):
        assert frame.shape == (size[0] + size[0] % 2, size[1] + size[1] % 2, 3)
        if size[1] % 2:  # the padding is red, like the last column
            assert frame[:, -1, 2].min() > 200
            assert frame[:, -1, :2].max() < 80


def test_pictures_that_are_not_contiguous(tmp_path: Path) -> None:
    whole = np.dstack([np.tile(np.arange(64, dtype=np.uint8), (48, 1))] * 4)
    with VideoWriter(tmp_path / "a.mkv", crf=5) as writer:
        writer.write(whole[:, ::-1], 0.0)
    (_, image) = decoded(tmp_path / "a.mkv")[0]
    assert image[5, 0, 0] > image[5, 63, 0] + 40


def test_wrong_use_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecorderError, match=r"\.mkv or \.mp4"):
        VideoWriter(tmp_path / "a.avi")
    writer = VideoWriter(tmp_path / "a.mkv")
    with pytest.raises(ValueError, match="HxWx4"):
        writer.write(np.zeros((48, 64, 3), np.uint8), 0.0)
    writer.write(picture(), 0.0)
    with pytest.raises(ValueError, match=r"picture of \(48, 64\)"):
        writer.write(picture(64, 64), 0.1)
    writer.close()
    writer.close()
    with pytest.raises(ValueError, match="closed"):
        writer.write(picture(), 0.2)


def test_existing_files_are_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.mkv"
    assert free_path(path) == path
    path.write_text("precious")
    with pytest.raises(RecorderError, match="already exists"):
        VideoWriter(path)
    assert path.read_text() == "precious"
    assert free_path(path) == tmp_path / "a (2).mkv"
    (tmp_path / "a (2).mkv").symlink_to("nowhere")
    assert free_path(path) == tmp_path / "a (3).mkv"
    folder = tmp_path / "live 20.15.03 masks"
    folder.mkdir()
    assert free_path(folder) == tmp_path / "live 20.15.03 masks (2)"


def test_a_video_without_pictures_leaves_no_file(tmp_path: Path) -> None:
    VideoWriter(tmp_path / "a.mkv").close()
    with (
        pytest.raises(RecorderError, match="cannot be written"),
        VideoWriter(tmp_path / "b.mkv") as b,
    ):
        b.write(np.zeros((2, 40_000, 4), np.uint8), 0.0)  # wider than H.264 can be
    assert list(tmp_path.iterdir()) == []


def test_folders_that_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RecorderError, match="Choose another folder"):
        VideoWriter(tmp_path / "file" / "a.mkv")
    with pytest.raises(RecorderError, match="Choose a shorter one"):
        VideoWriter(tmp_path / f"{'a' * 300}.mkv")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")  # tests may run as root, who may do all

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(RecorderError, match="may not be written to"):
        VideoWriter(tmp_path / "a.mkv")


@needs_full_disk
def test_full_disk(tmp_path: Path) -> None:
    path = tmp_path / "x.mkv"
    path.symlink_to(FULL_DISK)
    writer = VideoWriter(path)
    noise = np.random.default_rng(0)
    with pytest.raises(RecorderError, match="the disk is full"):
        for index in range(500):
            writer.write(noise.integers(0, 255, (48, 64, 4), np.uint8), index / 30)
    with pytest.raises(RecorderError, match="the disk is full"):
        writer.close()
    writer.close()
    assert path.is_symlink()


KILLED = """
import sys
from pathlib import Path
import numpy as np
from app.pipeline.recording.video_writer import VideoWriter
writer = VideoWriter(Path(sys.argv[1]))
noise = np.random.default_rng(0)
for index in range(200):
    writer.write(noise.integers(0, 255, (96, 128, 4), np.uint8), index / 30)
print("written", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
@pytest.mark.parametrize("name", ["a.mkv", "a.mp4"])
def test_a_killed_program_leaves_a_readable_file(tmp_path: Path, name: str) -> None:
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path / name)],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "written\n"
        program.kill()
    times = [time for time, _ in decoded(tmp_path / name)]
    assert len(times) >= 160
    assert times == [round(1000 * index / 30) for index in range(len(times))]
