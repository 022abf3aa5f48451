"""Training tasks: a network, the module that runs it on a batch, and the source of clips."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from torch import Tensor, nn

from swem_core.model.network import SwemNetwork
from swem_core.train.batch import ClipBatch
from swem_core.train.click_clips import ClickClipMaker
from swem_core.train.clips import TrackingClipMaker
from swem_core.train.config import TrainConfig
from swem_core.train.corpus import Corpus
from swem_core.train.loader import ClipMaker
from swem_core.train.start import Tell, initial_click_network, initial_tracker
from swem_core.train.unrolled_clicks import UnrolledClicks
from swem_core.train.unrolled_tracker import UnrolledTracker


@dataclass(frozen=True, slots=True)
class Task:
    """``network``: to be trained and saved. ``model``: ClipBatch -> aggregated logits, B x F x
    (1+N) x H x W. ``maker``: of clips. ``truth``: (batch, logits) -> B x F x H x W labels of the
    same frames. ``tracker``: ``network`` if it is one, so that J&F can be measured."""

    network: nn.Module
    model: nn.Module
    maker: ClipMaker
    truth: Callable[[ClipBatch, Tensor], Tensor]
    tracker: SwemNetwork | None


def build_task(config: TrainConfig, corpus: Corpus, root: Path | None, tell: Tell) -> Task:
    """The task a configuration describes. Raises TrainingError, WeightsError."""
    if config.model == "click":
        clicks = initial_click_network(config, root, tell)
        clicks.encoder.requires_grad_(config.optimiser.encoder_lr > 0)
        maker = ClickClipMaker(corpus, config.size, config.seed)
        return Task(clicks, UnrolledClicks(clicks), maker, _repeated, tracker=None)
    tracker = initial_tracker(config, root, tell)
    tracker.key_encoder.requires_grad_(config.optimiser.encoder_lr > 0)
    clips = TrackingClipMaker(corpus, config.size, config.frames, config.objects, config.seed)
    return Task(tracker, UnrolledTracker(tracker), clips, _later, tracker=tracker)


def _later(batch: ClipBatch, logits: Tensor) -> Tensor:
    return batch.labels[:, 1:]


def _repeated(batch: ClipBatch, logits: Tensor) -> Tensor:
    """The one picture's labels, for every round of clicks."""
    return batch.labels.expand(-1, logits.shape[1], -1, -1)
