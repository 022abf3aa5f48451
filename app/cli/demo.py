"""``swem-live --demo``: the clip that ships, with its objects already marked."""

import argparse
import shutil
from pathlib import Path

from rich.console import Console

from app.cli.arguments import engine_choice, style_of
from app.cli.run.command import report
from app.cli.run.headless import Job, run_job
from app.pipeline.initial_marks import marks_from_prompts
from app.pipeline.recording.plan import RecordingPlan
from app.pipeline.sources.file import FileSource
from app.pipeline.style import ViewStyle
from app.prompts_file import load_prompts
from swem_core.resources import asset

CLIP = "clips/demo.mp4"
PROMPTS = "clips/demo.prompts.json"
DEFAULT_OUTPUT = Path("swem-live-out")
_SNAPSHOT_FRAME = 100


def run_headless(arguments: argparse.Namespace) -> int:
    """Segment the demonstration clip without a window; the exit code."""
    console = Console()
    console.print("No display here: the demonstration runs without a window.")
    output: Path = arguments.output or DEFAULT_OUTPUT
    masks = output / "demo masks"
    if masks.exists():  # ours, from the last demonstration
        shutil.rmtree(masks)
    prompts = load_prompts(arguments.prompts or asset(PROMPTS))
    job = Job(
        source=FileSource(asset(CLIP)),
        load=engine_choice(arguments).load,
        marks=marks_from_prompts(prompts),
        plan=RecordingPlan(output / "demo.mkv", masks),
        style=style_of(prompts, ViewStyle()),
        snapshot=(output / "demo.png", _SNAPSHOT_FRAME),
    )
    return report(run_job(job, console), console)
