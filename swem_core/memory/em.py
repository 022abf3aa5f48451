"""Sequential weighted expectation-maximisation: pure functions, no state (METHOD B).

An object is remembered as two classes, 0 = background (everything but the object) and
1 = foreground, each a mixture of K bases. A frame is folded into the bases and then discarded, so
the memory never grows.

Axes: N objects, P pixels of the stride-16 grid, K bases, C key and V value channels. Everything
is float32 on one device; ``zeta`` and the exponentials would underflow in half precision.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

import torch
from torch import Tensor

CLASSES = 2
ZETA_START = 1e-6
LENGTH_EPS = 1e-6
_COLDEST_BOUNDED = 1 / 40
"""Temperature from which on exp(cosine / tau) fits float32 with room for sums: 4e-18 to 2e17."""

WStep: TypeAlias = Literal["all", "top5-half", "none"]
"""How a pixel's weight depends on how well its class explains it already (METHOD B5).

``all``: as in the current official code, from all bases and for all bases. ``top5-half``: as in
its first release, from each class's five best bases and for its first K/2 bases only. ``none``:
pixels keep their class weights, i.e. plain EM."""


@dataclass(frozen=True, slots=True)
class MemorySpec:
    """Constants of a memory. The defaults are those of the official release.

    ``key_dim``: C. ``value_dim``: V. ``bases``: K per class and bank. ``top_l``: L, length of the
    permutation-invariant features. ``tau``: temperature. ``rounds``: EM iterations per frame.
    ``normalise_keys``: E and M steps use unit keys (``lite``) instead of raw ones (official).
    ``share_eps``: added to the denominator of the foreground shares.
    ``keep_first``: keep a first bank, of what the user marked, beside the updated one.
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
        """Bytes taken by the three tensors."""
        return sum(t.numel() * t.element_size() for t in self)


def unit(x: Tensor) -> Tensor:
    """x / (|x| + 1e-6) along the last axis."""
    length: Tensor = torch.linalg.vector_norm(x, dim=-1, keepdim=True)
    return x / (length + LENGTH_EPS)


def random_kappa(spec: MemorySpec, generator: torch.Generator) -> Tensor:
    """Initial key bases of one object: 2 x K x C random unit vectors on the CPU (METHOD B4)."""
    return unit(torch.randn(CLASSES, spec.bases, spec.key_dim, generator=generator))


def empty_bank(kappa: Tensor, value_dim: int) -> Bank:
    """The prior before the first frame: ``kappa`` (N x 2 x K x C) as given, nu = 0, zeta = 1e-6."""
    nu = kappa.new_zeros(*kappa.shape[:3], value_dim)
    return Bank(kappa, nu, torch.full_like(kappa[..., 0], ZETA_START))


def class_weights(soft: Tensor, hard: Tensor) -> Tensor:
    """Weight of every pixel for (background, foreground): N x P x 2 (METHOD B3).

    ``soft``: N x P probabilities of each object. ``hard``: N x P, 1 where the object is the most
    probable class, else 0. Pixels on which the two disagree weigh little in either class.
    """
    return torch.stack(((1 - hard) * (1 - soft), hard * soft), -1)


def memorise(prior: Bank, keys: Tensor, values: Tensor, weights: Tensor, spec: MemorySpec) -> Bank:
    """Fold one frame into the bases: the SWEM update (METHOD B5).

    ``prior``: N objects. ``keys``: P x C if all objects share the frame, or N x P x C if each has
    its own (training). ``values``: N x P x V. ``weights``: N x P x 2 class weights M.
    Returns a new bank; ``prior`` is not modified.

    The W step of a round and the E step of the next use the same bases. Their similarities are
    identical for unit keys and differ by the key's length for raw ones, so one matrix product per
    round serves both.

    Internally there are F frames (1 or N) with G = 2N / F classes each: all objects of one frame
    share a matrix product, and no operand is permuted into a copy. The F x P x G x K products are
    modified in place, because a second copy would not fit into a core's cache.
    """
    frames = keys if keys.dim() == 3 else keys[None]
    frames = unit(frames) if spec.normalise_keys else frames
    serves_both = spec.normalise_keys and spec.w_step == "all"
    bounded = spec.normalise_keys and spec.tau >= _COLDEST_BOUNDED
    weights = _by_frame(weights, len(frames))
    kappa, zeta, prior_mass = prior.kappa, prior.zeta, prior.zeta[..., None]
    gathered = frames
    for number in range(spec.rounds):
        scaled = _similarity(frames, kappa, spec)
        own = weights[..., None]
        if number and not serves_both:
            own = _reweight(weights, scaled, frames, spec.w_step)
        evidence, total = _exponentiate(scaled, bounded=bounded)
        if number and serves_both:
            own = _unexplained(weights, evidence)
        gathered = scaled.mul_(own / total).flatten(2).transpose(1, 2)  # F x GK x P
        zeta = prior.zeta + gathered.sum(-1).view_as(prior.zeta)
        sums = torch.bmm(gathered, frames).view(prior.kappa.shape)
        kappa = (prior_mass * prior.kappa + sums) / zeta[..., None]
    nu = torch.bmm(_by_object(gathered, len(values)), values).view(prior.nu.shape)
    nu = (prior_mass * prior.nu + nu) / zeta[..., None]
    return Bank(kappa, nu, zeta)


