"""Placing and bending pictures on a canvas, by inverse maps for images and masks alike."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Field = NDArray[np.float32]

_ANCHORS = 4  # a side
_COARSE = 14  # nodes a side at which the spline is evaluated; it is smooth, so that is enough


@dataclass(frozen=True, slots=True)
class Pose:
    """An affine placement of a picture on the canvas.

    The picture's point ``anchor`` (x, y) comes to lie at ``centre`` (x, y) on the canvas.
    ``scale``: canvas pixels per picture pixel. ``angle``, ``shear``: radians. ``stretch``: factor
    of the aspect ratio, width over height.
    """

    anchor: tuple[float, float]
    centre: tuple[float, float]
    scale: float
    angle: float = 0.0
    shear: float = 0.0
    stretch: float = 1.0
    mirrored: bool = False

    def linear(self) -> Points:
        """2 x 2 matrix, picture -> canvas."""
        cos, sin = np.cos(self.angle), np.sin(self.angle)
        turn = np.array([[cos, -sin], [sin, cos]])
        skew = np.array([[1.0, np.tan(self.shear)], [0.0, 1.0]])
        wide = np.sqrt(self.stretch) * (-1 if self.mirrored else 1)
        sides = np.diag([self.scale * wide, self.scale / np.sqrt(self.stretch)])
        placed: Points = turn @ skew @ sides
        return placed

    def to_canvas(self, points: Points) -> Points:
        """n x 2 picture points -> n x 2 canvas points."""
        return (points - self.anchor) @ self.linear().T + self.centre


@dataclass(frozen=True, slots=True)
class ThinPlateSpline:
    """A thin-plate spline on a 4 x 4 grid of anchors over [-1, 1]^2 (Bookstein, PAMI 1989).

    ``offsets``: 16 x 2 displacements of the anchors. ``centre``, ``half``: centre and half width
    and height, in canvas pixels, of the rectangle to which the square is mapped.
    """

    offsets: Points
    centre: tuple[float, float]
    half: tuple[float, float]

    def displacement(self, x: Points, y: Points) -> Points:
        """len(y) x len(x) x 2 displacements in canvas pixels, at columns ``x`` and rows ``y``."""
        u = np.clip((x - self.centre[0]) / self.half[0], -1.5, 1.5)
        v = np.clip((y - self.centre[1]) / self.half[1], -1.5, 1.5)
        grid = np.stack(np.meshgrid(u, v), -1).reshape(-1, 2)
        bent = _basis(grid) @ (_SOLVED @ self.offsets)
        return (bent * self.half).reshape(len(y), len(x), 2)


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle of the canvas: ``left, top`` inclusive, ``width, height`` in pixels."""

    left: int
    top: int
    width: int
    height: int

    def of(self, array: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The rectangle of an H x W (x c) array, as a view."""
        rows = slice(self.top, self.top + self.height)
        return array[rows, self.left : self.left + self.width]


def inverse_map(pose: Pose, bend: ThinPlateSpline | None, window: Window) -> Field:
    """height x width x 2 picture coordinates (x, y) of the window's pixels, for ``cv2.remap``.

    Evaluated on a coarse grid and interpolated: exact for the affine part, smooth for the bend.
    """
    x = np.linspace(window.left, window.left + window.width - 1, _COARSE)
    y = np.linspace(window.top, window.top + window.height - 1, _COARSE)
    points = np.stack(np.meshgrid(x, y), -1)
    if bend is not None:
        points = points - bend.displacement(x, y)
    back = np.linalg.inv(pose.linear())
    source = ((points - pose.centre) @ back.T + pose.anchor).astype(np.float32)
    return _enlarged(source, window)


def resampled(
    array: NDArray[np.uint8], field: Field, interpolation: int, border: int
) -> NDArray[np.uint8]:
    """An H x W (x 3) picture at the coordinates of an :func:`inverse_map`.

    ``interpolation``, ``border``: OpenCV's flags.
    """
    sampled = cv2.remap(array, field, None, interpolation, borderMode=border)  # type: ignore[call-overload]
    return sampled.astype(np.uint8, copy=False)  # type: ignore[no-any-return]


def _enlarged(nodes: Field, window: Window) -> Field:
    """Linear interpolation between nodes; the outermost lie on the outermost pixels."""
    step_x = (_COARSE - 1) / max(window.width - 1, 1)
    step_y = (_COARSE - 1) / max(window.height - 1, 1)
    matrix = np.array([[step_x, 0, 0], [0, step_y, 0]], np.float64)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    size = (window.width, window.height)
    return cv2.warpAffine(nodes, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)  # type: ignore[return-value]


def _anchor_grid() -> Points:
    axis = np.linspace(-1, 1, _ANCHORS)
    return np.stack(np.meshgrid(axis, axis), -1).reshape(-1, 2)


def _basis(points: Points) -> Points:
    """n x 19: r^2 log r^2 of the distance r to every anchor, then 1, x, y."""
    squared = ((points[:, None] - ANCHORS[None]) ** 2).sum(-1)
    radial = squared * np.log(np.maximum(squared, 1e-12))
    return np.concatenate((radial, np.ones((len(points), 1)), points), 1)


def _solver() -> Points:
    """19 x 16 matrix: offsets of the anchors -> coefficients of the spline."""
    rows = _basis(ANCHORS)
    side = len(ANCHORS)
    system = np.zeros((side + 3, side + 3))
    system[:side] = rows
    system[side:, :side] = rows[:, side:].T
    return np.linalg.inv(system)[:, :side].astype(np.float64)


ANCHORS: Final = _anchor_grid()
"""16 x 2 anchors (x, y), row by row."""
IS_INNER: Final = np.abs(ANCHORS).max(1) < 1
"""16 bool: anchors that are not on the border."""
_SOLVED: Final = _solver()
