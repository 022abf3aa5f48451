"""``swem-live eval-clicks``: how many clicks the marking tool needs."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from statistics import fmean, median

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from app.cli.results import table_console, write_json
from swem_core.engine.device import choose_device
from swem_core.errors import DatasetError
from swem_core.eval.click_sets import ClickSet, find_click_sets
from swem_core.eval.clicks import MAX_CLICKS, ClickRun, mean_clicks, simulate
from swem_core.eval.first_prompts import FIRST_PROMPTS
from swem_core.eval.plots import plot_clicks
from swem_core.model.weights import load_click_network, load_network
from swem_core.segment.em_predictor import EmPredictor
from swem_core.segment.grabcut import GrabCutPredictor
from swem_core.segment.marking import Marking
from swem_core.segment.predictor import ClickPredictor, MaskPredictor
from swem_core.segment.prompts import Hint
from swem_core.types import Image, Mask

COLUMNS = (
    *("set", "method", "first", "images", "NoC@85", "NoC@90"),
    *("IoU 1", "IoU 3", "IoU 5", "ms/click"),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One method on one set. ``first``: the kind of first prompt, clicks follow. ``runs``: one per
    picture, at least one."""

    set_name: str
    method: str
    first: str
    runs: tuple[ClickRun, ...]

    def figures(self) -> dict[str, float]:
        """NoC in clicks, IoU 0..1, the median time in milliseconds."""
        noc = {f"noc_{q}": mean_clicks(self.runs, q / 100) for q in (85, 90)}
        iou = {f"iou_{n}": fmean(run.iou_after(n) for run in self.runs) for n in (1, 3, 5)}
        times = [each for run in self.runs for each in run.milliseconds]
        return {**noc, **iou, "milliseconds": median(times)}


class _Tool:
    """The program's own marking, one object on one picture."""

    def __init__(self, image: Image, predictor: MaskPredictor) -> None:
        self._marking = Marking(image, predictor)

    def mark(self, prompt: Hint) -> Mask:
        self._marking.add(1, prompt)
        return self._marking.masks()[1]


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0 once all sets are measured."""
    sets = [one.first(arguments.max_images) for one in find_click_sets(arguments.root)]
    methods = list(dict.fromkeys(arguments.method or ["click"]))
    firsts = list(dict.fromkeys(arguments.first or ["click"]))
    predictors = {method: PREDICTORS[method](arguments) for method in methods}
    console = table_console()
    outcomes = _run_all(sets, predictors, firsts, console)
    console.print(_table(outcomes))
    if arguments.json is not None:
        _write_json(arguments.json, outcomes)
    if arguments.plot is not None:
        plot_clicks(arguments.plot, _curves(outcomes), f"Clicks on {arguments.root.resolve().name}")
    return 0


def _click_predictor(arguments: argparse.Namespace) -> MaskPredictor:
    return ClickPredictor(load_click_network(arguments.weights), choose_device(arguments.device))


def _em_predictor(arguments: argparse.Namespace) -> MaskPredictor:
    return EmPredictor(load_network("lite"), choose_device(arguments.device))


PREDICTORS: dict[str, Callable[[argparse.Namespace], MaskPredictor]] = {
    "click": _click_predictor,
    "grabcut": lambda arguments: GrabCutPredictor(),
    "em": _em_predictor,
}
"""What ``--method`` knows."""


def _run_all(
    sets: list[ClickSet],
    predictors: dict[str, MaskPredictor],
    firsts: list[str],
    console: Console,
) -> list[Outcome]:
    outcomes = []
    with Progress(console=console) as bar:
        pictures = sum(len(one.pairs) for one in sets)
        task = bar.add_task("", total=len(predictors) * len(firsts) * pictures)
        for one, method, first in product(sets, predictors, firsts):
            bar.update(task, description=f"{one.name} {method} {first}")
            runs = []
            for image, truth in one.samples():
                runs.append(_run_one(image, truth, predictors[method], first))
                bar.advance(task)
            if not runs:
                raise DatasetError(f"The set {one.name} holds no object of 50 pixels or more.")
            outcomes.append(Outcome(one.name, method, first, tuple(runs)))
    return outcomes


def _run_one(image: Image, truth: Mask, predictor: MaskPredictor, first: str) -> ClickRun:
    prompt = FIRST_PROMPTS[first](truth)
    return simulate(lambda picture: _Tool(picture, predictor), image, truth, first=prompt)


def _table(outcomes: list[Outcome]) -> Table:
    table = Table(title="Clicks to mark an object")
    for column in COLUMNS:
        table.add_column(column, justify="left" if column in COLUMNS[:3] else "right")
    for one in outcomes:
        *scores, milliseconds = one.figures().values()
        digits = (2, 2, 3, 3, 3)
        cells = [f"{score:.{n}f}" for score, n in zip(scores, digits, strict=True)]
        row = (
            one.set_name,
            one.method,
            one.first,
            str(len(one.runs)),
            *cells,
            f"{milliseconds:.0f}",
        )
        table.add_row(*row)
    return table


def _curves(outcomes: list[Outcome]) -> dict[str, list[float]]:
    """Mean IoU over all pictures of all sets, after 1 to 20 prompts, by method and first prompt."""
    runs: dict[str, list[ClickRun]] = {}
    for one in outcomes:
        runs.setdefault(f"{one.method}, {one.first} first", []).extend(one.runs)
    counts = range(1, MAX_CLICKS + 1)
    return {
        label: [fmean(run.iou_after(count) for run in some) for count in counts]
        for label, some in runs.items()
    }


def _write_json(path: Path, outcomes: list[Outcome]) -> None:
    content = [
        {
            **{"set": one.set_name, "method": one.method, "first": one.first},
            **{"images": len(one.runs), **one.figures()},
        }
        for one in outcomes
    ]
    write_json(path, content)
