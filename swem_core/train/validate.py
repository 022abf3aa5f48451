"""Validation during training, with the engine and metrics of ``swem-live eval``."""

from pathlib import Path

from torch import Tensor

from swem_core.data.davis import DavisDataset, DavisSequence
from swem_core.engine.engine import Engine, EngineConfig
from swem_core.eval.report import Report
from swem_core.eval.run import run_sequence
from swem_core.model.fold import for_inference
from swem_core.model.network import SwemNetwork
from swem_core.train.config import TrainConfig, Validation, located


class Validator:
    """Scores weights on a folder in DAVIS layout. Raises DatasetError, TrainingError."""

    def __init__(self, settings: Validation, root: Path | None) -> None:
        self._settings = settings
        folder = located(settings.path, root)
        dataset = DavisDataset(folder, settings.year, subset=settings.subset)
        names = settings.sequences or dataset.names
        self._sequences: list[DavisSequence] = [dataset.sequence(name) for name in names]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the validation sequences, which must not be trained on."""
        return tuple(sequence.name for sequence in self._sequences)

    def score(self, network: SwemNetwork, weights: dict[str, Tensor]) -> dict[str, float]:
        """``j``, ``f`` and ``j_and_f`` of ``weights``, 0..1. ``network`` is not modified."""
        trained = type(network)()
        trained.load_state_dict(weights)
        config = EngineConfig(short_side=self._settings.short_side)
        device = next(network.parameters()).device
        engine = Engine(for_inference(trained), config, device=device)
        results = tuple(run_sequence(engine, one).result for one in self._sequences)
        report = Report(results, {})
        return {"j_and_f": report.j_and_f, "j": report.j.mean, "f": report.f.mean}


def find_validator(config: TrainConfig, root: Path | None) -> Validator | None:
    """The validator that ``config`` asks for, if any."""
    return Validator(config.validation, root) if config.validation is not None else None
