"""Scattered pixels of a part of a picture, read and written without the rest."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.pipeline.effects.picture import Picture

Box: TypeAlias = tuple[slice, slice]
"""Rows and columns of a part of a picture."""
Ends: TypeAlias = NDArray[np.intp]
"""Where the cells of a grid begin along one side, and where the last one ends."""


@dataclass(frozen=True, slots=True)
class Pixels:
    """Some pixels of a part of a picture. ``rows``, ``columns``: N indices into the part."""

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]

    def of(self, picture: Picture, box: Box) -> NDArray[np.uint8]:
        """Their values in the whole, contiguous picture: Nx4."""
        values = _words(picture).take(self._flat(picture, box))
        return np.asarray(values.view(np.uint8).reshape(-1, 4), np.uint8)

    def put(self, picture: Picture, box: Box, values: NDArray[np.uint8]) -> None:
        """Write Nx4 values to where ``of`` reads them."""
        _words(picture)[self._flat(picture, box)] = _words(values)

    def inside(self, part: NDArray[np.uint8]) -> NDArray[np.intp]:
        """Their places in the flattened HxW part itself."""
        return np.asarray(self.rows * part.shape[1] + self.columns, np.intp)

    def _flat(self, picture: Picture, box: Box) -> NDArray[np.intp]:
        first = box[0].start * picture.shape[1] + box[1].start
        return np.asarray(self.rows * picture.shape[1] + self.columns + first, np.intp)


def pixels_in(mask: NDArray[np.bool_]) -> Pixels:
    """The true pixels of a 2-d mask; much faster than ``np.nonzero``."""
    flat = np.flatnonzero(mask)
    rows = np.repeat(np.arange(mask.shape[0]), np.count_nonzero(mask, axis=1))
    return Pixels(rows, flat - rows * mask.shape[1])


def pixels_of_cells(cells: NDArray[np.bool_], rows: Ends, columns: Ends) -> Pixels:
    """The pixels of the true cells of a 2-d mask, cell row by cell row.

    ``rows``, ``columns``: where each cell begins in the part, and at last where the last one ends.
    Nothing as large as the part is made, unlike when the mask is enlarged and searched.
    """
    edges = np.diff(cells.astype(np.int8), axis=1, prepend=0, append=0)
    row, first = np.nonzero(edges == 1)  # runs of true cells
    last = np.nonzero(edges == -1)[1]
    heights = np.diff(rows)[row]
    left, length = columns[first], columns[last] - columns[first]
    lines = np.repeat(rows[row], heights) + _counted(heights)  # pixel rows of the runs
    lengths = np.repeat(length, heights)
    places = np.repeat(np.repeat(left, heights), lengths) + _counted(lengths)
    return Pixels(np.repeat(lines, lengths), places)


def _counted(lengths: NDArray[np.intp]) -> NDArray[np.intp]:
    """0, 1, ... for each of several lengths, one after the other."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.asarray(np.arange(total) - np.repeat(ends - lengths, lengths), np.intp)


def _words(pixels: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """Four channels as one number each: moved around five times as fast."""
    return np.asarray(pixels.reshape(-1).view(np.uint32), np.uint32)
