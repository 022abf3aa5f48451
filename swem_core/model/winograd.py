"""3x3 convolutions by Winograd's minimal filtering F(4x4, 3x3): a quarter of the multiplications.

Lavin and Gray, *Fast Algorithms for Convolutional Neural Networks*, CVPR 2016, section 4.3. A tile
of 6 x 6 inputs gives 4 x 4 outputs by 36 multiplications per pair of channels instead of 144. The
transforms into and out of that domain are products with constant matrices. In float32 the result
differs from a direct convolution by about 3e-6 of the largest value; half precision is too coarse.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

_OUT, _IN = 4, 6  # sides of a tile's outputs and inputs
_POINTS = _IN * _IN
_BAND_TILES = 128  # large enough for fast matrix products, small enough for a core's cache

# The transforms evaluate polynomials at 0, a, -a, b, -b and infinity. The usual a = 1 and b = 2
# give three times the error; see Barabasz et al., "Error Analysis and Improving the Accuracy of
# Winograd Convolution for Deep Neural Networks", TOMS 2020. These are exact in float32.
_A, _B = 3 / 4, 3 / 2
_AA, _BB = _A**2, _B**2
_NEAR, _FAR = 2 * _AA * (_AA - _BB), 2 * _BB * (_BB - _AA)

_INPUT = (
    (_AA * _BB, 0, -_AA - _BB, 0, 1, 0),
    (0, -_A * _BB, -_BB, _A, 1, 0),
    (0, _A * _BB, -_BB, -_A, 1, 0),
    (0, -_B * _AA, -_AA, _B, 1, 0),
    (0, _B * _AA, -_AA, -_B, 1, 0),
    (0, _AA * _BB, 0, -_AA - _BB, 0, 1),
)
_KERNEL = (
    (1 / (_AA * _BB), 0, 0),
    (1 / _NEAR, _A / _NEAR, _AA / _NEAR),
    (1 / _NEAR, -_A / _NEAR, _AA / _NEAR),
    (1 / _FAR, _B / _FAR, _BB / _FAR),
    (1 / _FAR, -_B / _FAR, _BB / _FAR),
    (0, 0, 1),
)
_OUTPUT = (
    (1, 1, 1, 1, 1, 0),
    (0, _A, -_A, _B, -_B, 0),
    (0, _AA, _AA, _BB, _BB, 0),
    (0, _A**3, -(_A**3), _B**3, -(_B**3), 1),
)


def _both_axes(matrix: tuple[tuple[float, ...], ...]) -> Tensor:
    """``matrix`` applied along both axes of a square tile, as one matrix for flattened tiles."""
    single = torch.tensor(matrix, dtype=torch.float64)
    return torch.kron(single, single)


_INPUT_TRANSFORM = _both_axes(_INPUT).float()  # 36 x 36
_KERNEL_TRANSFORM = _both_axes(_KERNEL)  # 36 x 9, double: done once per network
_OUTPUT_TRANSFORM = _both_axes(_OUTPUT).float()  # 16 x 36


def transformed(weight: Tensor) -> Tensor:
    """c_out x c_in x 3 x 3 float32 kernels -> 36 x c_in x c_out, four times as large."""
    kernels = weight.permute(2, 3, 1, 0).reshape(9, -1).double()
    domain = (_KERNEL_TRANSFORM @ kernels).float()
    return domain.view(_POINTS, weight.shape[1], weight.shape[0])


def tile_count(x: Tensor) -> int:
    """Number of tiles of an N x c x H x W map."""
    count, _, height, width = x.shape
    return count * -(-height // _OUT) * -(-width // _OUT)


def convolve(x: Tensor, kernels: Tensor, bias: Tensor | None) -> Tensor:
    """3x3 convolution with stride 1 and padding 1, without gradients.

    ``x``: N x c_in x H x W float32, preferably channels-last. ``kernels``: from
    :func:`transformed`. Returns N x c_out x H x W, a channels-last view into whole tiles.
    """
    count, _, height, width = x.shape
    rows, columns = -(-height // _OUT), -(-width // _OUT)
    bottom, right = _OUT * rows + 1 - height, _OUT * columns + 1 - width
    padded = F.pad(x.permute(0, 2, 3, 1), (0, 0, 1, right, 1, bottom))
    c_out = kernels.shape[2]
    result = x.new_empty(count, rows, _OUT, columns, _OUT, c_out)
    band = max(1, _BAND_TILES // columns)  # rows of tiles
    images = max(1, band // rows)
    both = (torch.split(x, images) for x in (_tiles(padded), result))
    for some, target in zip(*both, strict=True):
        bands = (torch.split(x, band, 1) for x in (some, target))
        for part, out in zip(*bands, strict=True):
            _band(part, kernels, bias, out)
    image_like = result.view(count, _OUT * rows, _OUT * columns, c_out)
    return image_like[:, :height, :width].permute(0, 3, 1, 2)


def _tiles(padded: Tensor) -> Tensor:
    """N x H x W x c -> N x rows x columns x c x 6 x 6: a view of overlapping tiles."""
    return padded.unfold(1, _IN, _OUT).unfold(2, _IN, _OUT)


def _band(tiles: Tensor, kernels: Tensor, bias: Tensor | None, out: Tensor) -> None:
    """Convolve tiles (n x r x columns x c_in x 6 x 6) into ``out``, n x r x 4 x columns x 4 x
    c_out."""
    points, c_in, c_out = kernels.shape
    flat = tiles.permute(4, 5, 0, 1, 2, 3).reshape(points, -1)
    domain = torch.mm(_INPUT_TRANSFORM, flat).view(points, -1, c_in)
    products = torch.bmm(domain, kernels).view(points, -1)
    pixels = torch.mm(_OUTPUT_TRANSFORM, products)
    pixels = pixels.view(_OUT, _OUT, *tiles.shape[:3], c_out).permute(2, 3, 0, 4, 1, 5)
    if bias is None:
        out.copy_(pixels)
    else:
        torch.add(pixels, bias, out=out)
