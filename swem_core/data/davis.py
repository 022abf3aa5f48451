"""Reader for the DAVIS 2016 and 2017 benchmarks.

Layout: ``JPEGImages/480p/<sequence>/00000.jpg``, ``Annotations/480p/<sequence>/00000.png``,
``ImageSets/<year>/val.txt``. https://davischallenge.org
"""

from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Literal, TypeAlias

import numpy as np

from swem_core.data.masks import read_mask
from swem_core.data.pictures import read_dataset_picture
from swem_core.errors import DatasetError
from swem_core.types import Image, Labels

Year: TypeAlias = Literal[2016, 2017]

_VOID = 255


@dataclass(frozen=True, slots=True)
class DavisSequence:
    """One sequence: ``frames[i]`` is annotated by ``masks[i]``.

    ``single_object``: all objects are merged into one with id 1, as in DAVIS 2016.
    """

    name: str
    frames: tuple[Path, ...]
    masks: tuple[Path, ...]
    single_object: bool

    def __len__(self) -> int:
        return len(self.frames)

    def frame(self, index: int) -> Image:
        """HxWx3 uint8 BGR. Raises DatasetError for a damaged picture."""
        return read_dataset_picture(self.frames[index])

    def labels(self, index: int) -> Labels:
        """HxW uint8 object ids; void is background. Raises MaskError for a damaged annotation."""
        labels = read_mask(self.masks[index])
        if not self.single_object:
            labels[labels == _VOID] = 0
            return labels
        void = labels == _VOID
        marked = (labels > 0) & ~void
        # If nothing else is marked, 255 is not void but white, i.e. the object
        only: Labels = (marked if marked.any() else void).astype(np.uint8)
        return only

    def first(self, frames: int | None) -> "DavisSequence":
        """The sequence cut to its first ``frames`` frames; None: all."""
        return replace(self, frames=self.frames[:frames], masks=self.masks[:frames])


class DavisDataset:
    """The sequences of one subset. Only the subset's list is read in advance.

    Raises DatasetError, which names the missing folder or file. Thread: any.
    """

    def __init__(
        self, root: Path, year: Year = 2016, *, subset: str = "val", resolution: str = "480p"
    ) -> None:
        self._year = year
        self._images = _folder(root / "JPEGImages" / resolution, root)
        self._annotations = _folder(root / "Annotations" / resolution, root)
        # the first release of DAVIS 2016 has its lists in a folder named after the resolution
        lists = [root / "ImageSets" / name / f"{subset}.txt" for name in (str(year), resolution)]
        found = next((path for path in lists if path.is_file()), None)
        self._names = _listed(found) if found else _subfolders(self._annotations)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the sequences in the order of the subset's list; without one, alphabetical."""
        return self._names

    def sequences(self) -> tuple[DavisSequence, ...]:
        """All sequences of the subset."""
        return tuple(self.sequence(name) for name in self._names)

    def sequence(self, name: str) -> DavisSequence:
        """The sequence called ``name``, which need not be in the subset."""
        frames = _files(self._images / name, ".jpg")
        masks = {path.stem: path for path in _files(self._annotations / name, ".png")}
        for frame in frames:
            if frame.stem not in masks:
                missing = self._annotations / name / f"{frame.stem}.png"
                raise DatasetError(
                    f"The annotation {missing} is missing. Scoring needs one for every frame."
                )
        matched = tuple(masks[frame.stem] for frame in frames)
        return DavisSequence(name, frames, matched, single_object=self._year == 2016)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DatasetError(f"{path} cannot be read ({error.strerror or error}).") from error


def _folder(path: Path, root: Path) -> Path:
    if not path.is_dir():
        raise DatasetError(
            f"The folder {path} is missing. Give the DAVIS folder that holds JPEGImages, "
            f"Annotations and ImageSets. Got {root}."
        )
    return path


def _files(folder: Path, suffix: str) -> tuple[Path, ...]:
    if not folder.is_dir():
        raise DatasetError(f"The folder {folder} is missing. Unpack the whole data set.")
    files = tuple(sorted(p for p in folder.iterdir() if p.suffix == suffix and p.is_file()))
    if not files:
        raise DatasetError(f"The folder {folder} holds no {suffix} files. Unpack the data set.")
    return files


def _subfolders(folder: Path) -> tuple[str, ...]:
    names = tuple(sorted(path.name for path in folder.iterdir() if path.is_dir()))
    if not names:
        raise DatasetError(f"The folder {folder} holds no sequences. Unpack the data set.")
    return names


def _listed(path: Path) -> tuple[str, ...]:
    """Names in a list file, without repetitions.

    A line is a name or, in the first release, "/JPEGImages/480p/<name>/00000.jpg /Annotations/...".
    """
    words = [
        line.split()[0]
        for line in _read(path).decode("utf-8", "replace").splitlines()
        if line.strip()
    ]
    names = [PurePosixPath(word).parent.name if "/" in word else word for word in words]
    if not names or not all(names) or ".." in names:
        raise DatasetError(f"{path} does not list sequences, one name per line. Restore the file.")
    return tuple(dict.fromkeys(names))
