"""``swem-live compare-data``: what pictures and videos are worth as training data."""

import argparse
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from app.cli.train import TrainingRun, config_file, data_root
from swem_core.engine.device import tune_process
from swem_core.eval.report import write_rows
from swem_core.model.weights import NETWORKS, load_weights
from swem_core.train.compare_data import data_variants
from swem_core.train.config import Validation, load_config
from swem_core.train.trainer import CHECKPOINT, WEIGHTS
from swem_core.train.validate import Validator

COLUMNS = ("data", "J&F", "J", "F")


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0 once all are trained and scored, 130 if interrupted (call it again to go on)."""
    config = load_config(config_file(arguments.config), minutes=arguments.minutes)
    console = Console(highlight=False)
    tune_process()
    held_out = Validation(str(arguments.root.resolve()), year=arguments.year)
    validator = Validator(replace(held_out, short_side=arguments.size), None)
    rows: list[tuple[str, ...]] = []
    for selection in data_variants(replace(config, validation=None)):
        folder: Path = arguments.output / selection.name
        console.print(f"[bold]{selection.name}[/bold]")
        code = TrainingRun(
            selection.config,
            data_root(arguments.data),
            folder,
            console,
            never=validator.names,
            resume=(folder / CHECKPOINT).is_file(),
        ).run()
        if code:
            return code
        rows.append((selection.name, *_scores(validator, config.model, folder / WEIGHTS)))
    console.print(_table(rows))
    if arguments.csv is not None:
        write_rows(arguments.csv, COLUMNS, rows)
    return 0


def _scores(validator: Validator, model: str, weights: Path) -> tuple[str, str, str]:
    network = NETWORKS[model]()
    load_weights(network, weights)
    found = validator.score(network, dict(network.state_dict()))
    j_and_f, j, f = (f"{100 * found[name]:.1f}" for name in ("j_and_f", "j", "f"))
    return j_and_f, j, f


def _table(rows: list[tuple[str, ...]]) -> Table:
    table = Table(title="Effect of training data")
    for column in COLUMNS:
        table.add_column(column, justify="left" if column == COLUMNS[0] else "right")
    for row in rows:
        table.add_row(*row)
    return table
