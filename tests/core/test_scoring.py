"""Scoring of whole sequences against a plain transcription of the benchmark's conventions."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from davis_folder import write_sequence
from numpy.typing import NDArray
from PIL import Image as Pictures

from swem_core.data.davis import DavisDataset, DavisSequence
from swem_core.data.masks import write_mask
from swem_core.errors import DatasetError, MaskError
from swem_core.eval.gallery import save_gallery, worst_frames
from swem_core.eval.report import Report, read_json, write_json
from swem_core.eval.scoring import saved_masks, score_saved
from swem_core.types import Labels

SIZE = (48, 80)
FRAMES = 9


def blobs(seed: int, ids: tuple[int, ...]) -> Labels:
    """Smooth random regions with the given ids on background."""
    noise = np.random.default_rng(seed).random((len(ids) + 1, *SIZE), np.float32)
    soft = np.stack([cv2.GaussianBlur(plane, (0, 0), 6) for plane in noise])
    return np.array((0, *ids), np.uint8)[soft.argmax(0)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two objects, void pixels, an object that is hidden at the end, a third that appears late."""
    truths = []
    predicted = tmp_path / "predicted" / "pair"
    predicted.mkdir(parents=True)
    for index in range(FRAMES):
        truth = blobs(1, (1, 2)) if index < 7 else blobs(1, (1,))
        guess = truth.copy()
        if index == 5:
            truth[truth == 0] = 3
        truth[:4, :30] = 255
        guess[blobs(100 + index, (1,)) > 0] = 0
        guess[:, :10] = index % 3
        truths.append(truth)
        write_mask(predicted / f"{index:05d}.png", guess)
    write_sequence(tmp_path, "pair", [np.zeros((*SIZE, 3), np.uint8)] * FRAMES, truths)
    return tmp_path


