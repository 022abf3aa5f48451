"""An independent reader: the system's ffprobe and ffmpeg, not the library we write with."""

import json
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

RATE = 48_000
needs_ffmpeg = pytest.mark.skipif(
    shutil.which("ffprobe") is None or shutil.which("ffmpeg") is None,
    reason="needs ffprobe and ffmpeg of the system (apt install ffmpeg); CI has them",
)


def streams(path: Path) -> list[dict[str, Any]]:
    return list(_probe(path, "-show_streams")["streams"])


def times(path: Path) -> list[Fraction]:
    """Presentation times of the pictures in seconds, exactly as stored."""
    base = Fraction(next(s for s in streams(path) if s["codec_type"] == "video")["time_base"])
    frames = _probe(path, "-select_streams", "v", "-show_frames", "-show_entries", "frame=pts")
    return [frame["pts"] * base for frame in frames["frames"]]


def pictures(path: Path, size: tuple[int, int], decoder: str = "") -> NDArray[np.uint8]:
    """N x H x W x 4 RGBA."""
    chosen = ["-c:v", decoder] if decoder else []
    plain = ["-map", "0:v", "-fps_mode", "passthrough", "-pix_fmt", "rgba", "-f", "rawvideo", "-"]
    raw = _run("ffmpeg", "-v", "error", *chosen, "-i", str(path), *plain)
    return np.frombuffer(raw, np.uint8).reshape(-1, *size, 4)


def sound(path: Path) -> NDArray[np.float32]:
    """Samples at 48 kHz, the first one at time 0 of the file."""
    placed = ["-map", "0:a", "-af", "aresample=async=1:first_pts=0", "-ar", str(RATE), "-ac", "1"]
    raw = _run("ffmpeg", "-v", "error", "-copyts", "-i", str(path), *placed, "-f", "f32le", "-")
    return np.frombuffer(raw, np.float32)


def bursts(samples: NDArray[np.float32], level: float = 0.2) -> list[float]:
    """Seconds at which it gets loud after at least 50 ms of quiet."""
    loud = np.flatnonzero(np.abs(samples) > level)
    if len(loud) == 0:
        return []
    starts = np.concatenate(([True], np.diff(loud) > RATE // 20))
    return [float(at) / RATE for at in loud[starts]]


def _probe(path: Path, *arguments: str) -> dict[str, Any]:
    return dict(json.loads(_run("ffprobe", "-v", "error", "-of", "json", *arguments, str(path))))


def _run(*command: str) -> bytes:
    return subprocess.run(command, capture_output=True, check=True).stdout
