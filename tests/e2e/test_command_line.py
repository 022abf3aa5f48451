"""The commands, through the real main()."""

import json
import os
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pytest
import zmq
from cat_clip import GINGER, RATE, SIZE, WHITE, Clip, iou

from app.__main__ import main
from app.prompts_file import ObjectPrompts, PromptsFile, save_prompts
from swem_core.data.masks import read_mask, write_mask
from swem_core.data.rle import decode_mask
from swem_core.resources import shipped
from swem_core.segment.prompts import Click


@pytest.fixture
def first_mask(clip: Clip, tmp_path: Path) -> Path:
    write_mask(tmp_path / "first.png", clip.labels[0])
    return tmp_path / "first.png"


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def test_run_with_a_mask_writes_video_and_masks(
    clip: Clip, clip_file: Path, first_mask: Path, tmp_path: Path
) -> None:
    out, masks = tmp_path / "out.mkv", tmp_path / "masks"
    assert run("run", clip_file, "--mask", first_mask, "-o", out, "--masks", masks) == 0
    written = sorted(masks.glob("*.png"))
    assert [path.name for path in written] == [f"{i:05d}.png" for i in range(len(clip.labels))]
    for path, truth in zip(written, clip.labels, strict=True):
        labels = read_mask(path)
        assert iou(labels == GINGER, truth == GINGER) > 0.8
        assert iou(labels == WHITE, truth == WHITE) > 0.85
    with av.open(str(out)) as container:
        times = [frame.time for frame in container.decode(video=0)]
    np.testing.assert_allclose(times, np.arange(len(clip.frames)) / RATE, atol=1e-3)


def test_run_with_prompts(clip: Clip, clip_file: Path, tmp_path: Path) -> None:
    click = Click(*clip.inside(WHITE))
    prompts = PromptsFile(SIZE, (ObjectPrompts(5, (click,), name="white cat"),))
    save_prompts(tmp_path / "p.json", prompts)
    masks = tmp_path / "masks"
    assert run("run", clip_file, "--prompts", tmp_path / "p.json", "--masks", masks) == 0
    last = read_mask(sorted(masks.glob("*.png"))[-1])
    assert set(np.unique(last)) == {0, 5}
    assert iou(last == 5, clip.labels[-1] == WHITE) > 0.85


