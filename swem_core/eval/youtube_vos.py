"""Running YouTube-VOS videos through the engine and writing what the benchmark's server takes."""

import time
from collections.abc import Callable
from pathlib import Path

from swem_core.data.masks import write_mask
from swem_core.data.youtube_vos import Video
from swem_core.engine.confidence import Presence
from swem_core.eval.run import Tracker


def run_video(
    engine: Tracker, video: Video, save: Path, progress: Callable[[], None] = lambda: None
) -> float:
    """Track every object of a video from where it first appears; seconds spent in the engine.

    Writes ``save/Annotations/<video>/<frame>.png`` for the frames the server expects, at the
    pictures' own size; ids are the data set's. All frames are tracked, not only those. On a frame
    on which objects appear, only these are learnt (the official release learns all). ``engine``
    is reset first. Raises DatasetError, MaskError.
    """
    engine.reset()
    folder = save / "Annotations" / video.name
    folder.mkdir(parents=True, exist_ok=True)
    presence = Presence()
    seconds, last = 0.0, len(video) - 1
    for index, path in enumerate(video.frames):
        image, given = video.frame(index), video.new_objects(index)
        start = time.perf_counter()
        result = engine.segment(image, anchors=given or None)
        presence.observe(result)
        if index < last:
            engine.memorise(hold=presence.unsure)
        labels = result.labels() if path.stem in video.wanted else None
        seconds += time.perf_counter() - start
        if labels is not None:
            write_mask(folder / f"{path.stem}.png", labels)
        progress()
    return seconds
