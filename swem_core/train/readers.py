"""Listing the pictures and videos of data sets on disk, without reading them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from swem_core.data.davis import DavisDataset
from swem_core.data.pictures import PICTURE_SUFFIXES
from swem_core.errors import DatasetError
from swem_core.train.annotated import AnnotatedPicture, AnnotatedVideo, MaskFile
from swem_core.train.coco import read_coco
from swem_core.train.config import DataSource


@dataclass(frozen=True, slots=True)
class Listing:
    """The contents of a data set: ``stills``, ``videos`` or both. ``names``: of its sets or
    sequences."""

    stills: tuple[AnnotatedPicture, ...] = ()
    videos: tuple[AnnotatedVideo, ...] = ()
    names: tuple[str, ...] = ()


def read_source(source: DataSource, root: Path) -> Listing:
    """List the data set in the folder ``root``. Raises DatasetError."""
    if not root.is_dir():
        raise DatasetError(f"There is no folder {root}. Check the path and the data root.")
    listing = _READERS[source.layout](root, source)
    if not listing.stills and not listing.videos:
        raise DatasetError(
            f"{root} contains nothing in the layout '{source.layout}'. Check its path and layout."
        )
    return listing


def _static(root: Path, source: DataSource) -> Listing:
    """Folders with ``images`` and ``masks``, or one such folder."""
    folders = [path for path in (root, *_folders(root)) if (path / "images").is_dir()]
    folders = [path for path in folders if path.name not in source.except_for]
    stills = [one for path in folders for one in _matched(path / "images", path / "masks")]
    return Listing(stills=tuple(stills), names=tuple(path.name for path in folders))


def _pairs(root: Path, source: DataSource) -> Listing:
    """A .png mask beside every .jpg picture, anywhere below ``root``."""
    pictures = sorted(path for path in root.rglob("*") if path.suffix.lower() in (".jpg", ".jpeg"))
    stills = [
        AnnotatedPicture(path, MaskFile(path.with_suffix(".png"), single_object=True))
        for path in pictures
        if path.with_suffix(".png").is_file()
        and path.relative_to(root).parts[0] not in source.except_for
    ]
    return Listing(stills=tuple(stills), names=(root.name,))


def _coco(root: Path, source: DataSource) -> Listing:
    return Listing(stills=read_coco(root, root / source.annotations), names=(root.name,))


def _video(root: Path, source: DataSource) -> Listing:
    """Sequences, each a folder with ``frames`` and ``masks``."""
    return _videos([path for path in _folders(root) if (path / "frames").is_dir()], source)


def _frames(root: Path, source: DataSource) -> Listing:
    return _videos([root], source)


def _videos(folders: Sequence[Path], source: DataSource) -> Listing:
    kept = [path for path in folders if path.name not in source.except_for]
    videos = [AnnotatedVideo(path.name, _matched(path / "frames", path / "masks")) for path in kept]
    return Listing(videos=tuple(videos), names=tuple(path.name for path in kept))


def _davis(root: Path, source: DataSource) -> Listing:
    dataset = DavisDataset(root, year=2017, subset=source.subset)
    names = tuple(name for name in dataset.names if name not in source.except_for)
    videos = []
    for name in names:
        sequence = dataset.sequence(name)
        pairs = zip(sequence.frames, sequence.masks, strict=True)
        videos.append(
            AnnotatedVideo(
                name, tuple(AnnotatedPicture(frame, MaskFile(mask)) for frame, mask in pairs)
            )
        )
    return Listing(videos=tuple(videos), names=names)


def _youtube(root: Path, source: DataSource) -> Listing:
    """Annotated frames only, i.e. every fifth."""
    base = root / source.subset if (root / source.subset).is_dir() else root
    if not (base / "Annotations").is_dir():
        raise DatasetError(f"The folder {base / 'Annotations'} is missing: unpack YouTube-VOS.")
    folders = [p for p in _folders(base / "Annotations") if p.name not in source.except_for]
    videos = [AnnotatedVideo(p.name, _matched(base / "JPEGImages" / p.name, p)) for p in folders]
    return Listing(videos=tuple(videos), names=tuple(path.name for path in folders))


_READERS = {
    "static": _static,
    "pairs": _pairs,
    "coco": _coco,
    "video": _video,
    "frames": _frames,
    "davis": _davis,
    "youtube-vos": _youtube,
}


def _folders(root: Path) -> list[Path]:
    return sorted(path for path in root.iterdir() if path.is_dir())


def _matched(images: Path, masks: Path) -> tuple[AnnotatedPicture, ...]:
    """The pictures in ``images`` with a mask of the same stem in ``masks``, sorted by name."""
    for folder in (images, masks):
        if not folder.is_dir():
            raise DatasetError(f"The folder {folder} is missing.")
    found = {path.stem: path for path in masks.iterdir() if path.suffix.lower() in PICTURE_SUFFIXES}
    pictures = sorted(path for path in images.iterdir() if path.suffix.lower() in PICTURE_SUFFIXES)
    return tuple(AnnotatedPicture(p, MaskFile(found[p.stem])) for p in pictures if p.stem in found)