def _by_frame(weights: Tensor, frames: int) -> Tensor:
    """N x P x 2 -> F x P x G."""
    pixels = weights.shape[1]
    return weights.reshape(frames, -1, pixels, CLASSES).transpose(1, 2).reshape(frames, pixels, -1)


def _by_object(gathered: Tensor, objects: int) -> Tensor:
    """F x GK x P -> N x 2K x P."""
    frames, _, pixels = gathered.shape
    return gathered.reshape(frames, objects // frames, -1, pixels).flatten(0, 1)


def _similarity(frames: Tensor, kappa: Tensor, spec: MemorySpec) -> Tensor:
    """Keys F x P x C times unit bases N x 2 x K x C, divided by tau: F x P x G x K.

    Dividing the bases, which are fewer than the products, is cheaper. It rounds differently, which
    with raw keys moves more bases away from the official release's than the tests allow.
    """
    bases = unit(kappa).reshape(len(frames), -1, kappa.shape[-1])
    if spec.normalise_keys:
        products = torch.bmm(frames, (bases / spec.tau).transpose(1, 2))
    else:
        products = torch.bmm(frames, bases.transpose(1, 2)).div_(spec.tau)
    return products.view(*products.shape[:2], -1, kappa.shape[2])


def _exponentiate(scaled: Tensor, *, bounded: bool) -> tuple[Tensor, Tensor]:
    """In place, F x P x G x K -> exp(x - max over K): a softmax without its division.

    ``bounded``: exp(x) can neither overflow nor vanish, so the maximum is not subtracted.
    Returns log-sum-exp over K (F x P x G) and the divisor (F x P x G x 1).
    """
    if bounded:
        total = scaled.exp_().sum(-1, keepdim=True)
        return torch.log(total).squeeze(-1), total
    peak = scaled.amax(-1, keepdim=True)
    total = scaled.sub_(peak).exp_().sum(-1, keepdim=True)
    return (peak + torch.log(total)).squeeze(-1), total


def _reweight(weights: Tensor, scaled: Tensor, frames: Tensor, rule: WStep) -> Tensor:
    """W step: a pixel that its class already explains well loses weight, w = M (1 - share).

    ``scaled``: F x P x G x K similarities with the keys ``frames``, divided by tau. Returns
    F x P x G x (1 or K).
    """
    if rule == "none":
        return weights[..., None]
    length = torch.linalg.vector_norm(frames, dim=-1) + LENGTH_EPS
    cosine = scaled / length[..., None, None]
    if rule == "all":
        return _unexplained(weights, torch.logsumexp(cosine, -1))
    best = cosine.topk(min(5, cosine.shape[-1]), -1).values
    adaptive = _unexplained(weights, torch.logsumexp(best, -1))
    half = cosine.shape[-1] // 2
    plain = weights[..., None].expand(*weights.shape, cosine.shape[-1] - half)
    return torch.cat((adaptive.expand(*weights.shape, half), plain), -1)


def _unexplained(weights: Tensor, evidence: Tensor) -> Tensor:
    """M (1 - share): F x P x G x 1. ``evidence``: F x P x G log-evidence of each class."""
    frames, pixels, _ = evidence.shape
    shares = torch.softmax(evidence.view(frames, pixels, -1, CLASSES), -1).view_as(evidence)
    return (weights * (1 - shares))[..., None]