def test_run_on_a_folder_of_images(clip: Clip, first_mask: Path, tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    for index, frame in enumerate(clip.frames[:3]):
        cv2.imwrite(str(tmp_path / "images" / f"{index}.png"), frame)
    out = tmp_path / "out.mkv"
    assert run("run", tmp_path / "images", "--mask", first_mask, "-o", out) == 0
    assert out.exists()


def test_bad_input_is_explained_and_ends_with_1(
    clip_file: Path, first_mask: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_mask(tmp_path / "small.png", np.ones((10, 10), np.uint8))
    write_mask(tmp_path / "empty.png", np.zeros(SIZE, np.uint8))
    (tmp_path / "cut.safetensors").write_bytes(shipped("lite").path.read_bytes()[:9999])
    out = ("-o", tmp_path / "o.mkv")
    good = ("--mask", first_mask, *out)
    cases = {
        "no file": ("run", tmp_path / "none.mp4", *good),
        "10 x 10": ("run", clip_file, "--mask", tmp_path / "small.png", *out),
        "empty": ("run", clip_file, "--mask", tmp_path / "empty.png", *out),
        "damaged or cut off": (
            *("run", clip_file, *good),
            *("--weights", tmp_path / "cut.safetensors"),
        ),
        "click-lite.safetensors does not hold": (
            *("run", clip_file, *good),
            *("--weights", shipped("click-lite").path),
        ),
        "no device": ("run", clip_file, *good, "--device", "abacus"),
    }
    for message, arguments in cases.items():
        assert run(*arguments) == 1, message
        assert message.lower() in capsys.readouterr().err.lower()


@pytest.mark.parametrize(
    "arguments", [["run"], ["run", "x.mp4"], ["--size", "3"], ["--model", "giant"], ["dance"]]
)
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2


def test_run_without_an_output_says_so(
    first_mask: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("run", "x.mp4", "--mask", first_mask) == 2
    assert "-o OUT.mkv" in capsys.readouterr().err


def test_doctor_and_devices_report(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("doctor") == 0
    report = capsys.readouterr().out
    for subject in ("torch", "Weights lite", "Codec libx264", "Camera", "Display"):
        assert subject in report
    assert run("devices") == 0
    assert "cpu" in capsys.readouterr().out


def test_eval_clicks_counts_clicks(
    clip: Clip, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("images", "masks"):
        (tmp_path / "cats" / folder).mkdir(parents=True)
    for index, cat in enumerate((WHITE, GINGER)):
        cv2.imwrite(str(tmp_path / "cats" / "images" / f"{index}.png"), clip.frames[0])
        mask = (clip.labels[0] == cat).astype(np.uint8) * 255
        cv2.imwrite(str(tmp_path / "cats" / "masks" / f"{index}.png"), mask)
    files = ("--json", tmp_path / "c.json", "--plot", tmp_path / "c.png")
    methods = ("--method", "click", "--method", "grabcut", "--method", "em")
    assert run("eval-clicks", tmp_path / "cats", *methods, "--max-images", 1, *files) == 0
    assert "NoC@90" in capsys.readouterr().out
    click, grabcut, em = json.loads((tmp_path / "c.json").read_text())
    assert click["method"] == "click" and click["set"] == "cats" and click["images"] == 1
    assert click["noc_90"] <= 4 and click["noc_85"] <= click["noc_90"] and click["iou_5"] > 0.85
    assert all(0 <= one["iou_1"] <= 1 and one["milliseconds"] > 0 for one in (grabcut, em))
    assert (tmp_path / "c.png").stat().st_size > 1000
    assert run("eval-clicks", tmp_path) == 0, "a folder of sets"
    assert run("eval-clicks", tmp_path / "none") == 1
    assert "images/ and masks/" in capsys.readouterr().err


def test_eval_scores_a_data_set(
    clip: Clip, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    images, masks = (tmp_path / name / "480p" / "cats" for name in ("JPEGImages", "Annotations"))
    for folder in (images, masks):
        folder.mkdir(parents=True)
    for index in range(6):
        cv2.imwrite(str(images / f"{index:05d}.jpg"), clip.frames[index])
        write_mask(masks / f"{index:05d}.png", clip.labels[index])
    table = tmp_path / "result.json"
    assert run("eval", tmp_path, "--year", 2017, "--json", table, "--save", tmp_path / "p") == 0
    result = json.loads(table.read_text())
    assert result["summary"]["j"]["mean"] > 0.85
    assert len(list((tmp_path / "p" / "cats").glob("*.png"))) == 6
    assert "J&F" in capsys.readouterr().out
    cheap = tmp_path / "cheap.json"
    assert run("eval", tmp_path, "--year", 2017, "--level", "mask-2", "--json", cheap) == 0
    assert json.loads(cheap.read_text())["about"]["level"] == "mask-2"
    assert 0.8 < json.loads(cheap.read_text())["summary"]["j"]["mean"] < 1


@pytest.mark.slow
def test_without_a_display_the_demonstration_runs_headless(tmp_path: Path) -> None:
    """The README's first command, as a new user without a screen runs it."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {k: v for k, v in os.environ.items() if k not in hidden}
    done = subprocess.run(
        [sys.executable, "-m", "app", "--demo", "--output", str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "No display" in done.stdout and "289 frames in" in done.stdout
    assert {"demo.mkv", "demo.png", "demo masks"} <= {path.name for path in tmp_path.iterdir()}
    assert len(list((tmp_path / "demo masks").glob("*.png"))) == 289
    for name in ("demo.mkv", "demo.png", "demo masks"):
        assert f"Wrote {tmp_path / name}" in done.stdout


def test_a_window_without_a_display_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert run("--source", "x.mp4") == 1
    assert "swem-live run" in capsys.readouterr().err


def test_results_for_other_programs(clip: Clip, clip_file: Path, first_mask: Path) -> None:
    heard: list[dict[str, Any]] = []
    with zmq.Context() as context, context.socket(zmq.SUB) as subscriber:
        subscriber.setsockopt(zmq.RECONNECT_IVL, 10)
        subscriber.subscribe(b"")
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            address = f"tcp://127.0.0.1:{probe.getsockname()[1]}"
        subscriber.connect(address)
        options = ("--mask", first_mask, "--publish", address, "--publish-masks")
        assert run("run", clip_file, *options) == 0
        while subscriber.poll(500):
            heard.append(json.loads(subscriber.recv()))
    last = heard[-1]
    assert last["frame"] == len(clip.frames) - 1
    for each, truth in zip(last["objects"], (GINGER, WHITE), strict=True):
        mask = cv2.resize(decode_mask(each["mask"]).view(np.uint8), SIZE[::-1])
        assert iou(mask > 0, clip.labels[-1] == truth) > 0.8
