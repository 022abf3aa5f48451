"""``swem-live eval`` on a real clip with exact masks, through the real main()."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from cat_clip import Clip, iou

from app.__main__ import main
from swem_core.data.masks import read_mask, write_mask

FRAMES = 6


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def test_saved_masks_score_what_the_engine_scored(
    davis: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ("eval", davis, "--year", 2017)
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    saved = ("--save", tmp_path / "m", "--json", one, "--csv", tmp_path / "one.csv")
    pictures = ("--plot", tmp_path / "p.png", "--gallery", tmp_path / "g.png")
    assert run(*data, *saved, *pictures) == 0
    assert run(*data, "--masks", tmp_path / "m", "--json", other) == 0
    first, second = (json.loads(path.read_text()) for path in (one, other))
    assert first["sequences"] == second["sequences"]
    assert len(first["sequences"][0]["objects"][1]["j_frames"]) == FRAMES - 2
    assert first["about"]["fps"] > 0 and "fps" not in second["about"]
    assert (tmp_path / "one.csv").read_text().count("\n") == 4
    for name in ("p.png", "g.png"):
        picture = cv2.imread(str(tmp_path / name))
        assert picture is not None and picture.std() > 5
    for path in (tmp_path / "m" / "cats").iterdir():
        write_mask(path, np.zeros_like(read_mask(path)))
    assert run(*data, "--masks", tmp_path / "m", "--json", other) == 0
    capsys.readouterr()
    assert run("eval", "--compare", one, other, "--plot", tmp_path / "c.png") == 0
    shown = capsys.readouterr().out
    assert "one" in shown and "other" in shown and "-9" in shown
    assert (tmp_path / "c.png").stat().st_size > 1000


def test_only_the_first_frames(davis: Path, tmp_path: Path) -> None:
    assert run("eval", davis, "--frames", 4, "--json", tmp_path / "r.json") == 0
    result = json.loads((tmp_path / "r.json").read_text())
    assert result["sequences"][0]["objects"][0]["frames"] == 2


def test_usage_that_makes_no_sense(
    davis: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("eval") == 2
    assert "eval ROOT" in capsys.readouterr().err
    assert run("eval", davis, "--masks", tmp_path) == 1
    assert "is missing" in capsys.readouterr().err
    assert run("eval", davis, "--youtube-vos") == 2
    assert "--save" in capsys.readouterr().err
    assert run("eval", davis, "--youtube-vos", "--save", tmp_path / "out") == 1
    assert "meta.json" in capsys.readouterr().err


def test_youtube_vos_masks_for_the_server(clip: Clip, tmp_path: Path) -> None:
    """The first object appears on frame 1, the second on frame 4; every second mask is wanted."""
    root, names = tmp_path / "valid", [f"{5 * i:05d}" for i in range(9)]
    images, masks = (root / name / "0a1b" for name in ("JPEGImages", "Annotations"))
    for folder in (images, masks):
        folder.mkdir(parents=True)
    for index, name in enumerate(names):
        cv2.imwrite(str(images / f"{name}.jpg"), clip.frames[index])
    write_mask(masks / f"{names[1]}.png", np.where(clip.labels[1] == 1, 1, 0).astype(np.uint8))
    write_mask(masks / f"{names[4]}.png", np.where(clip.labels[4] == 2, 2, 0).astype(np.uint8))
    wanted = {"1": names[1::2], "2": [names[4], *names[5::2]]}
    objects = {i: {"category": "cat", "frames": frames} for i, frames in wanted.items()}
    (root / "meta.json").write_text(json.dumps({"videos": {"0a1b": {"objects": objects}}}))
    assert run("eval", root, "--youtube-vos", "--save", tmp_path / "out") == 0
    written = sorted((tmp_path / "out" / "Annotations" / "0a1b").iterdir())
    assert [path.stem for path in written] == sorted({*wanted["1"], *wanted["2"]})
    for path in written:
        index = names.index(path.stem)
        labels, truth = read_mask(path), clip.labels[index]
        assert labels.shape == truth.shape
        assert iou(labels == 1, truth == 1) > 0.8
        if index < 4:
            assert not (labels == 2).any()
        else:
            assert iou(labels == 2, truth == 2) > 0.8
    (root / "meta.json").write_text('{"videos": {"0a1b": {"objects": {"1": {}}}}}')
    assert run("eval", root, "--youtube-vos", "--save", tmp_path / "out") == 1


def test_ablations_as_a_table(
    davis: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "a.csv"
    assert run("ablate", davis, "--only", "first", "--frames", 4, "--csv", table) == 0
    assert "Only inference changes" in capsys.readouterr().out
    rows = [line.split(",") for line in table.read_text().splitlines()]
    assert [row[:2] for row in rows[1:]] == [["as trained", ""], ["first", "not kept"]]
    assert float(rows[1][2]) > 80
    assert int(rows[1][-1]) == 2 * int(rows[2][-1]) == 386, "two banks, or one"
    with pytest.raises(SystemExit):
        run("ablate", davis, "--only", "gravity")


def test_memories_compared_on_the_same_frames(
    davis: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = ("--csv", tmp_path / "m.csv", "--plot", tmp_path / "m.png")
    assert run("compare-memory", davis, "--every", "2,inf", *files) == 0
    assert "only indicative" in capsys.readouterr().out
    rows = [line.split(",") for line in (tmp_path / "m.csv").read_text().splitlines()]
    assert [row[0] for row in rows[1:]] == ["SWEM", "every 2", "first only"]
    stored = [int(row[-2]) for row in rows[1:]]
    assert stored[0] == 512 and stored[1] == 3 * stored[2], "frames 0, 2 and 4; the last is not"
    picture = cv2.imread(str(tmp_path / "m.png"))
    assert picture is not None and picture.std() > 5
