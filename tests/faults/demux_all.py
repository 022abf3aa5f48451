"""Play every file of a folder to its end, as the program would: ``python demux_all.py FOLDER``.

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

MOST = 400  # a clip has 8 frames; whoever gives more than this would never end


def play(path: Path) -> str:
    source = open_source(str(path))
    assert isinstance(source, FileSource)
    frames = 0
    try:
        source.open()
        while (frame := source.read()) is not None:
            assert frame.image.dtype == np.uint8 and frame.image.ndim == 3
            frames += 1
            assert frames < MOST, "it does not end"
    except SourceError as error:
        assert str(error) and "Traceback" not in str(error)
        return f"refused after {frames}: {error}"
    finally:
        source.close()
    return f"{frames} frames, {source.skipped} skipped"


def listen(path: Path) -> None:
    sound = FileSound.open(path)
    if sound is not None:
        assert np.isfinite(sound.read(0, 4800)).all()
        sound.read(100_000, 4800)
        sound.close()


def main(folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        print(path.name, flush=True)
        print("  ", play(path), flush=True)
        listen(path)
    print("done", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
