"""Sequential weighted expectation-maximisation (SWEM, CVPR 2022): pure functions, no state.

An object is remembered as two classes, 0 = background (all that is not the object) and
1 = foreground, each a mixture of K bases. A frame is folded into the bases and forgotten, so the
memory never grows.

Axes: N objects, P pixels of the stride-16 grid, K bases, C key and V value channels. Everything
here is float32 on one device; ``zeta`` and the exponentials would underflow in half precision.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

import torch
from torch import Tensor

CLASSES = 2
ZETA_START = 1e-6
LENGTH_EPS = 1e-6

WStep: TypeAlias = Literal["all", "top5-half", "none"]
"""``all``: the current official rule, the share over all bases weights all bases. ``top5-half``:
the first release's, the share over each class's five best bases weights only its first K/2.
``none``: pixels keep their class weights, which is plain EM."""


@dataclass(frozen=True, slots=True)
class MemorySpec:
    """The constants of a memory. Defaults are the paper's (official release) where it has them.

    ``key_dim`` C, ``value_dim`` V, ``bases`` K per class and bank, ``top_l`` L of the
    permutation-invariant features, ``tau`` temperature, ``rounds`` of EM per frame.
    ``normalise_keys``: E and M steps use unit-length keys (``lite``), not raw ones (official).
    ``share_eps``: added to the denominator of the foreground shares.
    ``keep_first``: keep a bank of what the user marked beside the one that is updated.
    """

    key_dim: int
    value_dim: int
    top_l: int
    bases: int = 128
    tau: float = 0.05
    rounds: int = 4
    normalise_keys: bool = False
    w_step: WStep = "all"
    share_eps: float = 0.0
    keep_first: bool = True


class Bank(NamedTuple):
    """The bases of N objects.

    ``kappa``: N x 2 x K x C key means (not unit length). ``nu``: N x 2 x K x V value means.
    ``zeta``: N x 2 x K accumulated responsibility mass, > 0.
    """

    kappa: Tensor
    nu: Tensor
    zeta: Tensor

    @property
    def nbytes(self) -> int:
        """Memory taken by the three tensors."""
        return sum(t.numel() * t.element_size() for t in self)


def unit(x: Tensor) -> Tensor:
    """x / (|x| + 1e-6) along the last axis."""
    length: Tensor = torch.linalg.vector_norm(x, dim=-1, keepdim=True)
    return x / (length + LENGTH_EPS)


def random_kappa(spec: MemorySpec, generator: torch.Generator) -> Tensor:
    """Start of one object's keys: 2 x K x C random unit vectors (CPU), section B4."""
    return unit(torch.randn(CLASSES, spec.bases, spec.key_dim, generator=generator))


def empty_bank(kappa: Tensor, value_dim: int) -> Bank:
    """A bank that has seen nothing: ``kappa`` N x 2 x K x C as given, nu = 0, zeta = 1e-6."""
    nu = kappa.new_zeros(*kappa.shape[:3], value_dim)
    return Bank(kappa, nu, torch.full_like(kappa[..., 0], ZETA_START))


def class_weights(soft: Tensor, hard: Tensor) -> Tensor:
    """Weight of every pixel for (background, foreground): N x P x 2, section B3.

    ``soft``: N x P probabilities of each object. ``hard``: N x P, 1 where the object is the most
    probable class, else 0. Pixels on which both disagree weigh little in either class.
    """
    return torch.stack(((1 - hard) * (1 - soft), hard * soft), -1)


def memorise(prior: Bank, keys: Tensor, values: Tensor, weights: Tensor, spec: MemorySpec) -> Bank:
    """Fold one frame into the bases; the SWEM update, section B5.

    ``prior``: N objects. ``keys``: P x C, shared by all objects, or N x P x C where each looks at
    a frame of its own (training). ``values``: N x P x V. ``weights``: N x P x 2 class weights M.
    Returns a new bank; ``prior`` is left as it is.

    The W step of a round and the E step of the next look at the same bases. With unit keys they
    need the very same products, with raw keys the same up to each key's length: either way one
    similarity product per round serves both.
    """
    length = torch.linalg.vector_norm(keys, dim=-1) + LENGTH_EPS
    if spec.normalise_keys:
        keys = keys / length[..., None]
        length = torch.linalg.vector_norm(keys, dim=-1) + LENGTH_EPS
    summands = keys if keys.dim() == 2 else keys[:, None]
    prior_mass = prior.zeta[..., None]
    kappa, zeta = prior.kappa, prior.zeta
    responsibility = weights.new_empty(0)
    scaled = _similarity(keys, kappa) / spec.tau
    pixel_weights = weights[..., None]
    for remaining in reversed(range(spec.rounds)):
        responsibility = pixel_weights * torch.softmax(scaled, -1)
        gathered = responsibility.permute(0, 2, 3, 1)  # N x 2 x K x P
        zeta = prior.zeta + gathered.sum(-1)
        kappa = (prior_mass * prior.kappa + gathered @ summands) / zeta[..., None]
        if remaining:
            scaled = _similarity(keys, kappa) / spec.tau
            cosine = scaled / length[..., None, None]
            pixel_weights = _reweight(weights, cosine, spec.w_step)
    gathered = responsibility.permute(0, 2, 3, 1).flatten(1, 2)  # N x 2K x P
    nu = (gathered @ values).view_as(prior.nu)
    nu = (prior_mass * prior.nu + nu) / zeta[..., None]
    return Bank(kappa, nu, zeta)


def _similarity(keys: Tensor, kappa: Tensor) -> Tensor:
    """Keys (N x) P x C times unit bases N x 2 x K x C: N x P x 2 x K."""
    bases = unit(kappa).flatten(1, 2)
    products = keys @ bases.transpose(1, 2)
    return products.view(*products.shape[:2], *kappa.shape[1:3])


def _reweight(weights: Tensor, cosine: Tensor, rule: WStep) -> Tensor:
    """W step: a pixel that its class explains well already loses weight, w = M (1 - share).

    ``cosine``: N x P x 2 x K, divided by tau. Returns N x P x 2 x (1 or K).
    """
    if rule == "none":
        return weights[..., None]
    if rule == "all":
        evidence = torch.logsumexp(cosine, -1)
        return (weights * (1 - torch.softmax(evidence, -1)))[..., None]
    best = cosine.topk(min(5, cosine.shape[-1]), -1).values
    adaptive = weights * (1 - torch.softmax(torch.logsumexp(best, -1), -1))
    half = cosine.shape[-1] // 2
    plain = weights[..., None].expand(*weights.shape, cosine.shape[-1] - half)
    return torch.cat((adaptive[..., None].expand(*weights.shape, half), plain), -1)
