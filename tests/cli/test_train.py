"""``swem-live train`` in a process of its own, interrupted and gone on with."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

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
    import cv2

    clip, root = cats(), tmp_path / "data"
    for name in ("images", "masks"):
        (root / "static" / "cats" / name).mkdir(parents=True)
    for index in range(3):
        cv2.imwrite(str(root / "static" / "cats" / "images" / f"{index}.jpg"), clip.frames[index])
        write_mask(root / "static" / "cats" / "masks" / f"{index}.png", clip.labels[index])
    return root


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
