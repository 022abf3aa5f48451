"""A literal implementation of the method, without shortcuts: the reference for the fast path.

Follows METHOD A to D step by step: everything after the key encoder runs once per object, batch
norms are unfolded, a memorised frame takes seven similarity products, banks are joined and
normalised at each read, masks have full size. Its network must not be prepared for inference.
Tests and the benchmark rely on its results being equal to the fast path's up to rounding.
"""

import torch
from torch import Tensor

from swem_core.memory.em import Bank, MemorySpec, empty_bank, unit
from swem_core.memory.readout import Readout
from swem_core.model.blocks import resize
from swem_core.model.grid import maps_of, rows_of
from swem_core.model.network import STRIDE, KeyFeatures, SwemNetwork

_PROBABILITY_EPS = 1e-6


class PlainTracker:
    """Tracks a fixed set of objects; one method per stage, in calling order.

    ``network``: as built and loaded, in eval mode. Thread: any, but one at a time.
    """

    def __init__(self, network: SwemNetwork) -> None:
        self.network = network
        self.banks: list[Bank] = []

    def start(self, kappa: Tensor) -> None:
        """Forget everything. ``kappa``: N x 2 x K x C initial bases."""
        self.banks = [empty_bank(kappa, self.network.memory.value_dim)]

    def encode_key(self, image: Tensor) -> KeyFeatures:
        """1 x 3 x H x W in [0, 1] -> the frame's features."""
        return self.network.encode_key(image)

    def read(self, features: KeyFeatures) -> Readout:
        """Match the frame with all banks: N x P x V memory and N x P x L foreground shares."""
        spec = self.network.memory
        kappa, nu = (torch.cat([bank[i] for bank in self.banks], 2) for i in (0, 1))
        cosine = unit(kappa) @ unit(rows_of(features.key)[0]).T  # N x 2 x J x P
        evidence = torch.exp((cosine - cosine.amax((1, 2), keepdim=True)) / spec.tau)
        weights = evidence / evidence.sum((1, 2), keepdim=True)
        memory = weights.flatten(1, 2).transpose(1, 2) @ nu.flatten(1, 2)
        return Readout(memory, _shares(evidence, spec))

    def decode(self, readout: Readout, features: KeyFeatures) -> Tensor:
        """N x H/4 x W/4 logits."""
        grid, count = features.key.shape[-2:], len(readout.memory)
        memory, shares = (maps_of(rows, grid) for rows in readout)
        return self.network.decode(memory, shares, _repeated(features, count))

    def masks(self, logits: Tensor, size: tuple[int, int]) -> tuple[Tensor, Tensor]:
        """Soft and one-hot masks (N+1) x H x W at full size, background first."""
        probs = torch.sigmoid(resize(logits[None], size)[0])
        everyone = torch.cat(((1 - probs).prod(0, keepdim=True), probs))
        everyone = everyone.clamp(_PROBABILITY_EPS, 1 - _PROBABILITY_EPS)
        soft = torch.softmax(torch.log(everyone / (1 - everyone)), 0)
        ids = torch.arange(len(soft), device=soft.device)
        return soft, (soft.argmax(0) == ids[:, None, None]).to(soft.dtype)

    def encode_value(self, image: Tensor, soft: Tensor, features: KeyFeatures) -> Tensor:
        """(N+1) x H x W masks -> N x V x H/16 x W/16 values."""
        masks = soft[1:, None]
        others = 1 - masks - soft[0]
        count = len(masks)
        repeated = _repeated(features, count)
        return self.network.encode_value(image.repeat(count, 1, 1, 1), masks, others, repeated)

    def memorise(self, features: KeyFeatures, value: Tensor, soft: Tensor, hard: Tensor) -> None:
        """Fold the frame into the updated bank, or make it the first bank."""
        grid = features.key.shape[-2:]
        small = resize(soft[None, 1:], grid)[0]
        chosen = hard[1:, ::STRIDE, ::STRIDE]
        weights = torch.stack(((1 - chosen) * (1 - small), chosen * small), 1).flatten(2)
        keys = rows_of(features.key)[0]
        bank = memorise(self.banks[-1], keys, rows_of(value), weights, self.network.memory)
        first = self.banks[:1] if bool(self.banks[0].nu.any()) else []
        self.banks = [*first, bank]


def memorise(prior: Bank, keys: Tensor, values: Tensor, weights: Tensor, spec: MemorySpec) -> Bank:
    """EM as in METHOD B5, step by step, with the W step over all bases.

    ``prior``: N objects. ``keys``: P x C. ``values``: N x P x V. ``weights``: N x 2 x P.
    """
    assert spec.w_step == "all"
    x = unit(keys) if spec.normalise_keys else keys
    kappa, zeta, w = prior.kappa, prior.zeta, weights
    for remaining in reversed(range(spec.rounds)):
        z = w[..., None] * torch.softmax(x @ unit(kappa).transpose(2, 3) / spec.tau, -1)
        z = z.transpose(2, 3)  # N x 2 x K x P
        zeta = prior.zeta + z.sum(-1)
        kappa = (prior.zeta[..., None] * prior.kappa + z @ x) / zeta[..., None]
        if remaining:
            cosine = unit(x) @ unit(kappa).transpose(2, 3)  # N x 2 x P x K
            evidence = torch.exp((cosine - cosine.amax((1, 3), keepdim=True)) / spec.tau).sum(-1)
            w = weights * (1 - evidence / evidence.sum(1, keepdim=True))
    nu = prior.zeta[..., None] * prior.nu + z @ values[:, None]
    return Bank(kappa, nu / zeta[..., None], zeta)


def _shares(evidence: Tensor, spec: MemorySpec) -> Tensor:
    """N x 2 x J x P -> N x P x L, by an explicit loop over the running sums."""
    best = evidence.sort(2, descending=True).values[:, :, : min(spec.top_l, spec.bases)]
    running, sums = torch.zeros_like(best[:, :, 0]), []
    for level in best.unbind(2):
        running = running + level
        sums.append(running[:, 1] / (running[:, 0] + running[:, 1] + spec.share_eps))
    return torch.stack(sums, -1)


def _repeated(features: KeyFeatures, count: int) -> KeyFeatures:
    return KeyFeatures(*(x.repeat(count, 1, 1, 1) for x in features))
