"""After a headless run: convert to the formats that could not be written while recording."""

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from app.errors import RecorderError
from app.pipeline.recording.convert import convert
from app.pipeline.recording.formats import Conversion


def convert_all(conversions: list[Conversion], console: Console) -> tuple[list[str], list[str]]:
    """(files made, errors). Ctrl-C ends it; what was recorded is kept then."""
    made, errors = [], []
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )
    with bar:
        for conversion in conversions:
            name = conversion.target.name
            if not console.is_terminal:
                console.print(f"Converting to {name}.", markup=False, highlight=False)
            try:
                _convert(conversion, bar)
                made.append(str(conversion.target))
            except RecorderError as error:
                errors.append(str(error))
            except KeyboardInterrupt:
                errors.append(f"{name} was not made. The recording is {conversion.source}.")
    return made, errors


def _convert(conversion: Conversion, bar: Progress) -> None:
    task = bar.add_task(f"Converting to {conversion.target.name}", total=1.0)
    convert(conversion, lambda done: bar.update(task, completed=done))
