"""The training loop."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from swem_core.engine.device import choose_device, choose_precision, precision_name
from swem_core.errors import TrainingError
from swem_core.train.batch import ClipBatch, collate_clips
from swem_core.train.checkpoint import (
    Checkpoint,
    check_same,
    load_checkpoint,
    restoring,
    save_weights,
)
from swem_core.train.clock import TrainingClock
from swem_core.train.config import TrainConfig
from swem_core.train.depthwise import keep_depthwise_fp32
from swem_core.train.journal import Journal, TrainingStats
from swem_core.train.loader import ClipBatchSampler, batches
from swem_core.train.loss import clip_loss, hardest_share
from swem_core.train.meter import Meter
from swem_core.train.norms import measure_norms, untrained_norms
from swem_core.train.optimiser import MovingAverage, build_optimiser, set_rate
from swem_core.train.processes import Processes
from swem_core.train.sheet import contact_sheet
from swem_core.train.task import Task
from swem_core.train.validate import Validator
from swem_core.types import Image

REPORT_EVERY = 20  # steps
PICTURE_EVERY = 200  # steps; the first picture comes with the first report
_PICTURE_CLIPS = 4
_NORM_BATCHES = 8  # from which statistics of batch norms are measured
_NORM_CLIPS_FROM = 1 << 40  # clip numbers that training never reaches

CHECKPOINT, WEIGHTS, BEST = "checkpoint.pt", "weights.safetensors", "best.safetensors"


@dataclass(frozen=True, slots=True)
class Outputs:
    """Destinations of a training run. ``folder``: for files. ``about``: for the header of weight
    files. ``tell``: called with sentences for the user. ``report``: called with statistics."""

    folder: Path
    about: dict[str, str]
    tell: Callable[[str], None] = lambda text: None
    report: Callable[[TrainingStats], None] = lambda report: None


class Trainer:
    """A training run, from the start or (``resume``) from its last checkpoint.

    Files go to ``outputs.folder``. ``run`` may be interrupted at any time (KeyboardInterrupt) and
    then saves a checkpoint. Raises TrainingError, DeviceError. Thread: one.
    """

    def __init__(
        self,
        config: TrainConfig,
        task: Task,
        outputs: Outputs,
        *,
        processes: Processes | None = None,
        validator: Validator | None = None,
        resume: bool = False,
    ) -> None:
        self.config, self.task, self.outputs = config, task, outputs
        self._processes = processes or Processes()
        self._processes.local_batch(config.batch)
        self._validator = validator
        self._device = self._processes.device(choose_device(config.device))
        self._dtype = choose_precision(config.precision, self._device)
        task.network.to(self._device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        if self._device.type == "cpu" and self._dtype == torch.bfloat16:
            keep_depthwise_fp32(task.network)
        before = load_checkpoint(outputs.folder / CHECKPOINT) if resume else None
        if before is not None:
            check_same(config, before)
            with restoring(outputs.folder / CHECKPOINT):
                task.network.load_state_dict(before.network)
        else:
            self._measure_norms()
        self._model = self._processes.data_parallel(task.model)
        self._optimiser = build_optimiser(task.network, config.optimiser)
        self._average = MovingAverage(task.network, config.optimiser.ema)
        # only gradients in fp16 would underflow
        self._scaler = torch.amp.GradScaler(self._device.type, enabled=self._dtype == torch.float16)
        self._step, self._best = 0, None if before is None else before.best
        if before is not None:
            with restoring(outputs.folder / CHECKPOINT):
                self._restore(before)
        self._clock = TrainingClock(config, before.elapsed if before else 0.0)
        self._saved = self._validated = self._clock.elapsed

    @property
    def precision(self) -> str:
        """Precision of the convolutions, for display."""
        return precision_name(self._dtype)

    @property
    def is_finished(self) -> bool:
        """Whether the run has reached its end, as a resumed one may have at once."""
        return self._clock.progress(self._step) >= 1

    def run(self) -> Meter:
        """Train to the end and return the statistics. Raises TrainingError."""
        journal = Journal(self.outputs.folder, self._step) if self._processes.is_first else None
        meter = Meter(self.config.batch)
        try:
            self._loop(meter, journal)
        except KeyboardInterrupt:
            self._save()
            raise
        finally:
            if journal is not None:
                journal.close()
        return meter

    def _loop(self, meter: Meter, journal: Journal | None) -> None:
        supply = self._supply()
        while True:
            progress = self._processes.broadcast(self._clock.progress(self._step))
            if progress >= 1:
                break
            with meter.waiting():
                batch = next(supply).to(self._device)
            rate = set_rate(self._optimiser, self.config.optimiser, progress)
            logits = self._learn(batch, progress, meter)
            self._step += 1
            if self._step % REPORT_EVERY == 0:
                self._report(meter, journal, progress, rate)
            is_due = self._step == REPORT_EVERY or self._step % PICTURE_EVERY == 0
            if journal is not None and is_due:
                journal.picture(self._step, self._predictions(batch, logits))
            self._keep(journal)
        self._save()
        if self._validator is not None:
            self._validate(journal)

    def _supply(self) -> Iterator[ClipBatch]:
        order = ClipBatchSampler(
            self._step,
            self.config.batch,
            self._processes.rank,
            self._processes.world_size,
            self._clock.progress,
        )
        return batches(self.task.maker, order, self.config.workers)

    def _learn(self, batch: ClipBatch, progress: float, meter: Meter) -> Tensor:
        """One optimiser step; returns the logits, detached."""
        settings = self.config.loss
        with self._autocast():
            logits = self._model(batch)
        truth = self.task.truth(batch, logits)
        loss = clip_loss(logits, truth, hardest_share(progress, settings), settings.iou)
        self._optimiser.zero_grad(set_to_none=True)
        self._scaler.scale(loss.total).backward()  # type: ignore[no-untyped-call]
        self._scaler.unscale_(self._optimiser)
        trained = [p for group in self._optimiser.param_groups for p in group["params"]]
        norm = torch.nn.utils.clip_grad_norm_(trained, self.config.optimiser.clip_norm)
        if math.isfinite(norm) or self._scaler.is_enabled():
            self._scaler.step(self._optimiser)
        self._scaler.update()
        self._average.update(self._step)
        meter.add(loss, float(norm))
        if meter.diverged:
            raise TrainingError(
                "The loss is no longer a finite number: lower the learning rate, or use "
                'precision = "fp32".'
            )
        found: Tensor = logits.detach()
        return found

    def _autocast(self) -> torch.autocast:
        enabled = self._dtype != torch.float32
        return torch.autocast(self._device.type, self._dtype, enabled=enabled)

    def _report(self, meter: Meter, journal: Journal | None, progress: float, rate: float) -> None:
        loss = self._processes.mean(meter.recent_loss)
        report = meter.report(self._step, progress, self._clock.elapsed / 60, loss, rate)
        if journal is not None:
            journal.report(report)
            self.outputs.report(report)

    def _keep(self, journal: Journal | None) -> None:
        """Save a checkpoint and validate when they are due."""
        now = self._clock.elapsed
        if now - self._saved >= 60 * self.config.checkpoint:
            self._save()
        validation = self.config.validation
        if validation is not None and now - self._validated >= 60 * validation.every:
            self._validate(journal)

    def _validate(self, journal: Journal | None) -> None:
        """Validate in the first process; the others wait for it at the next step."""
        self._validated = self._clock.elapsed
        tracker = self.task.tracker
        if journal is None or self._validator is None or tracker is None:
            return
        weights = self._average.weights()
        scores = self._validator.score(tracker, weights)
        journal.validation(self._step, scores)
        score = scores["j_and_f"]
        self.outputs.tell(f"Step {self._step}: J&F {100 * score:.1f} on the validation set.")
        if self._best is None or score > self._best:
            self._best = score
            save_weights(self.outputs.folder / BEST, weights, self._about())

    def _save(self) -> None:
        self._saved = self._clock.elapsed
        if not self._processes.is_first:
            return
        Checkpoint(
            step=self._step,
            elapsed=self._clock.elapsed,
            network=dict(self.task.network.state_dict()),
            average=self._average.state(),
            optimiser=self._optimiser.state_dict(),
            scaler=self._scaler.state_dict(),
            best=self._best,
            config=self.config.plain(),
        ).save(self.outputs.folder / CHECKPOINT)
        save_weights(self.outputs.folder / WEIGHTS, self._average.weights(), self._about())

    def _restore(self, before: Checkpoint) -> None:
        self._step = before.step
        self._average.load_state(before.average)
        self._optimiser.load_state_dict(before.optimiser)
        if before.scaler:
            self._scaler.load_state_dict(before.scaler)

    def _measure_norms(self) -> None:
        """Measure the statistics of layers that start from scratch, on clips not trained on."""
        norms = untrained_norms(self.task.network)
        maker, count = self.task.maker, self.config.batch

        def run(number: int) -> None:
            start = _NORM_CLIPS_FROM + number * count
            clips = [maker.make(start + i, 0.0) for i in range(count)]
            self.task.model(collate_clips(clips).to(self._device))

        measure_norms(norms, [partial(run, number) for number in range(_NORM_BATCHES)])

    def _predictions(self, batch: ClipBatch, logits: Tensor) -> Image:
        """Truth on the left, predictions on the right; one clip per row."""
        frames = batch.frames[:_PICTURE_CLIPS].cpu().numpy()
        truth = batch.labels[:_PICTURE_CLIPS].cpu().numpy()
        found = logits[:_PICTURE_CLIPS].argmax(2).to(torch.uint8).cpu().numpy()
        rows = []
        for images, labels, predicted in zip(frames, truth, found, strict=True):
            shown = images[-len(predicted) :] if len(images) > 1 else [images[0]] * len(predicted)
            rows.append(([*images, *shown], [*labels, *predicted]))
        return np.ascontiguousarray(contact_sheet(rows))

    def _about(self) -> dict[str, str]:
        done = f"{self._step} steps, {self._clock.elapsed / 60:.1f} minutes"
        return {**self.outputs.about, "trained": done, "model": self.config.model}
