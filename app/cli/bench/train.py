"""``swem-live bench --train``: how fast this machine trains."""

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from app.cli.peak_memory import peak_mib
from app.cli.train import config_file, data_root
from swem_core.engine.device import choose_device, device_name, tune_process
from swem_core.train.config import load_config
from swem_core.train.corpus import gather_corpus
from swem_core.train.task import build_task
from swem_core.train.trainer import Outputs, Trainer

LONGER = 5
"""Times ``--seconds``: a training's first steps, which do not count, take long."""


def run(arguments: argparse.Namespace) -> int:
    """Train as configured for a short while, keep nothing, and say how fast it was."""
    config = load_config(config_file(arguments.train), minutes=LONGER * arguments.seconds / 60)
    config = replace(config, validation=None)
    console, root = Console(highlight=False), data_root(arguments.data)
    tune_process()
    corpus = gather_corpus(config, root, None)
    console.print(f"Data: {corpus.summary}.")
    with tempfile.TemporaryDirectory() as folder:
        task = build_task(config, corpus, root, console.print)
        trainer = Trainer(config, task, Outputs(Path(folder), {}))
        console.print(
            f"Training in {trainer.precision} on {device_name(choose_device(config.device))}."
        )
        meter = trainer.run()
    console.print(
        f"{meter.clips_per_second:.2f} clips/s of {config.frames} frames of {config.size} pixels, "
        f"{100 * meter.waiting_share:.1f} % of the time waiting for data, peak memory of the "
        f"trainer {peak_mib():.0f} MiB, {config.workers} processes preparing data.",
        soft_wrap=True,
    )
    return 0
