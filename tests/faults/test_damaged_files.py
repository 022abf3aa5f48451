"""A few hundred damaged files of every container and codec we take, through the real demuxers."""

import random
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import av
import clips
import numpy as np
from av.audio.stream import AudioStream

from app.cli.drills.damage import mutated

ROOT = Path(__file__).parents[2]
EACH = 30
KINDS = {
    **{"mp4": ("libx264", "yuv420p"), "mov": ("mjpeg", "yuvj420p"), "m4v": ("mpeg4", "yuv420p")},
    **{"mkv": ("ffv1", "bgr0"), "webm": ("libvpx-vp9", "yuv420p"), "avi": ("mpeg4", "yuv420p")},
    **{"ts": ("libx264", "yuv420p"), "wmv": ("wmv2", "yuv420p"), "flv": ("flv1", "yuv420p")},
    **{"mpg": ("mpeg1video", "yuv420p"), "gif": ("gif", "rgb8"), "mjpeg": ("mjpeg", "yuvj420p")},
}


def write(path: Path) -> bytes:
    """8 frames, with sound where the container takes it."""
    codec, pixels = KINDS[path.suffix[1:]]
    with av.open(str(path), "w") as container:
        video = container.add_stream(codec, rate=25)
        video.width, video.height, video.pix_fmt = 64, 48, pixels  # type: ignore[union-attr]
        audio = None
        if path.suffix in (".mp4", ".mkv", ".mov", ".avi", ".ts"):
            audio = container.add_stream("mp2" if path.suffix != ".mp4" else "aac", rate=48_000)
            assert isinstance(audio, AudioStream)
            audio.layout = "stereo"
        for i in range(8):
            picture = av.VideoFrame.from_ndarray(clips.picture(i * clips.STEP), format="bgr24")
            picture.pts = i
            container.mux(video.encode(picture))  # type: ignore[union-attr]
        if audio is not None:
            form, width = audio.format.name, 1152 if audio.name != "aac" else 1024
            silence = np.zeros((2, width), np.float32 if form == "fltp" else np.int16)
            if not form.endswith("p"):
                silence = silence.reshape(1, -1)
            for i in range(12):
                piece = av.AudioFrame.from_ndarray(silence, form, "stereo")
                piece.sample_rate, piece.pts = 48_000, i * width
                container.mux(audio.encode(piece))
            container.mux(audio.encode(None))
        container.mux(video.encode(None))  # type: ignore[union-attr]
    return path.read_bytes()


def test_damaged_files_are_played_as_far_as_they_go_or_refused(tmp_path: Path) -> None:
    for kind in KINDS:
        content = write(tmp_path / f"whole.{kind}")
        for number in range(EACH):
            chance = random.Random(f"{kind} {number}")
            (tmp_path / f"{number:02d}.{kind}").write_bytes(mutated(content, chance))
    command = [sys.executable, "-m", "app.cli.drills.play", str(tmp_path)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=200, errors="replace"
    )
    lines = done.stdout.splitlines()
    assert done.returncode == 0, "\n".join([*lines[-3:], done.stderr[-2000:]])
    assert lines[-1] == "done"
    whole = [after for line, after in pairwise(lines) if line.startswith("whole")]
    assert len(whole) == len(KINDS)
    assert all("8 frames, 0 skipped" in line for line in whole), whole
    assert any("refused" in line for line in lines) and any(" skipped" in line for line in lines)
