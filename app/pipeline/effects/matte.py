"""Soft masks at source resolution, refined, grown or shrunk, and feathered."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from app.pipeline.effects.guided_filter import REACH, Guide, sample
from app.pipeline.effects.picture import Plane, to_bytes
from app.pipeline.effects.pixels import Box, Ends, Pixels, pixels_of_cells
from app.pipeline.effects.pyramid import Pyramid
from app.pipeline.style import Edge
from swem_core.engine.result import PROBABILITY_EPS, StepResult, aggregate, sigmoid, to_alpha
from swem_core.types import Alpha, ObjectId, Size

_FAINT = 0.04  # probabilities below are drawn as nothing
_LIKELY = 0.2  # and below this, the refined edge does not reach: single specks are left out
_FINER = 2  # grid pixels per pixel of the network's masks
_REACH = 3  # grid pixels the edge may be moved by
_MOST = 0.5
_STEP = 0.1  # difference of two grid pixels from which what lies between them matters
_TO_UNIT = np.float32(1 / 255)


@dataclass(frozen=True, slots=True)
class Matte:
    """``alpha``: HxW uint8 soft mask of the part ``box`` of the frame; 0 outside of it."""

    box: Box
    alpha: Alpha


class Mattes:
    """Makes the soft masks of one frame on demand. Thread: one at a time."""

    def __init__(self, pyramid: Pyramid, result: StepResult, edge: Edge) -> None:
        self._pyramid, self._result, self._edge = pyramid, result, edge
        self.size: Size = (pyramid.image.shape[0], pyramid.image.shape[1])
        height, width = result.logits.shape[1:]
        small = pyramid.small.shape
        self.grid: Size = (min(_FINER * height, small[0]), min(_FINER * width, small[1]))
        self._rows = _grid_positions(self.size[0], self.grid[0])
        self._columns = _grid_positions(self.size[1], self.grid[1])
        self._ends = tuple(map(_ends, self.size, self.grid))

    @cached_property
    def guide(self) -> Guide:
        """The frame as the guide of the guided filter."""
        return Guide(self._pyramid.small, self.grid)

    def on_grid(self, at: Pixels, box: Box) -> tuple[Plane, Plane]:
        """Fractional grid rows and columns of the source pixels ``at`` in ``box``."""
        rows = self._rows[box[0]].take(at.rows)
        return rows, self._columns[box[1]].take(at.columns)

    def of(self, ids: Collection[ObjectId]) -> Matte | None:
        """One soft mask of all objects in ``ids``; None if nothing of them is visible."""
        chosen = [object_id in ids for object_id in self._result.ids]
        if not any(chosen):
            return None
        matte = self._given(ids) if self._result.anchors else self._predicted(chosen)
        return None if matte is None else finished(matte, self._edge)

    @cached_property
    def _probabilities(self) -> NDArray[np.float32]:
        return aggregate(sigmoid(self._result.logits))[1:]

    def _predicted(self, chosen: list[bool]) -> Matte | None:
        """The mask made from the network's small ones."""
        prob = np.minimum(self._probabilities[chosen].sum(0), 1)
        least = _LIKELY if self._edge.refine else _FAINT
        box = self._box((prob > least).astype(np.uint8))
        if box is None:
            return None
        prob = np.clip(prob, PROBABILITY_EPS, 1 - PROBABILITY_EPS)
        logit = np.log(prob / (1 - prob))
        if self._edge.refine:
            small = to_alpha(np.asarray(cv2.resize(logit, self.grid[::-1]), np.float32))
            return self._refined(box, small)
        whole = np.asarray(cv2.resize(logit, self.size[::-1]), np.float32)
        return Matte(box, to_alpha(whole[box]))

    def _given(self, ids: Collection[ObjectId]) -> Matte | None:
        """The mask a person drew on this frame, exactly, which the small masks cannot hold."""
        whole = np.zeros(self.size, np.uint8)
        for object_id, alpha in self._result.alphas().items():
            if object_id in ids:
                cv2.add(whole, alpha, dst=whole)
        box = self._box(whole)
        if box is None:
            return None
        if self._edge.refine:
            small = cv2.resize(whole, self.grid[::-1], interpolation=cv2.INTER_AREA)
            return self._refined(box, np.asarray(small, np.uint8))
        return Matte(box, np.ascontiguousarray(whole[box]))

    def _enlarged(self, small: Alpha, box: Box) -> Alpha:
        """A part of a grid-sized plane at source resolution, as cv2.resize would make it."""
        rows, columns = box
        (height, width), (high, wide) = self.size, self.grid
        if columns.stop - columns.start > width * _MOST:  # then all of it is made faster
            whole = np.asarray(cv2.resize(small, (width, height)), np.uint8)
            return np.ascontiguousarray(whole[box])
        across, down = wide / width, high / height
        left = (columns.start + 0.5) * across - 0.5
        top = (rows.start + 0.5) * down - 0.5
        place = np.array([[across, 0, left], [0, down, top]])
        size = (columns.stop - columns.start, rows.stop - rows.start)
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        part = cv2.warpAffine(small, place, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(part, np.uint8)

    def _grid_part(self, box: Box) -> Box:
        """The grid pixels under a box, with room for the filter's windows."""
        rows, columns = (
            slice(
                max(int(ends.start * cells / count) - REACH, 0),
                min(int(np.ceil(ends.stop * cells / count)) + REACH, cells),
            )
            for ends, count, cells in zip(box, self.size, self.grid, strict=True)
        )
        return rows, columns

    def _box(self, found: NDArray[np.uint8]) -> Box | None:
        """The source pixels a mask of any resolution may reach once its edge is finished."""
        x, y, width, height = cv2.boundingRect(found)
        if width == 0:
            return None
        margin = max(self._edge.grow, 0) + _feather_reach(self._edge)
        ends = ((y, y + height), (x, x + width))
        rows, columns = (
            _reach(ends[axis], found.shape[axis], self.size[axis], self.grid[axis], margin)
            for axis in (0, 1)
        )
        return rows, columns

    def _refined(self, box: Box, small: Alpha) -> Matte:
        """The guided filter: on the grid, and per source pixel where that makes a difference."""
        on_grid = small.astype(np.float32) * _TO_UNIT
        part = self._grid_part(box)
        coarse = on_grid[part].copy()
        coefficients = self.guide.coefficients(coarse, part)
        moved = self.guide.apply(coefficients, part)
        movable = _around(_uncertain(coarse, 0.02), _REACH)
        on_grid[part] = np.where(movable, moved, coarse)
        alpha = self._enlarged(np.rint(255 * on_grid).astype(np.uint8), box)
        cells = _uncertain(on_grid, _STEP)[part] > 0
        at = pixels_of_cells(cells, *self._cell_ends(box, part))
        if len(at.rows):
            rows, columns = self.on_grid(at, box)
            terms = sample(coefficients, rows - part[0].start, columns - part[1].start)
            terms *= at.of(self._pyramid.opaque, box)  # whose alpha of 255 takes the constant along
            found = terms @ np.ones(4, np.float32)  # many times faster than a sum of rows of four
            alpha.reshape(-1)[at.inside(alpha)] = to_bytes(found).ravel()
        return Matte(box, alpha)

    def _cell_ends(self, box: Box, part: Box) -> tuple[Ends, Ends]:
        """Where the grid pixels of ``part`` begin in ``box``, and where the last ones end."""
        rows, columns = (
            np.clip(ends[cells.start : cells.stop + 1], place.start, place.stop) - place.start
            for ends, cells, place in zip(self._ends, part, box, strict=True)
        )
        return rows, columns


def finished(matte: Matte, edge: Edge) -> Matte:
    """``matte`` grown or shrunk, then feathered. Its box must have room for that."""
    alpha = matte.alpha
    if edge.grow:
        radius = abs(edge.grow)
        disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
        change = cv2.dilate if edge.grow > 0 else cv2.erode
        alpha = np.asarray(change(alpha, disc), np.uint8)
    if edge.feather:
        width = (_feather_reach(edge) + 1, _feather_reach(edge) + 1)
        alpha = np.asarray(cv2.blur(cv2.blur(alpha, width), width), np.uint8)
    return replace(matte, alpha=alpha)


def _feather_reach(edge: Edge) -> int:
    """An even number of pixels: two boxes of half of it on either side fade over ``feather``."""
    return 2 * ((edge.feather + 1) // 2)


def _uncertain(mask: Plane, least: float) -> NDArray[np.uint8]:
    """1 where neighbours differ by more than ``least``: on soft edges and beside hard ones."""
    cross = np.ones((3, 3), np.uint8)
    spread = np.asarray(cv2.dilate(mask, cross), np.float32) - np.asarray(cv2.erode(mask, cross))
    return (spread > least).astype(np.uint8)


def _around(mask: NDArray[np.uint8], radius: int) -> NDArray[np.bool_]:
    window = np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)
    return np.asarray(cv2.dilate(mask, window), np.uint8) > 0


def _grid_positions(count: int, cells: int) -> Plane:
    """Where pixel centres lie on a grid over the same extent, as in cv2.resize."""
    positions = (np.arange(count, dtype=np.float32) + 0.5) * np.float32(cells / count)
    return np.asarray(positions - np.float32(0.5), np.float32)


def _ends(count: int, cells: int) -> Ends:
    """Where the source pixels nearest to each grid pixel begin, and the number of them all."""
    return np.asarray(np.rint(np.arange(cells + 1) * (count / cells)), np.intp)


def _reach(ends: tuple[int, int], extent: int, count: int, cells: int, margin: int) -> slice:
    """``ends`` of ``extent`` as source pixels of ``count``, with room for moved edges."""
    scale = count / extent
    spare = margin + (_REACH + 2) * count / cells
    first, last = int(ends[0] * scale - spare), int(np.ceil(ends[1] * scale + spare))
    return slice(max(first, 0), min(last, count))
