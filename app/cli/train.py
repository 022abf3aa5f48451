"""``swem-live train``: train a network."""

import argparse
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import platformdirs
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from app.cli.peak_memory import peak_mib
from swem_core.data.files import write_atomic
from swem_core.engine.device import choose_device, tune_process
from swem_core.errors import TrainingError
from swem_core.resources import asset
from swem_core.train.batch import Clip
from swem_core.train.config import TrainConfig, load_config
from swem_core.train.corpus import Corpus, gather_corpus
from swem_core.train.journal import TrainingStats
from swem_core.train.meter import Meter
from swem_core.train.processes import Processes, join_processes
from swem_core.train.sheet import contact_sheet
from swem_core.train.task import build_task
from swem_core.train.trainer import BEST, WEIGHTS, Outputs, Trainer
from swem_core.train.validate import find_validator

SHEET = "clips.png"
_SHEET_CLIPS = 12
_WIDTH = 1000  # of the progress bar, in steps of a thousandth


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0 once trained, 130 if interrupted (and ready to go on with --resume)."""
    config = load_config(config_file(arguments.config), minutes=arguments.minutes)
    if arguments.workers is not None:
        config = replace(config, workers=arguments.workers)
    console = Console(highlight=False)
    tune_process()
    with join_processes(choose_device(config.device).type) as processes:
        return TrainingRun(
            config,
            data_root(arguments.data),
            arguments.output or Path("swem-live-out", f"train-{config.model}"),
            console if processes.is_first else Console(quiet=True),
            processes=processes,
            resume=arguments.resume,
            dry_run=arguments.dry_run,
        ).run()


class TrainingRun:
    """One training, as a person follows it on a console.

    ``never``: names of sequences that must not be trained on. ``dry_run``: only check the data and
    draw clips. ``resume``: go on from the output folder's checkpoint.
    """

    def __init__(
        self,
        config: TrainConfig,
        root: Path | None,
        output: Path,
        console: Console,
        *,
        processes: Processes | None = None,
        never: tuple[str, ...] = (),
        resume: bool = False,
        dry_run: bool = False,
    ) -> None:
        self._config, self._root, self._output, self._console = config, root, output, console
        self._processes = processes or Processes()
        self._never = never
        self._resume, self._dry = resume, dry_run

    def run(self) -> int:
        """Exit code, as the module's ``run``. Raises DatasetError, TrainingError, WeightsError."""
        validator = find_validator(self._config, self._root)
        corpus = self._corpus((*self._never, *(() if validator is None else validator.names)))
        for line in corpus.damaged[:10]:
            self._console.print(f"Left out: {line}")
        if len(corpus.damaged) > 10:
            self._console.print(f"Left out: {len(corpus.damaged) - 10} more.")
        self._console.print(f"Data: {corpus.summary}.")
        task = build_task(self._config, corpus, self._root, self._console.print)
        if self._dry:
            return self._show([task.maker.make(number, 1.0) for number in range(_SHEET_CLIPS)])
        self._refuse_to_overwrite()
        with _bar(self._console) as bar:
            shown = bar.add_task("starting", total=_WIDTH)
            outputs = Outputs(
                self._output, _about(), bar.console.print, lambda r: _advance(bar, shown, r)
            )
            trainer = Trainer(
                self._config,
                task,
                outputs,
                processes=self._processes,
                validator=validator,
                resume=self._resume,
            )
            if trainer.is_finished:
                self._console.print(f"Finished already: {self._output / WEIGHTS}", soft_wrap=True)
                return 0
            self._console.print(f"Training in {trainer.precision}, into {self._output}.")
            return self._finish(trainer.run)

    def _finish(self, train: Callable[[], Meter]) -> int:
        try:
            meter = train()
        except KeyboardInterrupt:
            self._console.print("Interrupted; --resume goes on from here.")
            return 130
        self._console.print(
            f"{meter.clips_per_second:.2f} clips/s, {100 * meter.waiting_share:.1f} % of the time "
            f"waiting for data, peak memory {peak_mib():.0f} MiB."
        )
        kept = [name for name in (WEIGHTS, BEST) if (self._output / name).is_file()]
        self._console.print(f"Weights: {', '.join(str(self._output / name) for name in kept)}")
        return 0

    def _corpus(self, forbidden: tuple[str, ...]) -> Corpus:
        folder = Path(platformdirs.user_cache_dir("swem-live")) / "train"
        with _bar(self._console) as bar:
            line = bar.add_task("reading pictures", total=None)
            return gather_corpus(
                self._config,
                self._root,
                folder if self._config.cache else None,
                lambda done, total: bar.update(line, completed=done, total=total),
                forbidden=forbidden,
            )

    def _show(self, clips: list[Clip]) -> int:
        self._output.mkdir(parents=True, exist_ok=True)
        sheet = contact_sheet([(list(clip.frames), list(clip.labels)) for clip in clips])
        _, data = cv2.imencode(".png", sheet)
        write_atomic(self._output / SHEET, data.tobytes())
        self._console.print(f"Nothing was trained. Look at the clips: {self._output / SHEET}")
        return 0

    def _refuse_to_overwrite(self) -> None:
        if not self._resume and (self._output / WEIGHTS).exists():
            raise TrainingError(
                f"{self._output} holds a training already. Go on with it (--resume), or give "
                "another folder (--output DIR)."
            )


def config_file(given: str) -> Path:
    """A file, or the name of a configuration that ships."""
    shipped = asset(f"configs/{Path(given).name.removesuffix('.toml')}.toml")
    return shipped if not Path(given).exists() and shipped.is_file() else Path(given)


def data_root(given: Path | None) -> Path | None:
    """The folder of the data sets, if it was said."""
    if given is not None:
        return given
    named = os.environ.get("SWEM_DATA")
    return Path(named) if named else None


def _bar(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
        console=console,
    )


def _advance(bar: Progress, line: TaskID, report: TrainingStats) -> None:
    text = (
        f"step {report.step}  loss {report.loss:.3f}  IoU {report.iou:.3f}  "
        f"{report.clips_per_second:.2f} clips/s"
    )
    bar.update(line, completed=_WIDTH * report.progress, description=text)


def _about() -> dict[str, str]:
    """What goes into weight files, which people pass on: no command line, with its folders."""
    return {"program": "swem-live"}
