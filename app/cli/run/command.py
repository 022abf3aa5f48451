"""``swem-live run``: segment a source without a window."""

import argparse
import sys

from rich.console import Console

from app.cli.arguments import engine_choice, style_of
from app.cli.publish_options import publish_plan
from app.cli.run import many
from app.cli.run.headless import Job, Outcome, run_job
from app.cli.run.outputs import plan_of
from app.cli.run.view_options import view_style
from app.errors import UsageError
from app.pipeline.initial_marks import InitialMarks, marks_from_labels, marks_from_prompts
from app.pipeline.sources.factory import open_source
from app.pipeline.style import ViewStyle
from app.prompts_file import load_prompts
from swem_core.data.masks import read_mask


def run(arguments: argparse.Namespace) -> int:
    """Exit code: 0 if everything was segmented and written. Raises UsageError."""
    if arguments.list is not None:
        return many.run(arguments)
    if arguments.source is None:
        raise UsageError("Say what to segment: swem-live run SOURCE, or --list FILE.")
    plan, publish = plan_of(arguments), publish_plan(arguments)
    if plan is None and publish is None:
        raise UsageError(
            "Say what to write: -o OUT.mkv, --masks DIR, --coco OUT.json or --soft-masks DIR; "
            "or --publish ADDRESS."
        )
    marks, style = _marks(arguments)
    job = Job(
        source=open_source(arguments.source),
        load=engine_choice(arguments).load,
        marks=marks,
        plan=plan,
        style=style,
        target_fps=arguments.target_fps or None,
        publish=publish,
    )
    console = Console()
    return report(run_job(job, console), console)


def report(outcome: Outcome, console: Console) -> int:
    """Print what was written and what went wrong; the exit code."""
    rate = outcome.frames / outcome.seconds if outcome.seconds else 0.0
    console.print(
        f"{outcome.frames} frames in {outcome.seconds:.1f} s ({rate:.1f} frames/s).",
        highlight=False,
    )
    for path in outcome.written:
        console.print(f"Wrote {path}", markup=False, highlight=False, soft_wrap=True)
    for error in outcome.errors:
        print(f"swem-live: {error}", file=sys.stderr)
    return 1 if outcome.errors else 0


def _marks(arguments: argparse.Namespace) -> tuple[InitialMarks, ViewStyle]:
    style = view_style(arguments)
    if arguments.mask is not None:
        return marks_from_labels(read_mask(arguments.mask)), style
    prompts = load_prompts(arguments.prompts)
    return marks_from_prompts(prompts), style_of(prompts, style)
