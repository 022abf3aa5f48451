"""AdamW, its learning rate schedule, and the moving average of the weights."""

import math
from collections.abc import Mapping

import torch
from torch import Tensor, nn

from swem_core.train.config import Optimiser

_ENCODER = ("key_encoder.", "encoder.")  # prefixes in a tracker and in the click network


def build_optimiser(network: nn.Module, settings: Optimiser) -> torch.optim.AdamW:
    """AdamW with two parameter groups: the pretrained encoder, with its own rate, and the rest."""
    named = [(n, p) for n, p in network.named_parameters() if p.requires_grad]
    encoder = [p for n, p in named if n.startswith(_ENCODER)]
    rest = [p for n, p in named if not n.startswith(_ENCODER)]
    groups = [
        {"params": parameters, "scale": scale}
        for parameters, scale in ((rest, 1.0), (encoder, settings.encoder_lr))
        if parameters
    ]
    return torch.optim.AdamW(groups, lr=settings.lr, weight_decay=settings.weight_decay)


def set_rate(optimiser: torch.optim.Optimizer, settings: Optimiser, progress: float) -> float:
    """Set the learning rate of all groups for ``progress`` (0..1) and return the main one."""
    rate = settings.lr * rate_at(progress, settings)
    for group in optimiser.param_groups:
        group["lr"] = rate * group["scale"]
    return rate


def rate_at(progress: float, settings: Optimiser) -> float:
    """Learning rate relative to its peak, 0..1: linear warm-up, then half a cosine."""
    if progress < settings.warmup:
        return max(progress, 1e-3 * settings.warmup) / settings.warmup
    passed = min((progress - settings.warmup) / (1 - settings.warmup), 1.0)
    cosine = (1 + math.cos(math.pi * passed)) / 2
    return settings.final_lr + (1 - settings.final_lr) * cosine


class MovingAverage:
    """Exponential moving average of the trained parameters, which is validated and saved.

    Its decay starts low, so that the initial weights are soon forgotten.
    """

    def __init__(self, network: nn.Module, decay: float) -> None:
        self._network, self._decay = network, decay
        trained = [(n, p) for n, p in network.named_parameters() if p.requires_grad]
        self._names = [name for name, _ in trained]
        self._live = [parameter for _, parameter in trained]
        self._mean = [parameter.detach().clone() for parameter in self._live]

    @torch.no_grad()
    def update(self, step: int) -> None:
        """Update after optimiser step number ``step``, counted from 0."""
        decay = min(self._decay, (1 + step) / (10 + step))
        torch._foreach_lerp_(self._mean, [p.detach() for p in self._live], 1 - decay)

    def weights(self) -> dict[str, Tensor]:
        """The network's state dict with averaged parameters, copied to the CPU."""
        state = self._network.state_dict() | dict(zip(self._names, self._mean, strict=True))
        return {name: tensor.detach().cpu().clone() for name, tensor in state.items()}

    def state(self) -> dict[str, Tensor]:
        """The averages alone, for a checkpoint."""
        return dict(zip(self._names, self._mean, strict=True))

    def load_state(self, state: Mapping[str, Tensor]) -> None:
        """Restore the result of :meth:`state`."""
        for name, mean in zip(self._names, self._mean, strict=True):
            mean.copy_(state[name])
