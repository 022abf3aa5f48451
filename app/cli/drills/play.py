"""Play every file of a folder to its end: ``python -m app.cli.drills.play FOLDER``.

A process of its own, because what is looked for is a crash of the decoders. Prints each file's
name before it is opened, and what came of it after.
"""

import sys
from pathlib import Path

import numpy as np

from app.errors import SourceError
from app.pipeline.sound.file import FileSound
from app.pipeline.sources.factory import open_source
from app.pipeline.sources.file import FileSource

MOST = 400  # clips here have some tens of frames; whoever gives more than this would never end


def main(folder: Path) -> None:
    """The last line is "done" if every file was played or refused."""
    for path in sorted(folder.iterdir()):
        print(path.name, flush=True)
        print("  ", play(path), flush=True)
        listen(path)
    print("done", flush=True)


def play(path: Path) -> str:
    """What came of it. Raises RuntimeError for a file without end, or what is no picture."""
    source = open_source(str(path))
    assert isinstance(source, FileSource)
    frames = 0
    try:
        source.open()
        while (frame := source.read()) is not None:
            frames += 1
            if frame.image.dtype != np.uint8 or frame.image.ndim != 3 or frames > MOST:
                raise RuntimeError(f"{path.name}: {frame.image.shape}, {frames} frames")
    except SourceError as error:
        return f"refused after {frames}: {error}"
    finally:
        source.close()
    return f"{frames} frames, {source.skipped} skipped"


def listen(path: Path) -> None:
    """Read its sound, if it has any. Raises RuntimeError for what is no sound."""
    sound = FileSound.open(path)
    if sound is not None:
        if not np.isfinite(sound.read(0, 4800)).all():
            raise RuntimeError(f"{path.name}: no sound")
        sound.read(100_000, 4800)
        sound.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
