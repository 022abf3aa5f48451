"""Data sets, configurations and checkpoints from anywhere: taken, or refused with a message."""

import json
import os
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from swem_core.errors import DatasetError, TrainingError, WeightsError
from swem_core.model.r50 import R50Network
from swem_core.model.weights import load_network
from swem_core.train.checkpoint import load_checkpoint
from swem_core.train.coco import decode_segmentation, read_coco
from swem_core.train.config import TrainConfig, load_config
from swem_core.train.imagenet import init_r50

SAME_FOLDER = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
numbers = st.integers() | st.floats()
plain = st.none() | st.booleans() | numbers | st.text(max_size=12)
anything = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["counts", "size", "id", "x"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(anything | st.fixed_dictionaries({"counts": st.text(max_size=30) | st.lists(numbers)}))
@example({"counts": [10**12, 5]})
@example({"counts": [2**62, 2**62, 2**62, 2**62, 48]})
@example([[1e30, 2, 3, 4, 5, 6]])
@example([[float("nan")] * 6])
def test_any_segmentation_is_a_mask_or_refused(segmentation: Any) -> None:
    try:
        mask = decode_segmentation(segmentation, (6, 8))
    except DatasetError:
        return
    assert mask.shape == (6, 8) and mask.dtype == np.bool_


@SAME_FOLDER
@given(value=anything, place=st.sampled_from(["", "images", "annotations", "image", "annotation"]))
def test_any_annotation_file_is_read_or_refused(tmp_path: Path, value: Any, place: str) -> None:
    image = {"id": 1, "file_name": "a.jpg", "height": 6, "width": 8}
    annotation = {"image_id": 1, "area": 3, "segmentation": [[0, 0, 3, 0, 3, 3]]}
    whole: Any = {"images": [image], "annotations": [annotation]}
    if place in ("images", "annotations"):
        whole[place] = value
    elif place:
        whole[f"{place}s"].append(value)
    else:
        whole = value
    path = tmp_path / "annotations.json"
    path.write_text(json.dumps(whole))
    try:
        pictures = read_coco(tmp_path, path)
    except DatasetError:
        return
    assert all(picture.image.parent == tmp_path for picture in pictures)


@pytest.mark.parametrize("name", ["../../secret.jpg", "/etc/passwd", "a/../../b.jpg"])
def test_annotations_cannot_point_outside_their_folder(tmp_path: Path, name: str) -> None:
    content = {
        "images": [{"id": 1, "file_name": name, "height": 6, "width": 8}],
        "annotations": [{"image_id": 1, "segmentation": []}],
    }
    (tmp_path / "a.json").write_text(json.dumps(content))
    with pytest.raises(DatasetError, match="outside the folder"):
        read_coco(tmp_path, tmp_path / "a.json")


def test_nested_beyond_measure_is_refused(tmp_path: Path) -> None:
    deep = tmp_path / "deep"
    deep.write_text("[" * 100_000)
    with pytest.raises(DatasetError, match="not a COCO instance file"):
        read_coco(tmp_path, deep)
    deep.write_text("a = " + "[" * 100_000)
    with pytest.raises(TrainingError, match="not valid TOML"):
        load_config(deep)


HEAD = 'model = "lite"\nsteps = 1\n'
DATA = '[[data]]\nlayout = "static"\npath = "x"\n'


@pytest.mark.parametrize(
    "bad",
    ["[optimiser]\nweight_decay = nan\n", "[loss]\niou = inf\n", f"[loss]\niou = 1{'0' * 400}\n"],
)
def test_numbers_must_be_finite(tmp_path: Path, bad: str) -> None:
    (tmp_path / "c.toml").write_text(HEAD + bad + DATA)
    with pytest.raises(TrainingError, match="finite"):
        load_config(tmp_path / "c.toml")


def _toml(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_toml(v)}" for key, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value) if isinstance(value, str) else repr(value)


KEYS = tuple(TrainConfig.__dataclass_fields__)


@SAME_FOLDER
@given(key=st.sampled_from(KEYS), value=anything)
def test_any_value_is_taken_or_refused(tmp_path: Path, key: str, value: Any) -> None:
    lines = {"model": '"lite"', "steps": "1", "data": '[{layout = "static", path = "x"}]'}
    text = "\n".join(f"{k} = {v}" for k, v in (lines | {key: _toml(value)}).items())
    (tmp_path / "c.toml").write_text(text, "utf-8", "replace")
    try:
        assert load_config(tmp_path / "c.toml").data
    except TrainingError as error:
        assert "c.toml" in str(error)


class Burglar:
    """Unpickled, it would leave a file behind."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> Any:
        return os.mkdir, (str(self.mark),)


def _load_weights(path: Path) -> object:
    return load_network("lite", path)


def _start_from(path: Path) -> object:
    return init_r50(R50Network(), path, None)


@pytest.mark.parametrize("read", [load_checkpoint, _start_from, _load_weights])
@pytest.mark.parametrize("form", ["torch", "pickle"])
def test_nothing_is_executed(tmp_path: Path, read: Any, form: str) -> None:
    path, mark = tmp_path / "last.pth", tmp_path / "been here"
    content = {"version": 1, "network": Burglar(mark)}
    if form == "torch":
        torch.save(content, path)
    else:
        path.write_bytes(pickle.dumps(content))
    with pytest.raises((TrainingError, WeightsError)):
        read(path)
    assert not mark.exists()


CHECKPOINT = {"version": 1, "step": 3, "elapsed": 2.0, "best": None, "config": "{}"} | {
    name: {} for name in ("network", "average", "optimiser", "scaler")
}


@SAME_FOLDER
@given(data=st.data())
def test_damaged_checkpoints_do_no_worse_than_training_error(
    tmp_path: Path, data: st.DataObject
) -> None:
    path = tmp_path / "last.pt"
    torch.save(CHECKPOINT | {"network": {"w": torch.arange(9.0)}}, path)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(0, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(bytes(content[: data.draw(st.integers(0, len(content)))]))
    try:
        assert load_checkpoint(path).step is not None
    except TrainingError as error:
        assert "last.pt" in str(error)


@given(name=st.sampled_from(sorted(set(CHECKPOINT))), value=anything)
@SAME_FOLDER
def test_checkpoints_of_another_shape_are_refused(tmp_path: Path, name: str, value: Any) -> None:
    path = tmp_path / "last.pt"
    torch.save(CHECKPOINT | {name: value}, path)
    try:
        found = load_checkpoint(path)
    except TrainingError as error:
        assert "last.pt" in str(error)
        return
    assert isinstance(found.step, int) and isinstance(found.network, dict)
    assert isinstance(found.config, dict)