def boundary(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    padded = np.pad(mask, ((0, 1), (0, 1)), mode="edge")
    east, south, diagonal = padded[:-1, 1:], padded[1:, :-1], padded[1:, 1:]
    edge = (mask ^ east) | (mask ^ south) | (mask ^ diagonal)
    edge[-1] = mask[-1] ^ east[-1]
    edge[:, -1] = mask[:, -1] ^ south[:, -1]
    edge[-1, -1] = False
    return np.asarray(edge, np.bool_)


def distances(edge: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Of every pixel to the nearest of ``edge``, by trying all."""
    ys, xs = np.nonzero(edge)
    grid = np.indices(SIZE)
    return np.sqrt((grid[0][..., None] - ys) ** 2 + (grid[1][..., None] - xs) ** 2).min(-1)


def measures(pred: NDArray[np.bool_], true: NDArray[np.bool_]) -> tuple[float, float]:
    union = (pred | true).sum()
    j = (pred & true).sum() / union if union else 1.0
    a, b = boundary(pred), boundary(true)
    if not a.any() or not b.any():
        return float(j), float(not a.any() and not b.any())
    reach = np.ceil(0.008 * np.hypot(*SIZE))
    precision, recall = (distances(b)[a] <= reach).mean(), (distances(a)[b] <= reach).mean()
    total = precision + recall
    return float(j), float(2 * precision * recall / total if total else 0)


def test_a_sequence_is_scored_as_the_benchmark_says(root: Path) -> None:
    sequence = DavisDataset(root, 2017).sequence("pair")
    result = score_saved(root / "predicted", sequence)
    assert [one.object_id for one in result.objects] == [1, 2], "not the one that appears late"
    for one in result.objects:
        expected = []
        for index in range(1, FRAMES - 1):
            annotations = root / "Annotations" / "480p" / "pair"
            truth = np.array(Pictures.open(annotations / f"{index:05d}.png"))
            truth[truth == 255] = 0
            guess = np.array(Pictures.open(root / "predicted" / "pair" / f"{index:05d}.png"))
            expected.append(measures(guess == one.object_id, truth == one.object_id))
        j, f = zip(*expected, strict=True)
        assert one.frames == FRAMES - 2
        assert one.j_frames == pytest.approx(j)
        assert one.f_frames == pytest.approx(f)
        assert one.j.mean == pytest.approx(np.mean(j)) and 0 < one.j.mean < 1
        assert one.f.recall == pytest.approx(np.mean(np.array(f) > 0.5))
        # seven frames: the benchmark's quarters are frames 1-3 and 6-7, one-based (2.5 rounds up)
        edges = [round(x + 1e-10) for x in np.linspace(1, 7, 5)]
        assert one.j.decay == pytest.approx(np.mean(j[: edges[1]]) - np.mean(j[edges[3] - 1 :]))


@pytest.mark.parametrize("mode", ["P", "L", "RGB", "white"])
def test_masks_may_come_from_any_program(root: Path, mode: str) -> None:
    dataset = DavisDataset(root, 2016)
    sequence = dataset.sequence("pair")
    expected = score_saved(root / "predicted", sequence)
    for path in (root / "predicted" / "pair").iterdir():
        picture = Pictures.open(path)
        if mode == "white":
            picture = Pictures.fromarray((np.array(picture) > 0).astype(np.uint8) * 255)
        elif mode == "L":
            picture = Pictures.fromarray(np.array(picture))
        else:
            picture = picture.convert(mode)
        picture.save(path)
    assert score_saved(root / "predicted", sequence) == expected


def test_what_cannot_be_scored_is_named(root: Path) -> None:
    sequence = DavisDataset(root, 2017).sequence("pair")
    with pytest.raises(DatasetError, match="fewer than three"):
        score_saved(root / "predicted", sequence.first(2))
    write_mask(root / "predicted" / "pair" / "00003.png", np.zeros((5, 5), np.uint8))
    with pytest.raises(MaskError, match="same size"):
        score_saved(root / "predicted", sequence)
    (root / "predicted" / "pair" / "00003.png").unlink()
    with pytest.raises(DatasetError, match=r"pair.00003\.png is missing"):
        score_saved(root / "predicted", sequence)


def test_white_truth_is_the_object_and_not_void(root: Path) -> None:
    path = root / "Annotations" / "480p" / "pair" / "00000.png"
    Pictures.fromarray(np.full(SIZE, 255, np.uint8)).save(path)
    assert DavisDataset(root, 2016).sequence("pair").labels(0).all()
    write_mask(path, np.full(SIZE, 255, np.uint8))
    assert DavisDataset(root, 2016).sequence("pair").labels(0).all()
    labels = np.full(SIZE, 255, np.uint8)
    labels[0] = 4
    write_mask(path, labels)
    assert DavisDataset(root, 2016).sequence("pair").labels(0).sum() == SIZE[1]
    write_mask(path, np.full(SIZE, 255, np.uint8))
    assert not DavisDataset(root, 2017).sequence("pair").labels(0).any(), "all void"


def _report(root: Path) -> tuple[Report, DavisSequence]:
    sequence = DavisDataset(root, 2017).sequence("pair")
    return Report((score_saved(root / "predicted", sequence),), {"fps": 3.5}), sequence


def test_results_survive_their_file(root: Path) -> None:
    report, _ = _report(root)
    write_json(root / "r.json", report)
    assert read_json(root / "r.json") == report
    (root / "r.json").write_text('{"sequences": [{}]}')
    with pytest.raises(DatasetError, match="swem-live eval --json"):
        read_json(root / "r.json")


def test_the_gallery_shows_the_worst_frames_outlined(root: Path) -> None:
    report, sequence = _report(root)
    failures = worst_frames(report, 5)
    every = [j for one in report.sequences[0].objects for j in one.j_frames]
    assert failures[0].j == min(every)
    assert [f.j for f in failures] == sorted(f.j for f in failures)
    save_gallery(
        root / "g.png",
        failures,
        {"pair": sequence},
        lambda one, index: saved_masks(root / "predicted", one, index),
    )
    picture = cv2.imread(str(root / "g.png"))
    assert picture is not None and picture.shape[1] == 480 * min(len(failures), 4)
    assert (picture == 255).all(-1).sum() > 100, "the truth's white outline"
