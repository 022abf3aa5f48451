"""What ``swem-live ablate`` and ``swem-live compare-memory`` begin with."""

import argparse
from dataclasses import dataclass

import torch
from rich.console import Console

from app.cli.results import table_console
from swem_core.data.davis import DavisDataset, DavisSequence
from swem_core.engine.device import choose_device, tune_device, tune_process
from swem_core.model.network import SwemNetwork
from swem_core.model.weights import load_network


@dataclass(frozen=True, slots=True)
class Research:
    """The sequences to run, and what runs them."""

    clips: list[DavisSequence]
    network: SwemNetwork
    device: torch.device
    console: Console


def prepare(arguments: argparse.Namespace) -> Research:
    """Raises DatasetError, WeightsError or DeviceError."""
    dataset = DavisDataset(arguments.root, year=arguments.year)
    names = arguments.sequence or dataset.names
    clips = [dataset.sequence(name).first(arguments.frames) for name in names]
    tune_process()
    device = choose_device(arguments.device)
    tune_device(device)
    network = load_network(arguments.model, arguments.weights)
    return Research(clips, network, device, table_console())
