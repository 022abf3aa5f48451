"""Running YouTube-VOS videos through the engine and writing masks for the benchmark's server."""

from collections.abc import Callable
from pathlib import Path

from swem_core.data.masks import write_mask
from swem_core.data.youtube_vos import Video
from swem_core.eval.run import LiveRun, Tracker


def run_video(
    tracker: Tracker, video: Video, save: Path, progress: Callable[[], None] = lambda: None
) -> float:
    """Track every object of a video from its first frame on; returns the seconds spent tracking.

    Writes ``save/Annotations/<video>/<frame>.png`` for the frames that the server expects, at the
    pictures' own size, with the data set's ids. All frames are tracked, not only those. On a frame
    on which objects appear only these learn (in the official release all do). Raises DatasetError,
    MaskError.
    """
    folder = save / "Annotations" / video.name
    folder.mkdir(parents=True, exist_ok=True)
    run, last = LiveRun(tracker), len(video) - 1
    for index, path in enumerate(video.frames):
        labels = run.step(
            video.frame(index),
            video.new_objects(index) or None,
            is_last=index == last,
            wanted=path.stem in video.wanted,
        )
        if labels is not None:
            write_mask(folder / f"{path.stem}.png", labels)
        progress()
    return run.seconds
