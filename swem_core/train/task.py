"""What is trained: a network, the model that runs it on a batch, and where batches come from."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from torch import Tensor, nn

from swem_core.train.batch import ClipBatch
from swem_core.train.click_clips import ClickMaker
from swem_core.train.clicker import Clicker
from swem_core.train.clips import ClipMaker
from swem_core.train.config import TrainConfig
from swem_core.train.corpus import Corpus
from swem_core.train.loader import Maker
from swem_core.train.start import Tell, start_click, start_tracker
from swem_core.train.tracker import Tracker


@dataclass(frozen=True, slots=True)
class Task:
    """``network``: what the weight file holds. ``model``: ClipBatch -> B x F x (1+N) x H x W
    aggregated logits. ``truth``: the B x F x H x W labels those are compared with. ``tracks``:
    whether it follows objects through video, so that J&F can be measured."""

    network: nn.Module
    model: nn.Module
    maker: Maker
    truth: Callable[[ClipBatch, Tensor], Tensor]
    tracks: bool


def build_task(config: TrainConfig, corpus: Corpus, root: Path | None, tell: Tell) -> Task:
    """The task a configuration describes. Raises TrainingError, WeightsError."""
    if config.model == "click":
        clicks = start_click(config, root, tell)
        clicks.encoder.requires_grad_(config.optimiser.encoder_lr > 0)
        maker = ClickMaker(corpus, config.size, config.seed)
        return Task(clicks, Clicker(clicks), maker, _repeated, tracks=False)
    tracker = start_tracker(config, root, tell)
    frozen = config.optimiser.encoder_lr == 0
    if frozen:
        tracker.key_encoder.requires_grad_(False)
    clips = ClipMaker(corpus, config.size, config.frames, config.objects, config.seed)
    return Task(tracker, Tracker(tracker), clips, _later, tracks=True)


def _later(batch: ClipBatch, logits: Tensor) -> Tensor:
    return batch.labels[:, 1:]


def _repeated(batch: ClipBatch, logits: Tensor) -> Tensor:
    """The one picture's labels, for every round of clicks."""
    return batch.labels.expand(-1, logits.shape[1], -1, -1)
