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

    Inside, F frames (1, or N) with G = 2N / F classes each: all objects that look at one frame are
    one matrix product, and no operand is copied into another order. The F x P x G x K products
    are worked on in place, since a copy would not fit into a core's cache beside them.
    """
    frames = keys if keys.dim() == 3 else keys[None]
    frames = unit(frames) if spec.normalise_keys else frames
    serves_both = spec.normalise_keys and spec.w_step == "all"
    weights = _by_frame(weights, len(frames))
    kappa, zeta, prior_mass = prior.kappa, prior.zeta, prior.zeta[..., None]
    gathered = frames
    for number in range(spec.rounds):
        scaled = _similarity(frames, kappa, spec.tau)
        own = weights[..., None]
        if number and not serves_both:
            own = _reweight(weights, scaled, frames, spec.w_step)
        evidence, total = _exponentiate(scaled)
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


def _similarity(frames: Tensor, kappa: Tensor, tau: float) -> Tensor:
    """Keys F x P x C times unit bases N x 2 x K x C, divided by tau: F x P x G x K."""
    bases = unit(kappa).reshape(len(frames), -1, kappa.shape[-1])
    products = torch.bmm(frames, bases.transpose(1, 2)).div_(tau)
    return products.view(*products.shape[:2], -1, kappa.shape[2])


def _exponentiate(scaled: Tensor) -> tuple[Tensor, Tensor]:
    """In place, exp of F x P x G x K over its largest per class; a softmax but for the division.

    Returns the logarithm of the exponentials' sum, F x P x G, and what to divide by, with an axis
    more.
    """
    peak = scaled.amax(-1, keepdim=True)
    total = scaled.sub_(peak).exp_().sum(-1, keepdim=True)
    return (peak + torch.log(total)).squeeze(-1), total


def _reweight(weights: Tensor, scaled: Tensor, frames: Tensor, rule: WStep) -> Tensor:
    """W step: a pixel that its class explains well already loses weight, w = M (1 - share).

    ``scaled``: F x P x G x K products with the keys ``frames``, divided by tau. Returns
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
    """M (1 - share), F x P x G x 1; ``evidence``: F x P x G logarithms of what each class says."""
    frames, pixels, _ = evidence.shape
    shares = torch.softmax(evidence.view(frames, pixels, -1, CLASSES), -1).view_as(evidence)
    return (weights * (1 - shares))[..., None]
