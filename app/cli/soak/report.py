"""What a long run prints and writes, with or without a window."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from app.cli.results import write_json
from app.cli.soak.curves import draw
from app.cli.soak.rows import SoakRow
from app.cli.soak.slopes import slopes_table


def row_text(row: SoakRow) -> str:
    """One line for the terminal while the run goes on."""
    used = "" if row.used_mib is None else f" ({row.used_mib:.1f} in use)"
    return (
        f"{row.minutes:6.1f} min  {row.step_ms:6.1f} ms  {row.fps:5.1f} masks/s  "
        f"{row.memory_mib:7.1f} MiB{used}  {row.files} files  {row.threads} threads"
    )


def report(
    rows: Sequence[SoakRow], console: Console, *, figures: Path | None, plot: Path | None
) -> None:
    """Print the slopes; write ``figures`` (JSON) and ``plot`` (PNG) if wanted.

    Raises OutputError if a file cannot be written.
    """
    console.print(slopes_table(rows))
    if figures is not None:
        write_json(figures, [asdict(row) for row in rows])
    if plot is not None and rows:
        draw(rows, plot)
