"""``swem-live eval --youtube-vos``: masks for the benchmark's server."""

import argparse

from rich.console import Console
from rich.progress import Progress

from app.cli.arguments import engine_choice
from app.errors import UsageError
from swem_core.data.youtube_vos import YouTubeVos
from swem_core.eval.youtube_vos import run_video


def run_youtube(arguments: argparse.Namespace, console: Console) -> int:
    """Exit code 0 once all masks are written. Raises UsageError, DatasetError, MaskError."""
    if arguments.save is None:
        raise UsageError("Say where the masks for the server go: --save DIR.")
    dataset = YouTubeVos(arguments.root)
    videos = [dataset.video(name) for name in arguments.sequence or dataset.names]
    engine = engine_choice(arguments).load().engine
    frames, seconds = sum(len(video) for video in videos), 0.0
    with Progress(console=console) as bar:
        task = bar.add_task("", total=frames)
        for video in videos:
            bar.update(task, description=video.name)
            seconds += run_video(engine, video, arguments.save, lambda: bar.advance(task))
    console.print(f"{frames} frames of {len(videos)} videos, {frames / seconds:.1f} frames/s.")
    console.print(f"Zip the folder Annotations in {arguments.save} and upload it.")
    return 0
