"""``swem-live train`` in a process of its own, interrupted and gone on with."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import cv2
import pytest
from cat_clip import cats

from app.__main__ import main
from swem_core.data.masks import write_mask
from swem_core.model.weights import load_network

CONFIG = """\
model = "lite"
start = "shipped"
size = 64
frames = 2
batch = 1
objects = 1
steps = {steps}
precision = "fp32"
workers = 0
cache = false

[[data]]
layout = "static"
path = "static"
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    clip, root = cats(), tmp_path / "data"
    for name in ("images", "masks"):
        (root / "static" / "kittens" / name).mkdir(parents=True)
    for index in range(3):
        cv2.imwrite(
            str(root / "static" / "kittens" / "images" / f"{index}.jpg"), clip.frames[index]
        )
        write_mask(root / "static" / "kittens" / "masks" / f"{index}.png", clip.labels[index])
    return root


@pytest.fixture
def videos(data: Path) -> Path:
    clip, folder = cats(), data / "videos" / "garden"
    for name in ("frames", "masks"):
        (folder / name).mkdir(parents=True)
    for index in range(3):
        cv2.imwrite(str(folder / "frames" / f"{index:05d}.jpg"), clip.frames[index])
        write_mask(folder / "masks" / f"{index:05d}.png", clip.labels[index])
    return data


def steps_of(output: Path) -> list[int]:
    log = output / "log.jsonl"
    return [json.loads(x)["step"] for x in log.read_text().splitlines()] if log.exists() else []


@pytest.mark.slow
def test_an_interrupted_training_is_resumed_to_its_end(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config, output = tmp_path / "c.toml", tmp_path / "out"
    config.write_text(CONFIG.format(steps=60))
    train = ["train", str(config), "--data", str(data), "--output", str(output)]
    process = subprocess.Popen(
        [sys.executable, "-m", "app", *train], stdout=subprocess.PIPE, text=True, env=os.environ
    )
    deadline = time.monotonic() + 120
    while not steps_of(output) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "--resume goes on from here" in said
    assert steps_of(output)[-1] < 60
    assert main(train) == 1, "not over what is there"
    assert "--resume" in capsys.readouterr().err
    assert main([*train, "--resume"]) == 0
    assert steps_of(output)[-1] == 60
    assert "clips/s" in capsys.readouterr().out
    load_network("lite", output / "weights.safetensors")


def test_bench_train_measures_and_keeps_nothing(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "c.toml").write_text(CONFIG.format(steps=4))
    before = sorted(tmp_path.rglob("*"))
    given = ("--train", str(tmp_path / "c.toml"), "--data", str(data), "--seconds", "0.4")
    assert main(["bench", *given]) == 0
    assert re.search(r"[1-9][\d.]* clips/s .* % of the time waiting", capsys.readouterr().out)
    assert sorted(tmp_path.rglob("*")) == before


VIDEOS = """
[[data]]
layout = "video"
path = "videos"
"""


@pytest.mark.slow
def test_pictures_and_videos_are_compared_and_finished_trainings_kept(
    videos: Path, davis: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "c.toml").write_text(CONFIG.format(steps=2) + VIDEOS)
    output, table = tmp_path / "out", tmp_path / "t.csv"
    given = ["compare-data", str(tmp_path / "c.toml"), str(davis), "--data", str(videos)]
    given += ["--year", "2017", "--output", str(output), "--csv", str(table)]
    assert main(given) == 0
    rows = [line.split(",") for line in table.read_text().splitlines()[1:]]
    assert [row[0] for row in rows] == ["images", "videos", "both"]
    assert all(float(row[1]) > 30 for row in rows), "two steps from the shipped weights"
    assert len({(output / row[0] / "weights.safetensors").read_bytes() for row in rows}) == 3
    before = (output / "both" / "weights.safetensors").read_bytes()
    (output / "videos" / "checkpoint.pt").unlink()
    (output / "videos" / "weights.safetensors").unlink()
    assert main(given) == 0
    assert (output / "both" / "weights.safetensors").read_bytes() == before
    assert (output / "videos" / "weights.safetensors").is_file()


def test_what_is_scored_on_may_not_be_trained_on(
    videos: Path, davis: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "c.toml").write_text(CONFIG.format(steps=2) + VIDEOS)
    (videos / "videos" / "garden").rename(videos / "videos" / "cats")
    given = ["compare-data", str(tmp_path / "c.toml"), str(davis), "--data", str(videos)]
    assert main([*given, "--year", "2017", "--output", str(tmp_path / "out")]) == 1
    assert "'cats' is to be validated on" in capsys.readouterr().err


def test_one_kind_of_data_is_nothing_to_compare(
    data: Path, davis: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "c.toml").write_text(CONFIG.format(steps=2))
    assert main(["compare-data", str(tmp_path / "c.toml"), str(davis), "--data", str(data)]) == 1
    assert "names no videos" in capsys.readouterr().err
