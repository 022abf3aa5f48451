"""What the command line records, read back by an independent program."""

import json
from fractions import Fraction
from pathlib import Path

import cv2
import ffprobe
import numpy as np
import pytest
import sounding_clip
from cat_clip import GINGER, RATE, SIZE, WHITE, Clip, iou
from ffprobe import needs_ffmpeg
from pycocotools.coco import COCO

from app.__main__ import main
from swem_core.data.masks import read_mask, write_mask

FRAME_S = 1 / RATE


@pytest.fixture
def first_mask(clip: Clip, tmp_path: Path) -> Path:
    write_mask(tmp_path / "first.png", clip.labels[0])
    return tmp_path / "first.png"


def run(*arguments: object) -> int:
    return main([str(argument) for argument in ("run", *arguments)])


@needs_ffmpeg
@pytest.mark.parametrize("name", ["out.mkv", "out.mp4"])
@pytest.mark.parametrize("first_ms", [0, 280])
def test_the_sound_of_a_file_stays_with_its_pictures(
    first_mask: Path, tmp_path: Path, name: str, first_ms: int
) -> None:
    claps = (5, 17)
    source = sounding_clip.write(tmp_path / "in.mkv", 20, claps, first_ms)
    out = tmp_path / name
    assert run(source, "--mask", first_mask, "-o", out, "--opacity", 0) == 0
    assert ffprobe.times(out) == [Fraction(40 * i, 1000) for i in range(20)]
    heard = ffprobe.bursts(ffprobe.sound(out))
    white = ffprobe.pictures(out, SIZE)[:, 20:40, 20:40, :3].mean(axis=(1, 2, 3)) > 240
    seen = np.flatnonzero(white) * FRAME_S
    assert np.flatnonzero(white).tolist() == list(claps)
    np.testing.assert_allclose(heard, seen, atol=0.002)
    assert len(ffprobe.sound(out)) / ffprobe.RATE == pytest.approx(20 * FRAME_S, abs=0.03)
    silent = tmp_path / f"silent {name}"
    assert run(source, "--mask", first_mask, "-o", silent, "--no-audio") == 0
    assert [stream["codec_type"] for stream in ffprobe.streams(silent)] == ["video"]


@needs_ffmpeg
@pytest.mark.parametrize(
    ("alpha", "name", "decoder", "error"),
    [
        ("qtrle", "out.mov", "", 0),
        ("ffv1", "out.mkv", "", 0),
        ("prores4444", "out.mov", "", 2),
        ("vp9", "out.webm", "libvpx-vp9", 6),
    ],
)
def test_alpha(
    clip: Clip, first_mask: Path, tmp_path: Path, alpha: str, name: str, decoder: str, error: int
) -> None:
    source = sounding_clip.write(tmp_path / "in.mkv", 20, (5,))
    out, soft = tmp_path / name, tmp_path / "soft"
    arguments = ("--alpha", alpha, "-o", out, "--soft-masks", soft)
    assert run(source, "--mask", first_mask, *arguments) == 0
    assert {path.name for path in tmp_path.iterdir()} == {"first.png", "in.mkv", name, "soft"}
    shown = ffprobe.pictures(out, SIZE, decoder)
    assert len(shown) == 20
    for index, picture in enumerate(shown):
        expected = sum(
            cv2.imread(str(soft / f"object {i:03d}" / f"{index:05d}.png"), 0).astype(int)
            for i in (GINGER, WHITE)
        )
        difference = np.abs(picture[..., 3] - np.minimum(expected, 255))
        assert difference.mean() <= error / 4
        assert np.percentile(difference, 99) <= error
        opaque = picture[..., 3] > 250
        assert iou(opaque, clip.labels[index] > 0) > 0.8
        seen = np.abs(picture[..., 2::-1][opaque].astype(int) - clip.frames[index][opaque])
        assert seen.mean() < 6
        assert picture[picture[..., 3] == 0][:, :3].mean() < 6, "what is cut away is not there"
    assert ffprobe.times(out) == [Fraction(40 * i, 1000) for i in range(20)]
    np.testing.assert_allclose(ffprobe.bursts(ffprobe.sound(out)), [5 * FRAME_S], atol=0.003)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # pycocotools
def test_coco(clip: Clip, clip_file: Path, first_mask: Path, tmp_path: Path) -> None:
    out, masks = tmp_path / "out.json", tmp_path / "masks"
    assert run(clip_file, "--mask", first_mask, "--coco", out, "--masks", masks) == 0
    assert not list(tmp_path.glob("*.jsonl"))
    coco = COCO(str(out))
    assert [c["id"] for c in coco.loadCats(coco.getCatIds())] == [GINGER, WHITE]
    assert coco.getImgIds() == list(range(1, len(clip.frames) + 1))
    for image in coco.loadImgs(coco.getImgIds()):
        assert (image["height"], image["width"]) == SIZE
        assert image["seconds"] == pytest.approx(image["frame"] / RATE, abs=1e-6)
        assert image["source_seconds"] == image["seconds"]
        labels = read_mask(masks / image["file_name"])
        annotations = coco.loadAnns(coco.getAnnIds(imgIds=image["id"]))
        assert [each["category_id"] for each in annotations] == [GINGER, WHITE]
        for each in annotations:
            mask = coco.annToMask(each) > 0
            assert np.array_equal(mask, labels == each["category_id"])
            assert each["area"] == mask.sum()
            assert 0.5 < each["score"] <= 1
    assert json.loads(out.read_text())["info"]["version"]


def test_wrong_names_are_refused(
    clip_file: Path, first_mask: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = (clip_file, "--mask", first_mask)
    for arguments, reason in (
        (("-o", tmp_path / "a.avi"), ".mkv or .mp4"),
        (("-o", tmp_path / "a.mkv", "--alpha", "qtrle"), "ends with .mov"),
        (("--coco", tmp_path / "a.txt"), ".json"),
    ):
        assert run(*given, *arguments) == 1
        assert reason in capsys.readouterr().err
