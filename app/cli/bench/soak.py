"""``bench --soak``: the pipeline alone for long, without the window and gestures of ``soak``."""

import argparse
from collections.abc import Callable

from rich.console import Console

from app.cli.arguments import engine_choice
from app.cli.live_clip import live_session
from app.cli.soak.report import report, row_text
from app.cli.soak.rows import SoakMeter, SoakRow
from app.pipeline.loading import EngineChoice

_PATIENCE_S = 0.25


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0 once everything is measured."""
    console = Console(highlight=False)
    rows = soak(
        engine_choice(arguments),
        60 * arguments.soak,
        arguments.live_objects,
        lambda row: console.print(row_text(row)),
    )
    report(rows, console, figures=arguments.json, plot=arguments.picture)
    return 0


def soak(
    choice: EngineChoice,
    seconds: float,
    objects: int,
    tell: Callable[[SoakRow], None] = lambda row: None,
) -> list[SoakRow]:
    """Run the live pipeline; its rows, each also told when it is complete."""
    meter = SoakMeter(seconds, tell)
    with live_session(choice, objects) as session:
        while not meter.is_done:
            session.view.get(_PATIENCE_S)
            meter.sample(session.stats())
    return meter.rows
