"""``swem-live bench --soak``: does the live pipeline cost the same after an hour as at first?"""

import argparse
import time
from collections.abc import Iterator
from dataclasses import asdict

import psutil
from rich.console import Console

from app.cli.arguments import engine_choice
from app.cli.live_clip import live_session
from app.cli.results import write_json
from app.cli.soak_rows import Samples, SoakRow, row_text, slopes_table
from app.pipeline.loading import EngineChoice
from app.pipeline.session import Session

_BUCKET_S = 60.0
_MOST_BUCKETS_OF_SHORT_RUNS = 6
_POLL_S = 0.25


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0 once everything is measured."""
    console = Console(highlight=False)
    rows: list[SoakRow] = []
    for row in soak(engine_choice(arguments), 60 * arguments.soak, arguments.live_objects):
        rows.append(row)
        console.print(row_text(row))
    console.print(slopes_table(rows))
    if arguments.json is not None:
        write_json(arguments.json, [asdict(row) for row in rows])
    return 0


def soak(choice: EngineChoice, seconds: float, objects: int) -> Iterator[SoakRow]:
    """Run the live pipeline; a row per minute, or a sixth of a run shorter than six minutes."""
    bucket_s = min(_BUCKET_S, seconds / _MOST_BUCKETS_OF_SHORT_RUNS)
    with live_session(choice, objects) as session:
        begin = time.monotonic()
        for number in range(1, round(seconds / bucket_s) + 1):
            yield _row(session, begin, begin + number * bucket_s)


def _row(session: Session, begin: float, end: float) -> SoakRow:
    process, samples = psutil.Process(), Samples()
    while time.monotonic() < end:
        session.view.get(_POLL_S)
        samples.take(session.stats(), process)
    return samples.row((end - begin) / 60, process)
