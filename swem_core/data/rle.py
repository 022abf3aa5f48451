"""COCO's run-length encoding of masks (``pycocotools.mask``), vectorised in NumPy.

Pixels are read column by column; runs alternate between outside and inside, starting with outside.
As text, each run (from the fourth on, its difference from the one two before) is split into groups
of five bits, lowest first, each a printable character with a flag for whether another follows.
"""

from typing import Final, TypedDict

import numpy as np
from numpy.typing import NDArray

from swem_core.errors import MaskError
from swem_core.types import Mask, Size

_FIRST: Final = 48  # "0", which encodes five zero bits
_MORE: Final = 0x20
_SIGN: Final = 0x10

Counts = NDArray[np.int64]
"""Lengths of the runs in pixels, which add up to the mask's size."""


class Rle(TypedDict):
    """A mask in COCO's JSON form: ``size`` is [height, width], ``counts`` the compressed text."""

    size: list[int]
    counts: str


def encode_mask(mask: Mask) -> Rle:
    """HxW bool -> COCO RLE. Thread: any."""
    height, width = mask.shape
    return {"size": [height, width], "counts": pack_counts(runs(mask))}


def decode_mask(rle: Rle) -> Mask:
    """COCO RLE -> HxW bool. Raises MaskError if the text does not encode that size. Thread: any."""
    height, width = rle["size"]
    return mask_of(unpack_counts(rle["counts"]), (height, width))


def mask_of(counts: Counts, size: Size) -> Mask:
    """Runs -> HxW bool of ``size``. Raises MaskError unless they fill it exactly."""
    # Each count is checked, too: the sum of forged ones can wrap around to the right value.
    pixels = size[0] * size[1]
    fits = counts.ndim == 1 and bool(((counts >= 0) & (counts <= pixels)).all())
    if not fits or counts.sum() != pixels:
        raise MaskError("The mask's run-length code does not match its size. It may be damaged.")
    inside = np.arange(len(counts)) % 2 == 1
    return np.ascontiguousarray(np.repeat(inside, counts).reshape(size[::-1]).T)


def runs(mask: Mask) -> Counts:
    """HxW bool -> runs, column by column, outside first (0 if the first pixel is inside)."""
    columns = np.flatnonzero(mask.any(axis=0))
    if len(columns) == 0:
        return np.array([mask.size], np.int64)
    # Only the columns of the object are transposed: most masks are small.
    left, right = int(columns[0]), int(columns[-1]) + 1
    flat = np.ascontiguousarray(mask[:, left:right].T).ravel().view(np.int8)
    changes = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    before, after = left * mask.shape[0], (mask.shape[1] - right) * mask.shape[0]
    inside_first, inside_last = bool(flat[0]), bool(flat[-1])
    edges = [0, *([before] if inside_first else []), *(changes + before)]
    end = before + flat.size
    edges += [end, mask.size] if inside_last and after else [mask.size]
    edges_at = np.array(edges, np.int64)
    return edges_at[1:] - edges_at[:-1]


def box_and_area(mask_runs: Counts, size: Size) -> tuple[list[int], int]:
    """([x, y, width, height], number of pixels) of a mask given as runs; zeros if it is empty."""
    ends = np.cumsum(mask_runs)
    starts, stops = ends[0::2][: len(mask_runs) // 2], ends[1::2]
    area = int((stops - starts).sum())
    if area == 0:
        return [0, 0, 0, 0], 0
    height = size[0]
    last = stops - 1
    left, right = int(starts[0] // height), int(last[-1] // height)
    # A run that continues in the next column covers the bottom of the one and the top of the other.
    wraps = bool((starts // height != last // height).any())
    top = 0 if wraps else int((starts % height).min())
    bottom = height - 1 if wraps else int((last % height).max())
    return [left, top, right - left + 1, bottom - top + 1], area


def pack_counts(counts: Counts) -> str:
    """Runs -> COCO's compressed text."""
    rest = counts.astype(np.int64, copy=True)
    rest[3:] -= counts[1:-2]
    groups = []
    unfinished = np.ones(len(rest), np.bool_)
    while unfinished.any():
        bits = rest & 0x1F
        rest >>= 5
        more = np.where(bits & _SIGN, rest != -1, rest != 0)
        groups.append(np.where(unfinished, (bits | np.where(more, _MORE, 0)) + _FIRST, 0))
        unfinished &= more
    characters = np.stack(groups, axis=1).ravel()
    return characters[characters > 0].astype(np.uint8).tobytes().decode("ascii")


def unpack_counts(text: str) -> Counts:
    """COCO's compressed text -> runs. Raises MaskError for invalid text."""
    codes = np.frombuffer(text.encode("ascii", "replace"), np.uint8).astype(np.int64) - _FIRST
    if len(codes) == 0 or codes.min() < 0 or codes.max() > 0x3F or codes[-1] & _MORE:
        raise MaskError("The mask's run-length code is damaged.")
    last = (codes & _MORE) == 0
    number = np.concatenate(([0], np.cumsum(last)[:-1]))
    first = np.flatnonzero(np.concatenate(([True], last[:-1])))
    shift = 5 * (np.arange(len(codes)) - first[number])
    if shift.max() > 60:
        raise MaskError("The mask's run-length code is damaged.")
    values = np.zeros(int(last.sum()), np.int64)
    np.add.at(values, number, (codes & 0x1F) << shift)
    negative = (codes[last] & _SIGN) != 0
    values[negative] -= 1 << (shift[last][negative] + 5)
    # Runs from the fourth on are differences from the one two before, so take running sums over
    # every second run; the first stands alone.
    odd, even = values[1::2], values[2::2]
    values[1::2], values[2::2] = np.cumsum(odd), np.cumsum(even)
    return values
