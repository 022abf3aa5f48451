"""Feature maps as rows of pixels, which the memory works on, and back."""

from torch import Tensor


def rows_of(maps: Tensor) -> Tensor:
    """B x c x h x w -> B x P x c, a view; P = h * w positions, row by row."""
    return maps.flatten(2).transpose(1, 2)


def maps_of(rows: Tensor, grid: tuple[int, ...]) -> Tensor:
    """B x P x c -> B x c x h x w for a ``grid`` of (h, w); the inverse of :func:`rows_of`."""
    return rows.transpose(1, 2).reshape(len(rows), -1, *grid)
