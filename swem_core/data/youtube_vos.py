"""Reader for YouTube-VOS (https://youtube-vos.org).

Layout: ``JPEGImages/<video>/00000.jpg``; ``Annotations/<video>/00000.png``, at least for frames on
which an object first appears; and ``meta.json``, which lists the frames on which each object is to
be segmented, the first of which is annotated.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from swem_core.data.masks import read_mask
from swem_core.data.pictures import read_dataset_picture
from swem_core.errors import DatasetError
from swem_core.types import Image, Mask, ObjectId


@dataclass(frozen=True, slots=True)
class Video:
    """One video, from the frame on which its first object appears.

    ``frames``: picture files in order. ``annotations``: folder of the annotations. ``appears``:
    frame name -> ids of the objects that appear there. ``wanted``: names of the frames whose masks
    the benchmark's server expects.
    """

    name: str
    frames: tuple[Path, ...]
    annotations: Path
    appears: dict[str, tuple[ObjectId, ...]]
    wanted: frozenset[str]

    def __len__(self) -> int:
        return len(self.frames)

    def frame(self, index: int) -> Image:
        """HxWx3 uint8 BGR. Raises DatasetError for a damaged picture."""
        return read_dataset_picture(self.frames[index])

    def new_objects(self, index: int) -> dict[ObjectId, Mask]:
        """Masks of the objects that appear on this frame; often none.

        Raises MaskError for a damaged annotation, DatasetError if it lacks the object.
        """
        name = self.frames[index].stem
        ids = self.appears.get(name, ())
        if not ids:
            return {}
        path = self.annotations / f"{name}.png"
        labels = read_mask(path)
        for object_id in ids:
            if not np.any(labels == object_id):
                raise DatasetError(
                    f"{path} does not show object {object_id}, which meta.json says appears there."
                )
        return {object_id: labels == object_id for object_id in ids}


class YouTubeVos:
    """The videos of one subset, in the order of ``meta.json``. Raises DatasetError."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._videos = _meta(root / "meta.json")

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all videos."""
        return tuple(self._videos)

    def video(self, name: str) -> Video:
        """The video called ``name``. Raises DatasetError if it is missing or its entry invalid."""
        if name not in self._videos:
            raise DatasetError(f"meta.json of {self._root} has no video '{name}'.")
        folder = self._root / "JPEGImages" / name
        frames = sorted(folder.glob("*.jpg"))
        appears: dict[str, list[ObjectId]] = {}
        wanted: set[str] = set()
        try:
            for object_id, entry in self._videos[name]["objects"].items():
                names = sorted(map(str, entry["frames"]))
                appears.setdefault(names[0], []).append(int(object_id))
                wanted.update(names)
        except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
            raise DatasetError(
                f"meta.json of {self._root} does not say on which frames the objects of '{name}' "
                f"are ({error}). Unpack the data set again."
            ) from error
        missing = wanted - {path.stem for path in frames}
        if missing or not wanted:
            raise DatasetError(
                f"The frames of '{name}' are not all in {folder}"
                + (f" ({min(missing)}.jpg, for one)." if missing else ".")
            )
        start = min(appears)
        return Video(
            name,
            tuple(path for path in frames if path.stem >= start),
            self._root / "Annotations" / name,
            {frame: tuple(sorted(ids)) for frame, ids in appears.items()},
            frozenset(wanted),
        )


def _meta(path: Path) -> dict[str, Any]:
    try:
        videos: dict[str, Any] = json.loads(path.read_text("utf-8"))["videos"]
        if not isinstance(videos, dict) or not videos:
            raise ValueError("it names no videos")
        return videos
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DatasetError(
            f"{path} cannot be read ({error}). Give the YouTube-VOS folder that holds meta.json, "
            "JPEGImages and Annotations."
        ) from error
