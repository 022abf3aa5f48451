"""Run by torchrun: trains and writes the losses. Arguments: data root, output folder."""

import json
import sys
from pathlib import Path

import torch
from training_kit import TELL, small_config

import swem_core.train.trainer as trainer_module
from swem_core.train.corpus import gather_corpus
from swem_core.train.processes import join_processes
from swem_core.train.task import build_task
from swem_core.train.trainer import Outputs, Trainer

STEPS = 3


def main(data: Path, output: Path) -> None:
    torch.set_num_threads(1)
    trainer_module.REPORT_EVERY = 1
    config = small_config(batch=4, frames=2, steps=STEPS)
    with join_processes("cpu") as processes:
        task = build_task(config, gather_corpus(config, data, None), data, TELL)
        trainer = Trainer(config, task, Outputs(output, {}), processes=processes)
        trainer.run()
        if processes.is_first:
            (output / "processes.json").write_text(json.dumps(processes.world_size))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
