import resource
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from bombs import BOMBS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from swem_core.data.davis import DavisDataset
from swem_core.data.masks import read_mask, write_mask
from swem_core.data.pictures import open_picture, read_picture
from swem_core.errors import DatasetError, MaskError, PictureError
from swem_core.eval.click_sets import find_click_sets
from swem_core.train.annotated import AnnotatedPicture, MaskFile

SAME_FOLDER = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
SIDES = (60_000, 60_000)
MEGABYTES = 300  # less than any decoded bomb: 16,383 x 16,383 grey pixels are 268


def photo() -> np.ndarray:
    ramp = np.add.outer(np.arange(40), np.arange(56)).astype(np.uint8)
    return np.dstack((ramp, 2 * ramp, 255 - ramp))


def peak() -> float:
    """The most memory this process ever had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_before_they_are_decoded(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(BOMBS[name](*SIDES))
    before = peak()
    with pytest.raises(PictureError, match="is too large: more than 100 megapixels"):
        read_picture(path)
    assert peak() - before < MEGABYTES


def as_mask(path: Path) -> object:
    return read_mask(path)


def as_training_picture(path: Path) -> object:
    return AnnotatedPicture(path, MaskFile(path)).load()


def as_training_mask(path: Path) -> object:
    cv2.imwrite(str(path.with_name("good.png")), photo())
    return AnnotatedPicture(path.with_name("good.png"), MaskFile(path)).load()


def as_click_picture(path: Path) -> object:
    for folder in ("images", "masks"):
        (path.parent / folder).mkdir()
        (path.parent / folder / path.name).write_bytes(path.read_bytes())
    return list(find_click_sets(path.parent)[0].samples())


def as_davis_frame(path: Path) -> object:
    frames, masks = (path.parent / f"{kind}/480p/a" for kind in ("JPEGImages", "Annotations"))
    frames.mkdir(parents=True)
    masks.mkdir(parents=True)
    (frames / "00000.jpg").write_bytes(path.read_bytes())
    write_mask(masks / "00000.png", np.ones((4, 4), np.uint8))
    return next(iter(DavisDataset(path.parent).sequences())).frame(0)


READERS = (as_mask, as_training_picture, as_training_mask, as_click_picture, as_davis_frame)


@pytest.mark.parametrize("read", READERS)
def test_every_reader_of_the_core_refuses_a_bomb(
    tmp_path: Path, read: Callable[[Path], object]
) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(BOMBS["bomb.png"](*SIDES))
    before = peak()
    with pytest.raises((MaskError, DatasetError), match="100 megapixels"):
        read(path)
    assert peak() - before < MEGABYTES


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".bmp", ".webp", ".tif"])
def test_ordinary_pictures_are_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"ü{suffix}"
    path.write_bytes(cv2.imencode(suffix, photo())[1].tobytes())
    assert read_picture(path).shape == (40, 56, 3)


def test_deep_masks_keep_their_depth(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "deep.png"), np.full((3, 4), 60_000, np.uint16))
    assert read_picture(tmp_path / "deep.png", cv2.IMREAD_UNCHANGED).max() == 60_000


def test_what_is_no_picture_is_said(tmp_path: Path) -> None:
    for name, content in (("empty.png", b""), ("text.png", b"hello"), ("gif.png", b"GIF89a" * 9)):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(PictureError, match="damaged, or no PNG"):
            read_picture(tmp_path / name)
    with pytest.raises(PictureError, match="cannot be read"):
        read_picture(tmp_path / "missing.png")


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".bmp", ".webp", ".tif"])
@SAME_FOLDER
@given(data=st.data())
def test_damaged_pictures_do_no_worse_than_picture_error(
    tmp_path: Path, suffix: str, data: st.DataObject
) -> None:
    content = bytearray(cv2.imencode(suffix, photo())[1].tobytes())
    for _ in range(data.draw(st.integers(0, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / f"a{suffix}"
    path.write_bytes(bytes(content[: data.draw(st.integers(0, len(content)))]))
    try:
        picture = read_picture(path)
    except PictureError:
        return
    assert picture.ndim == 3 and picture.dtype == np.uint8


def test_up_to_the_limit_nothing_is_warned_of(tmp_path: Path) -> None:
    """Pillow's own limit is lower, and threads cannot silence its warning each for itself."""
    path = tmp_path / "large.png"
    path.write_bytes(BOMBS["bomb.png"](9_900, 10_000))
    with open_picture(path) as picture:
        assert picture.size == (9_900, 10_000)
    path.write_bytes(BOMBS["bomb.png"](10_100, 10_000))
    with pytest.raises(PictureError, match="too large"), open_picture(path):
        pass
