"""The tracker unrolled over a clip, differentiable: training runs it instead of the engine.

Gradients reach the network through the decoder, through nu, which is linear in the values, and
through the query keys of the readout; the EM itself is constant (METHOD B7).
"""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from swem_core.engine.masking import ABSENT_LOGIT
from swem_core.memory.em import Bank, class_weights, empty_bank, memorise, random_kappa, unit
from swem_core.memory.readout import read
from swem_core.model.blocks import resize
from swem_core.model.grid import maps_of, rows_of
from swem_core.model.network import STRIDE, KeyFeatures, SwemNetwork
from swem_core.train.batch import ClipBatch, images_of

_SUREST = -1e-6  # largest log probability of the background, which keeps its odds finite


class Slots(NamedTuple):
    """The positions of a batch's M objects in a B x N grid (clips x largest number of objects).

    ``clip``, ``place``: M int64, each object's clip and its index in it. ``size``: (B, N).
    """

    clip: Tensor
    place: Tensor
    size: tuple[int, int]

    @staticmethod
    def of(counts: Tensor, device: torch.device) -> "Slots":
        """The grid for clips with ``counts`` (B int64) objects."""
        clip = torch.repeat_interleave(torch.arange(len(counts)), counts)
        place = torch.cat([torch.arange(n) for n in counts.tolist()])
        return Slots(clip.to(device), place.to(device), (len(counts), int(counts.max())))

    def gather(self, grid: Tensor) -> Tensor:
        """B x N x ... -> M x ..., dropping places without an object."""
        return grid.flatten(0, 1).index_select(0, self.clip * self.size[1] + self.place)

    def scatter(self, values: Tensor, empty: float) -> Tensor:
        """M x ... -> B x N x ..., with ``empty`` at places without an object."""
        flat = values.new_full((self.size[0] * self.size[1], *values.shape[1:]), empty)
        index = self.clip * self.size[1] + self.place
        return flat.index_copy(0, index, values).view(*self.size, *values.shape[1:])


class UnrolledTracker(nn.Module):
    """A network with its memory, unrolled over the frames of a batch of clips."""

    def __init__(self, network: SwemNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, batch: ClipBatch) -> Tensor:
        """Aggregated logits of all frames but the first: B x (T-1) x (1+N) x H x W float32.

        Background first; a softmax over the third axis gives the probabilities of METHOD A5.
        """
        slots = Slots.of(batch.counts, batch.frames.device)
        images = images_of(batch.frames)
        # keys of all frames of all clips at once: they do not depend on masks
        pictures = images.flatten(0, 1).contiguous(memory_format=torch.channels_last)
        features = self.network.encode_key(pictures)
        steps = _Steps(self.network, images, features, slots)
        first, updated = steps.start(batch.labels[:, 0], batch.seeds), None
        logits = []
        for index in range(1, images.shape[1]):
            frame = steps.predict(index, first, updated)
            logits.append(frame)
            if index + 1 < images.shape[1]:
                updated = steps.learn(index, torch.softmax(frame, 1), updated or first)
        return torch.stack(logits, 1)


class _Steps:
    """The frames of a batch, and the steps of tracking on each of them."""

    def __init__(
        self, network: SwemNetwork, images: Tensor, features: KeyFeatures, slots: Slots
    ) -> None:
        self._network, self._images, self._slots = network, images, slots
        self._features = features
        self._frames = images.shape[1]

    def start(self, labels: Tensor, seeds: Tensor) -> Bank:
        """The first bank, from the label maps (B x H x W) of the first frame."""
        spec = self._network.memory
        device = labels.device
        drawn = []
        for seed, count in zip(seeds.tolist(), self._slots.clip.bincount().tolist(), strict=True):
            generator = torch.Generator().manual_seed(seed)
            drawn += [random_kappa(spec, generator) for _ in range(count)]
        ids = torch.arange(self._slots.size[1] + 1, device=device)
        given = (labels[:, None] == ids[:, None, None]).float()
        return self.learn(0, given, empty_bank(torch.stack(drawn).to(device), spec.value_dim))

    def predict(self, index: int, first: Bank, updated: Bank | None) -> Tensor:
        """B x (1+N) x H x W aggregated logits of frame ``index``."""
        features, spec = self._at(index), self._network.memory
        banks = [first] if updated is None else [first, updated]
        with torch.autocast(self._images.device.type, enabled=False):
            bases = torch.cat([unit(bank.kappa) for bank in banks], 2)
            nu = torch.cat([bank.nu for bank in banks], 2)
            readout = read(rows_of(features.key).float(), bases, nu, spec)
        grid = features.key.shape[-2:]
        memory, shares = (maps_of(rows, grid) for rows in readout)
        logits = self._network.decode(memory, shares, features).float()
        logits = resize(logits[:, None], self._images.shape[-2:])[:, 0]
        return aggregate(self._slots.scatter(logits, ABSENT_LOGIT))

    def learn(self, index: int, probs: Tensor, prior: Bank) -> Bank:
        """Fold frame ``index`` into ``prior``. ``probs``: B x (1+N) x H x W, background first."""
        features = self._at(index)
        masks = self._slots.gather(probs[:, 1:, None])
        others = self._slots.gather((1 - probs[:, :1] - probs[:, 1:])[:, :, None])
        values = self._network.encode_value(self._image(index), masks, others, features)
        with torch.autocast(self._images.device.type, enabled=False):
            keys = rows_of(features.key).detach().float()
            weights = self._weights(probs.detach())
            return memorise(prior, keys, rows_of(values).float(), weights, self._network.memory)

    def _weights(self, probs: Tensor) -> Tensor:
        """M x P x 2 class weights (METHOD B3). ``probs``: B x (1+N) x H x W."""
        height, width = (side // STRIDE for side in probs.shape[-2:])
        soft = resize(probs[:, 1:], (height, width)).flatten(2)
        winner = probs[:, :, ::STRIDE, ::STRIDE].argmax(1).flatten(1)
        ids = torch.arange(1, probs.shape[1], device=probs.device)
        hard = (winner[:, None] == ids[:, None]).to(soft.dtype)
        return class_weights(self._slots.gather(soft), self._slots.gather(hard))

    def _at(self, index: int) -> KeyFeatures:
        """Features of frame ``index`` with one entry per object: those of its clip."""
        rows = self._slots.clip * self._frames + index
        return KeyFeatures(*(part.index_select(0, rows) for part in self._features))

    def _image(self, index: int) -> Tensor:
        return self._images[:, index].index_select(0, self._slots.clip)


def aggregate(logits: Tensor) -> Tensor:
    """B x N x H x W object logits -> B x (1+N) x H x W whose softmax is soft aggregation.

    The odds of an object are exp(logit); those of the background follow from its probability
    prod(1 - p_i) (METHOD A5). Computed in the log domain, so that nothing saturates.
    """
    background = (-nn.functional.softplus(logits)).sum(1, keepdim=True).clamp(max=_SUREST)
    odds = background - torch.log(-torch.expm1(background))
    return torch.cat((odds, logits), 1)
